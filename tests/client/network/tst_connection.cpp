// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/certificatepin.h"
#include "client/network/connection.h"
#include "client/network/handshake.h"
#include "tests/client/network/peer.h"

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

namespace {

/// Answers whatever it hears in plain HTTP, and closes.
class PlainServer : public QTcpServer {
public:
    PlainServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
    }
};

} // namespace

class ConnectionTest : public QObject {
    Q_OBJECT
private slots:
    void carriesFramesBothWays();
    void refusesPlainTextElsewhere();
    void saysThatNobodyListens();
    void saysThatAHostIsUnknown();
    void saysThatAPlainServerIsNotEncrypted();
    void saysThatSomethingElseAnswers();
    void endsOnBytesThatAreNoFrame();
    void endsOnAFrameOverTheLimit();
    void sendsSmallFramesAtOnce();
    void asksAboutASelfSignedCertificate();
    void usesThePinnedCertificateAlone();
    void refusesAChangedCertificate();
    void refusesAnExpiredCertificate();
    void looksAServerUp();
    void hearsARefusal();

private:
    static ServerAddress addressOf(const QString &url);
    static ConnectProblem open(Connection &connection, const QString &url, const QByteArray &pin);
};

ServerAddress ConnectionTest::addressOf(const QString &url)
{
    const auto parsed = ServerAddress::parse(url);
    return std::holds_alternative<ServerAddress>(parsed) ? std::get<ServerAddress>(parsed)
                                                         : ServerAddress{QUrl(url), false};
}

/// None when it opened.
ConnectProblem ConnectionTest::open(
    Connection &connection, const QString &url, const QByteArray &pin = {})
{
    QSignalSpy opened(&connection, &Connection::opened);
    QSignalSpy closed(&connection, &Connection::closed);
    connection.open(addressOf(url), pin);
    if (!QTest::qWaitFor([&] { return !opened.empty() || !closed.empty(); }, 20'000))
        return ConnectProblem::KeepingToken; // none of those that are expected
    return closed.empty() ? ConnectProblem::None : closed[0][0].value<ConnectProblem>();
}

void ConnectionTest::carriesFramesBothWays()
{
    Peer peer;
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::None);
    QSignalSpy received(&connection, &Connection::received);
    connection.send({7, FindUser{QStringLiteral("anna")}});
    QCOMPARE(peer.expect<FindUser>()->userName, QStringLiteral("anna"));
    peer.answer(UsersReply{});
    peer.send(GoAway{5});
    QTRY_COMPARE(received.size(), 2);
    QCOMPARE(std::get<Answer>(received[0][0].value<ServerFrame>()).request, 7u);
    QSignalSpy closed(&connection, &Connection::closed);
    peer.cut();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<ConnectProblem>(), ConnectProblem::Unreachable);
}

void ConnectionTest::refusesPlainTextElsewhere()
{
    Connection connection;
    QCOMPARE(open(connection, QStringLiteral("ws://192.0.2.1:9")), ConnectProblem::NotEncrypted);
}

void ConnectionTest::saysThatNobodyListens()
{
    Peer peer;
    const QString url = peer.url();
    peer.stop();
    Connection connection;
    QCOMPARE(open(connection, url), ConnectProblem::Unreachable);
}

void ConnectionTest::saysThatAHostIsUnknown()
{
    Connection connection;
    QCOMPARE(open(connection, QStringLiteral("nobody.invalid")), ConnectProblem::ServerNotFound);
}

void ConnectionTest::saysThatAPlainServerIsNotEncrypted()
{
    PlainServer server;
    Connection connection;
    QCOMPARE(open(connection, QStringLiteral("wss://127.0.0.1:%1").arg(server.serverPort())),
        ConnectProblem::NotEncrypted);
}

void ConnectionTest::saysThatSomethingElseAnswers()
{
    PlainServer server;
    Connection connection;
    QCOMPARE(open(connection, QStringLiteral("ws://127.0.0.1:%1").arg(server.serverPort())),
        ConnectProblem::NotAServer);
}

void ConnectionTest::endsOnBytesThatAreNoFrame()
{
    Peer peer;
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::None);
    QSignalSpy closed(&connection, &Connection::closed);
    peer.sendBytes("\xff\xff");
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<ConnectProblem>(), ConnectProblem::NotAServer);
    QCOMPARE(open(connection, peer.url()), ConnectProblem::None);
    peer.sendText(QStringLiteral("{}"));
    QTRY_COMPARE(closed.size(), 2);
}

void ConnectionTest::endsOnAFrameOverTheLimit()
{
    Peer peer;
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::None);
    QSignalSpy closed(&connection, &Connection::closed);
    peer.sendBytes(QByteArray(limits::serverFrameBytes + 1, 'x'));
    QTRY_COMPARE(closed.size(), 1);
}

void ConnectionTest::sendsSmallFramesAtOnce()
{
    Peer peer;
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::None);
    const auto *below = connection.findChild<QAbstractSocket *>();
    QVERIFY(below);
    QCOMPARE(
        const_cast<QAbstractSocket *>(below)->socketOption(QAbstractSocket::LowDelayOption).toInt(),
        1);
}

void ConnectionTest::asksAboutASelfSignedCertificate()
{
    const auto certificate = TestCertificate::make(QStringLiteral("127.0.0.1"));
    if (!certificate)
        QSKIP("the openssl program is not installed");
    Peer peer(certificate);
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::CertificateUnknown);
    QCOMPARE(fingerprintOf(connection.certificate()), fingerprintOf(certificate->certificate));
    QCOMPARE(fingerprintOf(connection.certificate()).size(), 32);
    QCOMPARE(peer.connections(), 0); // not one byte of ours was said
}

void ConnectionTest::usesThePinnedCertificateAlone()
{
    const auto certificate = TestCertificate::make(QStringLiteral("another.host"));
    if (!certificate)
        QSKIP("the openssl program is not installed");
    Peer peer(certificate);
    Connection connection;
    QCOMPARE(open(connection, peer.url(), fingerprintOf(certificate->certificate)),
        ConnectProblem::None);
    connection.send({1, Devices{}});
    QVERIFY(peer.expect<Devices>());
}

void ConnectionTest::refusesAChangedCertificate()
{
    const auto certificate = TestCertificate::make(QStringLiteral("127.0.0.1"));
    const auto other = TestCertificate::make(QStringLiteral("127.0.0.1"));
    if (!certificate || !other)
        QSKIP("the openssl program is not installed");
    Peer peer(other);
    Connection connection;
    QCOMPARE(open(connection, peer.url(), fingerprintOf(certificate->certificate)),
        ConnectProblem::CertificateChanged);
    // Also when anybody would trust the new one.
    QCOMPARE(judgeCertificate(other->certificate, {}, fingerprintOf(certificate->certificate)),
        ConnectProblem::CertificateChanged);
    QCOMPARE(judgeCertificate(other->certificate, {}, {}), ConnectProblem::None);
}

void ConnectionTest::refusesAnExpiredCertificate()
{
    const auto certificate =
        TestCertificate::make(QStringLiteral("127.0.0.1"), TestCertificate::Validity::Expired);
    if (!certificate)
        QSKIP("the openssl program is not installed, or makes no expired certificates");
    Peer peer(certificate);
    Connection connection;
    QCOMPARE(open(connection, peer.url()), ConnectProblem::CertificateInvalid);
    QCOMPARE(open(connection, peer.url(), fingerprintOf(certificate->certificate)),
        ConnectProblem::CertificateInvalid);
}

void ConnectionTest::looksAServerUp()
{
    Peer peer;
    auto *handshake = new Handshake(addressOf(peer.url()), {}, {}, {}, this);
    std::optional<Handshake::Outcome> outcome;
    connect(handshake, &Handshake::finished, this,
        [&](const Handshake::Outcome &ended) { outcome = ended; });
    const auto hello = peer.expect<Hello>();
    QVERIFY(hello && !hello->auth.token && hello->have.empty());
    Welcome welcome;
    welcome.serverName = QStringLiteral("Our chat");
    peer.answer(welcome);
    QTRY_VERIFY(outcome);
    QCOMPARE(outcome->problem, ConnectProblem::None);
    QCOMPARE(outcome->welcome->serverName, QStringLiteral("Our chat"));
    QTRY_VERIFY(!peer.isConnected());
}

void ConnectionTest::hearsARefusal()
{
    Peer peer;
    for (const auto &[code, problem] :
        {std::pair(ErrorCode::BadCredentials, ConnectProblem::Refused),
            std::pair(ErrorCode::UpgradeRequired, ConnectProblem::TooOld)}) {
        auto *handshake = new Handshake(addressOf(peer.url()), {}, {}, {}, this);
        std::optional<Handshake::Outcome> outcome;
        connect(handshake, &Handshake::finished, this,
            [&](const Handshake::Outcome &ended) { outcome = ended; });
        QVERIFY(peer.expect<Hello>());
        peer.refuse(code);
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->problem, problem);
        QCOMPARE(outcome->refusal->code, code);
        QTRY_VERIFY(!peer.isConnected());
    }
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_connection.moc"
