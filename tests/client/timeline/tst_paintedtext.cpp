// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/presenter.h"
#include "tests/client/timeline/hostiletexts.h"

#include <QtQml/QQmlAbstractUrlInterceptor>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlNetworkAccessManagerFactory>
#include <QtQuick/QQuickImageProvider>
#include <QtQuick/QQuickWindow>
#include <QtTest/QTest>

using namespace parley;

namespace {

/// Writes down every address that the engine is asked to resolve.
class Spy : public QQmlAbstractUrlInterceptor {
public:
    QUrl intercept(const QUrl &url, DataType type) override
    {
        if (type == QQmlAbstractUrlInterceptor::UrlString)
            urls.append(url.toString());
        return url;
    }
    QStringList urls;
};

class NetworkSpy : public QQmlNetworkAccessManagerFactory {
public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        ++asked;
        return new QNetworkAccessManager(parent);
    }
    int asked = 0;
};

class ImageSpy : public QQuickImageProvider {
public:
    explicit ImageSpy(int &asked)
        : QQuickImageProvider(Image)
        , m_asked(asked)
    {
    }
    QImage requestImage(const QString &, QSize *, const QSize &) override
    {
        ++m_asked;
        return {};
    }

private:
    int &m_asked;
};

constexpr auto page = R"(
import QtQuick
Window {
    width: 300; height: 300; visible: true
    Text { width: 300; wrapMode: Text.Wrap; textFormat: Text.StyledText
        objectName: "text" }
})";

} // namespace

/// The same element that a bubble has, on texts that want to reach beyond it.
class TestPaintedText : public QObject {
    Q_OBJECT
private slots:
    void loadsNothingForAThousandHostileTexts()
    {
        Spy spy;
        NetworkSpy network;
        int images = 0;
        QQmlEngine engine;
        engine.addUrlInterceptor(&spy);
        engine.setNetworkAccessManagerFactory(&network);
        engine.addImageProvider(QStringLiteral("avatar"), new ImageSpy(images));
        QQmlComponent component(&engine);
        component.setData(page, QUrl(QStringLiteral("qrc:/page.qml")));
        const std::unique_ptr<QQuickWindow> window(
            qobject_cast<QQuickWindow *>(component.create()));
        QVERIFY2(window, qPrintable(component.errorString()));
        auto *text = window->findChild<QObject *>(QStringLiteral("text"));
        QVERIFY(text);
        spy.urls.clear();

        // First that the spies do see: what escapes nothing is caught.
        text->setProperty("text", QStringLiteral("<img src=\"image://avatar/x\">"));
        (void)text->property("contentHeight");
        QVERIFY(images > 0 || !spy.urls.isEmpty());
        images = 0;
        spy.urls.clear();

        for (const auto &hostile : hostileTexts() + generatedHostileTexts(1'000, 7)) {
            text->setProperty("text", present(TextBody{hostile, {}}).markup);
            (void)text->property("contentHeight");
            QCOMPARE(spy.urls, QStringList());
        }
        QCOMPARE(images, 0);
        QCOMPARE(network.asked, 0);
    }
};

QTEST_MAIN(TestPaintedText)
#include "tst_paintedtext.moc"
