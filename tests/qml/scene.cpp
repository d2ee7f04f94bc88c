// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/scene.h"

#include "client/ui/avatarprovider.h"
#include "client/ui/fonts.h"
#include "client/ui/iconprovider.h"
#include "client/ui/plurals.h"
#include "client/ui/shadowprovider.h"
#include "shared/product.h"
#include "tests/qml/recordsmodel.h"

#include <QCoreApplication>
#include <QDir>
#include <QQmlComponent>
#include <QQmlError>
#include <QQmlIncubationController>
#include <QQuickItem>

namespace parley {

namespace {

QUrl sourceOf(const QString &name)
{
    if (name == u"gallery")
        return QUrl(QStringLiteral("qrc:/qt/qml/Parley/Gallery/Gallery.qml"));
    const QString folder = name.startsWith(u"parts/") ? QString() : QStringLiteral("scenes/");
    return QUrl(QStringLiteral("qrc:/parley/tests/%1%2.qml").arg(folder, name));
}

/// The singleton is made on first use; a throw-away component asks for it.
QObject *themeOf(QQmlEngine &engine)
{
    QQmlComponent component(&engine);
    component.setData("import QtQml\nimport Parley.Theme\nQtObject { property QtObject it: Theme }",
        QUrl(QStringLiteral("qrc:/qt/qml/asking.qml")));
    const std::unique_ptr<QObject> asking(component.create());
    return asking ? asking->property("it").value<QObject *>() : nullptr;
}

void applyLook(QObject &theme, const SceneLook &look)
{
    constexpr int compactWidth = 640;
    const bool compact = look.size.width() < compactWidth;
    theme.setProperty("dark", look.dark);
    theme.setProperty("textScale", look.textScale);
    theme.setProperty("increasedContrast", look.increasedContrast);
    theme.setProperty("accentName", look.accent);
    theme.setProperty("compact", compact);
    theme.setProperty("touch", compact);
    theme.setProperty("reducedMotion", true);
    theme.setProperty("fade", 0);
}

} // namespace

void setUpScenes()
{
    // The stand-ins are other types than those that the pages may have been compiled for.
    qputenv("QML_DISABLE_DISK_CACHE", "1");
    QCoreApplication::setApplicationName(QString::fromLatin1(productName));
    setUpFonts();
    QCoreApplication::installTranslator(new EnglishPlurals(qApp));
    qmlRegisterType<RecordsModel>("Parley.Scenes", 1, 0, "RecordsModel");
}

QStringList Scene::names()
{
    QStringList names{QStringLiteral("gallery")};
    const QDir folder(QStringLiteral(":/parley/tests/scenes"));
    const auto files = folder.entryInfoList({QStringLiteral("*.qml")}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files)
        names += file.baseName();
    return names;
}

Scene::Scene(const QString &name, const SceneLook &look)
{
    QQmlEngine &engine = *m_view.engine();
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.addImportPath(QStringLiteral("qrc:/parley/tests/standins"));
    engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
    engine.addImageProvider(QStringLiteral("shadow"), new ShadowProvider);
    engine.addImageProvider(QStringLiteral("avatar"), new AvatarProvider);
    QObject::connect(&engine, &QQmlEngine::warnings, &m_view, [this](const QList<QQmlError> &list) {
        for (const QQmlError &error : list)
            m_warnings += error.toString();
    });

    if (QObject *theme = themeOf(engine))
        applyLook(*theme, look);
    else
        m_warnings += QStringLiteral("the module Parley.Theme has no Theme");

    m_view.setResizeMode(QQuickView::SizeRootObjectToView);
    m_view.resize(look.size);
    m_view.setSource(sourceOf(name));
    for (const QQmlError &error : m_view.errors())
        m_warnings += error.toString();
    m_view.show();
    settle();
}

bool Scene::isLoaded() const
{
    return m_view.status() == QQuickView::Ready;
}

void Scene::settle()
{
    constexpr int rounds = 4;
    constexpr int sliceMs = 20;
    QQmlIncubationController *waiting = m_view.engine()->incubationController();
    for (int round = 0; round < rounds; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        // Lists make the rows beyond their edges when there is time.
        while (waiting && waiting->incubatingObjectCount() > 0)
            waiting->incubateFor(sliceMs);
        m_view.grabWindow();
    }
}

QImage Scene::picture()
{
    return m_view.grabWindow();
}

} // namespace parley
