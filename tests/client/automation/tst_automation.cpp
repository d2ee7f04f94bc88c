// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/automation/automation.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalSocket>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQuick/QQuickWindow>
#include <QtTest/QTest>

using namespace parley;

namespace {

constexpr auto page = R"(
import QtQuick
Window {
    x: 100; y: 50; width: 400; height: 300; visible: true; title: "A window"
    Text {
        objectName: "greeting"; x: 10; y: 20; textFormat: Text.PlainText; text: "Hello there"
        Accessible.role: Accessible.StaticText; Accessible.name: "A greeting"
    }
    Text { objectName: "hidden"; visible: false; textFormat: Text.PlainText; text: "Not seen" }
    Item {
        y: 100; width: 100; height: 20; clip: true
        Text { objectName: "cut"; y: 40; textFormat: Text.PlainText; text: "Cut off" }
    }
    Text { objectName: "far"; y: 900; textFormat: Text.PlainText; text: "Below the window" }
})";

} // namespace

class TestAutomation : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QQmlComponent component(&m_engine);
        component.setData(page, QUrl());
        m_window.reset(qobject_cast<QQuickWindow *>(component.create()));
        QVERIFY2(m_window, qPrintable(component.errorString()));
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_automation = std::make_unique<Automation>(*m_window);
    }
    void cleanupTestCase()
    {
        m_automation.reset();
        m_window.reset();
    }

    void findsByObjectName()
    {
        const auto items = found(R"({"do":"find","objectName":"greeting"})");
        QCOMPARE(items.size(), 1);
        const auto item = items.at(0).toObject();
        QCOMPARE(item.value(QStringLiteral("text")).toString(), QStringLiteral("Hello there"));
        QCOMPARE(item.value(QStringLiteral("name")).toString(), QStringLiteral("A greeting"));
        QCOMPARE(item.value(QStringLiteral("role")).toString(), QStringLiteral("StaticText"));
        QCOMPARE(item.value(QStringLiteral("type")).toString(), QStringLiteral("Text"));
        QCOMPARE(item.value(QStringLiteral("x")).toDouble(), m_window->x() + 10.0);
        QCOMPARE(item.value(QStringLiteral("y")).toDouble(), m_window->y() + 20.0);
        QVERIFY(item.value(QStringLiteral("onScreen")).toBool());
    }

    void findsByTextNameAndRole()
    {
        QCOMPARE(found(R"({"do":"find","text":"there"})").size(), 1);
        QCOMPARE(found(R"({"do":"find","name":"greeting"})").size(), 1);
        QCOMPARE(found(R"({"do":"find","name":"greeting","role":"StaticText"})").size(), 1);
        QCOMPARE(found(R"({"do":"find","name":"greeting","role":"Button"})").size(), 0);
    }

    void seesOnlyWhatIsOnTheScreenUnlessAsked()
    {
        for (const auto *name : {"hidden", "cut", "far"}) {
            QJsonObject request{{QStringLiteral("do"), QStringLiteral("find")},
                {QStringLiteral("objectName"), QString::fromLatin1(name)}};
            QCOMPARE(found(QJsonDocument(request).toJson()).size(), 0);
            request.insert(QStringLiteral("onScreenOnly"), false);
            const auto items = found(QJsonDocument(request).toJson());
            QCOMPARE(items.size(), 1);
            QVERIFY(!items.at(0).toObject().value(QStringLiteral("onScreen")).toBool());
        }
    }

    void tellsWindowAndTree()
    {
        const auto window = answer(R"({"do":"window"})").value(QStringLiteral("window")).toObject();
        QCOMPARE(window.value(QStringLiteral("title")).toString(), QStringLiteral("A window"));
        QCOMPARE(window.value(QStringLiteral("width")).toInt(), 400);
        const auto tree = answer(R"({"do":"tree"})").value(QStringLiteral("tree")).toObject();
        QCOMPARE(tree.value(QStringLiteral("children")).toArray().size(), 3);
    }

    void refusesWhatItDoesNotUnderstand()
    {
        for (const auto *line : {"", "nothing", "[]", "{}", R"({"do":"click"})"}) {
            const auto refused = answer(line);
            QVERIFY(!refused.value(QStringLiteral("ok")).toBool(true));
            QVERIFY(!refused.value(QStringLiteral("error")).toString().isEmpty());
        }
    }

    void answersOverASocketInOrder()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("socket"));
        QVERIFY(bool(m_automation->listen(path)));
        QLocalSocket socket;
        socket.connectToServer(path);
        QVERIFY(socket.waitForConnected());
        socket.write("{\"id\":1,\"do\":\"window\"}\n{\"id\":2,\"do\":\"find\",\"text\":\"He");
        socket.flush();
        QTRY_VERIFY(socket.canReadLine());
        QCOMPARE(idOf(socket.readLine()), 1);
        socket.write("llo\"}\n");
        socket.flush();
        QTRY_VERIFY(socket.canReadLine());
        QCOMPARE(idOf(socket.readLine()), 2);
    }

    void endsAConnectionWithoutAnEndOfLine()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("socket"));
        Automation other(*m_window);
        QVERIFY(bool(other.listen(path)));
        QLocalSocket socket;
        socket.connectToServer(path);
        QVERIFY(socket.waitForConnected());
        socket.write(QByteArray(Automation::lineBytes + 1, 'x'));
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    }

private:
    QJsonObject answer(const QByteArray &line) const
    {
        return QJsonDocument::fromJson(m_automation->answer(line)).object();
    }
    QJsonArray found(const QByteArray &line) const
    {
        return answer(line).value(QStringLiteral("items")).toArray();
    }
    static int idOf(const QByteArray &line)
    {
        return QJsonDocument::fromJson(line).object().value(QStringLiteral("id")).toInt();
    }

    QQmlEngine m_engine;
    std::unique_ptr<QQuickWindow> m_window;
    std::unique_ptr<Automation> m_automation;
};

QTEST_MAIN(TestAutomation)
#include "tst_automation.moc"
