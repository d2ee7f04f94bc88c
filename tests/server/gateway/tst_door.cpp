// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/protocol/jsonframes.h"
#include "tests/server/gateway/house.h"

#include <QtCore/QProcess>
#include <QtNetwork/QSslSocket>

using namespace parley;
using namespace Qt::StringLiterals;

/// Who is let in at the one port, and who is not.
class tst_Door : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_house.reset(); }
    void closesWhoSaysNothing();
    void refusesTooManyPendingConnections();
    void answersPlainHttp();
    void refusesForeignOrigins();
    void closesOnBytesThatAreNoFrame();
    void speaksJsonToWhoBeginsWithIt();
    void refusesTwoLanguagesOnOneConnection();
    void abortsWhoTakesNoPongs();
    void servesOverTls();
    void refusesOldTls();
    void saysWhichTlsFileIsWrong();

private:
    QByteArray http(const QByteArray &request);
    bool makeCertificate();

    std::unique_ptr<House> m_house;
};

void tst_Door::init()
{
    m_house = std::make_unique<House>();
    QVERIFY(m_house->isInitialised);
}

QByteArray tst_Door::http(const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_house->server->port());
    socket.write(request);
    [[maybe_unused]] const bool closed = QTest::qWaitFor(
        [&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 10'000);
    return socket.readAll();
}

void tst_Door::closesWhoSaysNothing()
{
    m_house->config.times.signInMs = 200;
    QVERIFY(!m_house->start());
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.isClosed());
    QTcpSocket silent;
    silent.connectToHost(QHostAddress::LocalHost, m_house->server->port());
    QTRY_COMPARE(silent.state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
}

void tst_Door::refusesTooManyPendingConnections()
{
    m_house->config.limits.pendingPerAddress = 2;
    QVERIFY(!m_house->start());
    Peer first;
    Peer second;
    QVERIFY(first.open(m_house->server->url()));
    QVERIFY(second.open(m_house->server->url()));
    QTcpSocket third;
    third.connectToHost(QHostAddress::LocalHost, m_house->server->port());
    QTRY_COMPARE(third.state(), QAbstractSocket::UnconnectedState);
    // Whoever has signed in waits no more, and makes room.
    const House::Person ada = m_house->add(u"ada"_s);
    QVERIFY(first.ask(Peer::hello(ada.token)));
    Peer fourth;
    QVERIFY(fourth.open(m_house->server->url()));
}

void tst_Door::answersPlainHttp()
{
    QVERIFY(!m_house->start());
    QVERIFY(http("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("\r\n\r\nok\n"));
    QVERIFY(http("GET / HTTP/1.1\r\nHost: x\r\n\r\n").contains("a Parley server"));
    QVERIFY(http("GET /etc/passwd HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "));
    QVERIFY(http("POST / HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 405 "));
    QVERIFY(http("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
    QVERIFY(http("GET / HTTP/1.1\r\nx: " + QByteArray(10'000, 'x')).startsWith("HTTP/1.1 431 "));
}

void tst_Door::refusesForeignOrigins()
{
    m_house->config.listen.origins = QStringList{u"https://chat.example"_s};
    QVERIFY(!m_house->start());
    const QByteArray upgrade =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    QVERIFY(http(upgrade + "Origin: https://evil.example\r\n\r\n").startsWith("HTTP/1.1 403 "));
    QTcpSocket allowed;
    allowed.connectToHost(QHostAddress::LocalHost, m_house->server->port());
    allowed.write(upgrade + "Origin: https://chat.example\r\n\r\n");
    QTRY_VERIFY(allowed.peek(12) == "HTTP/1.1 101");
}

void tst_Door::closesOnBytesThatAreNoFrame()
{
    QVERIFY(!m_house->start());
    Peer bytes;
    QVERIFY(bytes.open(m_house->server->url()));
    bytes.sayBytes("nonsense");
    QCOMPARE(bytes.next<Closing>()->reason, CloseReason::Malformed);
    QVERIFY(bytes.isClosed());
    Peer words;
    QVERIFY(words.open(m_house->server->url()));
    words.sayText(u"{}"_s);
    QVERIFY(words.isClosed());
    Peer much;
    QVERIFY(much.open(m_house->server->url()));
    much.sayBytes(QByteArray(limits::clientFrameBytes + 1, 'x'));
    QVERIFY(much.isClosed());
}

void tst_Door::speaksJsonToWhoBeginsWithIt()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    QWebSocket socket;
    JsonFrames json;
    std::vector<ServerFrame> frames;
    bool hasBytes = false;
    connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString &text) {
        auto frame = json.readServerFrame(text.toUtf8());
        QVERIFY(frame);
        frames.push_back(*std::move(frame));
    });
    connect(&socket, &QWebSocket::binaryMessageReceived, &socket, [&] { hasBytes = true; });
    socket.open(QUrl(m_house->server->url()));
    QTRY_VERIFY(socket.isValid());
    const auto say = [&](RequestNumber request, const Command &command) {
        socket.sendTextMessage(QString::fromUtf8(json.writeCommand({request, command})));
    };
    say(1, Peer::hello(ada.token));
    QTRY_VERIFY(frames.size() >= 2);
    const auto welcome = fromCbor<Welcome>(std::get<Answer>(frames[0]).body);
    QVERIFY(welcome);
    QCOMPARE(welcome->user->userName, u"ada"_s);
    QVERIFY(std::holds_alternative<Sync>(std::get<Event>(frames[1])));
    frames.clear();
    say(2, Devices{});
    QTRY_COMPARE(frames.size(), size_t(1));
    QVERIFY(fromCbor<DevicesReply>(std::get<Answer>(frames[0]).body)->devices.front().current);
    // A frame that can at least be answered is.
    socket.sendTextMessage(u"{\"type\":\"fly\",\"request\":3,\"body\":{}}"_s);
    QTRY_COMPARE(frames.size(), size_t(2));
    QCOMPARE(std::get<Refused>(frames[1]).refusal.code, ErrorCode::Unsupported);
    socket.sendTextMessage(u"nonsense"_s);
    QTRY_COMPARE(frames.size(), size_t(3));
    QCOMPARE(std::get<Closing>(std::get<Event>(frames[2])).reason, CloseReason::Malformed);
    QTRY_VERIFY(!socket.isValid());
    QVERIFY(!hasBytes);
}

void tst_Door::refusesTwoLanguagesOnOneConnection()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    peer.sayText(QString::fromUtf8(commandToJson(9, Devices{})));
    QCOMPARE(peer.next<Closing>()->reason, CloseReason::Malformed);
    QVERIFY(peer.isClosed());
}

/// Pings are answered below the session: their answers are bounded all the same.
void tst_Door::abortsWhoTakesNoPongs()
{
    m_house->config.limits.sendQueueBytes = 64 * 1024;
    QVERIFY(!m_house->start());
    QTcpSocket flood;
    flood.setReadBufferSize(1);
    flood.connectToHost(QHostAddress::LocalHost, m_house->server->port());
    flood.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const QByteArray ping = QByteArray::fromHex("89fd00000000") + QByteArray(125, 'x');
    const QByteArray pings = ping.repeated(1000);
    bool isOpen = true;
    for (int i = 0; isOpen && i < 2'000; ++i) {
        flood.write(pings);
        isOpen = QTest::qWaitFor([&] { return flood.bytesToWrite() == 0; }, 200)
            && flood.state() == QAbstractSocket::ConnectedState;
    }
    QTRY_VERIFY_WITH_TIMEOUT(flood.state() == QAbstractSocket::UnconnectedState
            || m_house->admin(u"status"_s).value(u"connections"_s).toInt() == 0,
        10'000);
}

bool tst_Door::makeCertificate()
{
    Config::Listen &listen = m_house->config.listen;
    listen.certificate = m_house->folder.path() + u"/certificate.pem"_s;
    listen.privateKey = m_house->folder.path() + u"/key.pem"_s;
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s, u"-subj"_s, u"/CN=localhost"_s, u"-days"_s, u"2"_s, u"-keyout"_s,
            listen.privateKey, u"-out"_s, listen.certificate});
    return openssl.waitForFinished() && openssl.exitCode() == 0;
}

void tst_Door::servesOverTls()
{
    QVERIFY(makeCertificate());
    QVERIFY(!m_house->start());
    QVERIFY(m_house->server->url().startsWith(u"wss://"_s));
    const House::Person ada = m_house->add(u"ada"_s);
    Peer peer;
    peer.socket().ignoreSslErrors();
    connect(&peer.socket(), &QWebSocket::sslErrors, &peer.socket(),
        [&] { peer.socket().ignoreSslErrors(); });
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    QVERIFY(peer.next<Sync>());
    // Plain bytes on this port lead nowhere.
    QVERIFY(http("GET /health HTTP/1.1\r\n\r\n").isEmpty());
}

void tst_Door::refusesOldTls()
{
    QVERIFY(makeCertificate());
    QVERIFY(!m_house->start());
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"s_client"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(m_house->server->port()),
            u"-tls1_1"_s});
    openssl.closeWriteChannel();
    QVERIFY(openssl.waitForFinished());
    QVERIFY(!openssl.readAllStandardOutput().contains("Cipher is ECDHE"));
    QVERIFY(openssl.exitCode() != 0);
}

void tst_Door::saysWhichTlsFileIsWrong()
{
    QVERIFY(makeCertificate());
    std::swap(m_house->config.listen.certificate, m_house->config.listen.privateKey);
    const auto error = m_house->start();
    QVERIFY(error);
    QVERIFY(error->text.contains(m_house->config.listen.certificate));
}

QTEST_GUILESS_MAIN(tst_Door)
#include "tst_door.moc"
