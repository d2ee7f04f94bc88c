// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The program with its real window, on a real server, with people who write meanwhile.
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTest>
#include <QtGui/QImage>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

/// What Qt Quick says when a page is wrong.
bool isComplaint(const QByteArray &said)
{
    return said.contains("qrc:") || said.contains("QML");
}

/// One person's program, and the window of it as it may be read from outside.
class Window {
public:
    explicit Window(const World &world)
        : m_world(world)
    {
    }
    ~Window() { end(); }

    void start(const QByteArray &token, const QStringList &more)
    {
        QFile file(m_world.path(u"token"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(token.toBase64(QByteArray::Base64UrlEncoding));
        file.close();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        m_program.setProcessEnvironment(environment);
        m_program.start(QStringLiteral(PARLEY_PROGRAM),
            QStringList{u"--data"_s, m_world.path(u"window"_s), u"--server"_s, m_server,
                u"--token-file"_s, file.fileName(), u"--geometry"_s, u"1280x800"_s}
                + more);
    }
    void setServer(const QString &url) { m_server = url; }

    /// The texts of everything that is on the screen and tells one.
    QStringList texts()
    {
        if (m_socket.state() != QLocalSocket::ConnectedState) {
            m_socket.connectToServer(socketName());
            if (!m_socket.waitForConnected(100))
                return {};
        }
        m_socket.write("{\"id\":1,\"do\":\"find\"}\n");
        while (!m_socket.canReadLine()) {
            if (!m_socket.waitForReadyRead(patienceMs))
                return {};
        }
        QStringList texts;
        const auto answer = QJsonDocument::fromJson(m_socket.readLine()).object();
        const auto items = answer[u"items"_s].toArray();
        for (const auto &item : items)
            texts << item[u"text"_s].toString() + u'|' + item[u"name"_s].toString();
        return texts;
    }
    bool shows(const QString &text) { return !texts().filter(text).isEmpty(); }
    QString socketName() const { return m_world.path(u"socket"_s); }
    QProcess &program() { return m_program; }
    void end()
    {
        m_socket.abort();
        m_program.terminate();
        m_program.waitForFinished(patienceMs);
    }

private:
    const World &m_world;
    QString m_server;
    QProcess m_program;
    QLocalSocket m_socket;
};

} // namespace

class WindowTest : public QObject {
    Q_OBJECT

private slots:
    void showsWhatIsSaidWhileItIsSaid();
    void drawsAChatWithoutAWarning_data();
    void drawsAChatWithoutAWarning();

private:
    /// A group of two with some talk in it.
    static ChatId talk(Person &ada, Person &bob);
};

ChatId WindowTest::talk(Person &ada, Person &bob)
{
    const auto chat = ada.startGroup(u"Ridge Walkers"_s, {bob.id()});
    const auto question = ada.say(chat, u"Shall we go at eight?"_s);
    if (!waitUntil([&] { return bob.said(chat, u"Shall we go at eight?"_s).has_value(); }))
        return chat;
    bob.say(chat, u"Rather at nine"_s, question);
    bob.client().react(chat, question, u"👍"_s);
    ada.edit(chat, ada.say(chat, u"Ten it is"_s), u"Nine it is"_s);
    (void)waitUntil([&] { return bob.said(chat, u"Nine it is"_s).has_value(); });
    return chat;
}

void WindowTest::showsWhatIsSaidWhileItIsSaid()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = talk(ada, bob);
    Window window(world);
    window.setServer(world.server().url());
    window.start(world.mintToken(u"ada"_s),
        {u"--open-chat"_s, u"Ridge Walkers"_s, u"--automation"_s, window.socketName()});
    PARLEY_WAIT(window.shows(u"Rather at nine"_s) && window.shows(u"Nine it is"_s));
    QVERIFY(!window.shows(u"Ten it is"_s));
    bob.say(chat, u"See you there"_s);
    PARLEY_WAIT(window.shows(u"See you there"_s));
    world.stopServer();
    PARLEY_WAIT(window.shows(u"Connecting"_s) || window.shows(u"Can't reach"_s));
    QVERIFY(window.shows(u"See you there"_s));
    window.end();
    QCOMPARE(window.program().exitStatus(), QProcess::NormalExit);
    const QByteArray said = window.program().readAllStandardError();
    QVERIFY2(!isComplaint(said), said.constData());
}

void WindowTest::drawsAChatWithoutAWarning_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("size");
    QTest::newRow("light") << u"light"_s << u"1280x800"_s;
    QTest::newRow("dark, a phone's width") << u"dark"_s << u"390x844"_s;
}

void WindowTest::drawsAChatWithoutAWarning()
{
    QFETCH(QString, theme);
    QFETCH(QString, size);
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    talk(ada, bob);
    Window window(world);
    window.setServer(world.server().url());
    const auto picture = world.path(u"chat.png"_s);
    window.start(world.mintToken(u"ada"_s),
        {u"--open-chat"_s, u"Ridge Walkers"_s, u"--theme"_s, theme, u"--geometry"_s, size,
            u"--screenshot"_s, picture});
    PARLEY_WAIT(window.program().state() == QProcess::NotRunning);
    const QByteArray said = window.program().readAllStandardError();
    QVERIFY2(window.program().exitCode() == 0, said.constData());
    QVERIFY2(!isComplaint(said), said.constData());
    const QImage image(picture);
    QCOMPARE(u"%1x%2"_s.arg(image.width()).arg(image.height()), size);
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY(colours.size() > 50);
}

QTEST_GUILESS_MAIN(WindowTest)
#include "tst_window.moc"
