// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/tcpproxy.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace parley;

namespace {

/// Answers with what it got.
class EchoServer : public QTcpServer {
public:
    EchoServer()
    {
        listen(QHostAddress(QHostAddress::LocalHost));
        connect(this, &QTcpServer::newConnection, this, [this] {
            auto *const socket = nextPendingConnection();
            peers.push_back(socket);
            connect(socket, &QTcpSocket::readyRead, socket,
                [socket] { socket->write(socket->readAll()); });
        });
    }
    std::vector<QTcpSocket *> peers;
};

const QByteArray upgrade("HTTP/1.1 101 Switching Protocols\r\n\r\n");

QByteArray frame(const QByteArray &payload)
{
    return QByteArray(1, '\x82') + static_cast<char>(payload.size()) + payload;
}

} // namespace

class TcpProxyTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void passesBothWays();
    void passesMoreThanItsBuffers();
    void delays();
    void cutsEverything();
    void cutsOneOfThem();
    void halfOpensWithoutTellingAnybody();
    void silencesOneWayOnly();
    void isAsNarrowAsItIsTold();
    void keepsWhatBothSidesSaid();
    void turnsAwayWhoComes();
    void holdsBackWhatAStalledClientDoesNotRead();
    void losesTheChosenFrames();
    void passesTheEndOn();
    void goesElsewhereAfterATargetChanged();

private:
    std::unique_ptr<EchoServer> m_server;
    std::unique_ptr<TcpProxy> m_proxy;
    std::unique_ptr<QTcpSocket> m_client;

    std::unique_ptr<QTcpSocket> connected() const;
    bool echoes(QTcpSocket &socket, const QByteArray &bytes) const;
};

void TcpProxyTest::init()
{
    m_server = std::make_unique<EchoServer>();
    m_proxy = std::make_unique<TcpProxy>(m_server->serverPort());
    m_client = connected();
}

void TcpProxyTest::cleanup()
{
    m_client.reset();
    m_proxy.reset();
    m_server.reset();
}

std::unique_ptr<QTcpSocket> TcpProxyTest::connected() const
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy->port());
    socket->waitForConnected();
    return socket;
}

bool TcpProxyTest::echoes(QTcpSocket &socket, const QByteArray &bytes) const
{
    QByteArray got;
    socket.write(bytes);
    return QTest::qWaitFor([&] {
        got += socket.readAll();
        return got == bytes;
    });
}

void TcpProxyTest::passesBothWays()
{
    QVERIFY(echoes(*m_client, "hello"));
    QCOMPARE(m_proxy->connections(), 1);
    QCOMPARE(m_proxy->accepted(), 1);
}

void TcpProxyTest::passesMoreThanItsBuffers()
{
    QVERIFY(echoes(*m_client, QByteArray(3'000'000, 'x')));
}

void TcpProxyTest::delays()
{
    m_proxy->setDelayMs(60);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(echoes(*m_client, "late"));
    QVERIFY(timer.elapsed() >= 120);
}

void TcpProxyTest::cutsEverything()
{
    auto other = connected();
    QVERIFY(echoes(*m_client, "one"));
    QVERIFY(echoes(*other, "two"));
    m_proxy->cutAll();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(other->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_server->peers[0]->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_proxy->cuts(), 2);
    QCOMPARE(m_proxy->connections(), 0);
    QVERIFY(echoes(*connected(), "again"));
}

void TcpProxyTest::cutsOneOfThem()
{
    auto other = connected();
    QVERIFY(echoes(*m_client, "one"));
    QVERIFY(echoes(*other, "two"));
    m_proxy->cutOne(7); // the second of two, after three bytes
    other->write("four");
    QTRY_COMPARE(other->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(other->readAll().isEmpty());
    QVERIFY(echoes(*m_client, "still here"));
}

void TcpProxyTest::halfOpensWithoutTellingAnybody()
{
    QVERIFY(echoes(*m_client, "one"));
    m_proxy->halfOpenAll();
    m_client->write("into the void");
    QVERIFY(echoes(*connected(), "fresh"));
    QTest::qWait(50);
    QCOMPARE(m_client->bytesAvailable(), 0);
    QCOMPARE(m_client->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(m_server->peers[0]->state(), QAbstractSocket::ConnectedState);
}

void TcpProxyTest::silencesOneWayOnly()
{
    QVERIFY(echoes(*m_client, "one"));
    m_proxy->halfOpenOne(0, TcpProxy::Silence::ToClient);
    m_client->write("two");
    // The server heard it, and answered; nobody hears that.
    QTRY_COMPARE(m_server->peers[0]->bytesToWrite(), 0);
    QTest::qWait(50);
    QCOMPARE(m_client->bytesAvailable(), 0);
    auto other = connected();
    QVERIFY(echoes(*other, "one"));
    m_proxy->halfOpenOne(1, TcpProxy::Silence::ToServer);
    other->write("two");
    m_server->peers[1]->write("unasked");
    QTRY_COMPARE(other->bytesAvailable(), 7);
    QCOMPARE(other->readAll(), "unasked");
    // Silenced the other way, too, the first one stays silent.
    m_proxy->halfOpenOne(1, TcpProxy::Silence::ToClient);
    m_proxy->halfOpenOne(1, TcpProxy::Silence::ToServer);
    m_server->peers[1]->write("nobody hears");
    QTRY_COMPARE(m_server->peers[1]->bytesToWrite(), 0);
    QTest::qWait(50);
    QCOMPARE(other->bytesAvailable(), 0);
}

void TcpProxyTest::isAsNarrowAsItIsTold()
{
    m_proxy->setBytesPerSecond(100'000);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(echoes(*m_client, QByteArray(10'000, 'x')));
    QVERIFY(timer.elapsed() >= 150);
    m_proxy->setBytesPerSecond(0);
    QVERIFY(echoes(*m_client, QByteArray(1'000'000, 'x')));
}

void TcpProxyTest::keepsWhatBothSidesSaid()
{
    const QTemporaryDir folder;
    m_proxy->setCapture(folder.path());
    auto first = connected();
    QVERIFY(echoes(*first, "said"));
    auto second = connected();
    QVERIFY(echoes(*second, "more"));
    QFile file(folder.filePath(QStringLiteral("000003.link")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const char direction : {'>', '<'}) {
        const auto head = file.read(13);
        QCOMPARE(head[0], direction);
        QVERIFY(qFromBigEndian<qint64>(head.constData() + 1) > 1'600'000'000'000'000);
        QCOMPARE(file.read(qFromBigEndian<quint32>(head.constData() + 9)), "more");
    }
    QVERIFY(file.atEnd());
}

void TcpProxyTest::turnsAwayWhoComes()
{
    QVERIFY(echoes(*m_client, "one"));
    m_proxy->setDoor(TcpProxy::Door::Closed);
    auto other = connected();
    QTRY_COMPARE(other->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(echoes(*m_client, "inside"));
    m_proxy->setDoor(TcpProxy::Door::Open);
    QVERIFY(echoes(*connected(), "welcome"));
}

void TcpProxyTest::holdsBackWhatAStalledClientDoesNotRead()
{
    QTRY_COMPARE(m_server->peers.size(), size_t(1));
    m_proxy->setReading(TcpProxy::Reading::Stalled);
    m_server->peers[0]->write(upgrade);
    for (int number = 0; number < 200'000; ++number)
        m_server->peers[0]->write(frame(QByteArray(100, 'x')));
    QTest::qWait(100);
    QVERIFY(m_server->peers[0]->bytesToWrite() > 1'000'000);
    QCOMPARE(m_client->bytesAvailable(), 0);
    m_proxy->setReading(TcpProxy::Reading::Passing);
    QTRY_COMPARE(m_client->bytesAvailable(), upgrade.size() + 200'000 * 102);
}

void TcpProxyTest::losesTheChosenFrames()
{
    QTRY_COMPARE(m_server->peers.size(), size_t(1));
    m_proxy->setLosing([](const QByteArray &bytes) { return bytes.contains("push"); });
    m_server->peers[0]->write(
        upgrade + frame("answer") + frame("push 1") + frame("push 2") + frame("end"));
    const auto left = upgrade + frame("answer") + frame("end");
    QTRY_COMPARE(m_client->bytesAvailable(), left.size());
    QCOMPARE(m_client->readAll(), left);
    QCOMPARE(m_proxy->lostFrames(), 2);
    m_proxy->setLosing({});
    m_server->peers[0]->write(frame("push 3"));
    QTRY_COMPARE(m_client->bytesAvailable(), frame("push 3").size());
}

void TcpProxyTest::passesTheEndOn()
{
    QVERIFY(echoes(*m_client, "one"));
    m_server->peers[0]->write(frame("the end"));
    m_server->peers[0]->disconnectFromHost();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_client->readAll(), frame("the end"));
    QTRY_COMPARE(m_proxy->connections(), 0);
    auto other = connected();
    QVERIFY(echoes(*other, "two"));
    other->disconnectFromHost();
    QTRY_COMPARE(m_server->peers[1]->state(), QAbstractSocket::UnconnectedState);
}

void TcpProxyTest::goesElsewhereAfterATargetChanged()
{
    QVERIFY(echoes(*m_client, "here"));
    EchoServer other;
    m_proxy->setTarget(other.serverPort());
    QVERIFY(echoes(*connected(), "there"));
    QCOMPARE(other.peers.size(), size_t(1));
}

QTEST_GUILESS_MAIN(TcpProxyTest)
#include "tst_tcpproxy.moc"
