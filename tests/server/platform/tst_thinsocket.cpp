// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/thinsocket.h"

#include "tests/support/certificates.h"
#include "tests/support/waiting.h"

#include <QtCore/QRandomGenerator>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

namespace {

class Door : public QTcpServer {
public:
    std::optional<qintptr> descriptor;

protected:
    void incomingConnection(qintptr accepted) override { descriptor = accepted; }
};

QByteArray noise(qsizetype bytes)
{
    QByteArray made(bytes, Qt::Uninitialized);
    QRandomGenerator generator(7);
    for (char &each : made)
        each = char(generator.bounded(256));
    return made;
}

constexpr qsizetype muchBytes = 3'000'000;

} // namespace

/// Against Qt's own sockets, plain and with TLS.
class ThinSocketTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase_data();
    void init();
    void cleanup();
    void carriesWhatIsSaidBothWays();
    void sendsWhatATurnWroteAtOnce();
    void hearsNoMoreThanItsBuffer();
    void leavesNothingBehindInAFullBuffer();
    void keepsWhatWasPeekedAt();
    void keepsWhatItsPeerSaidLast();
    void saysEverythingBeforeItCloses();
    void abortsAtOnce();
    void endsWithAPeerThatIsGone();
    void knowsItsPeer();
    void mayEndWhileItIsRead();
    void refusesWhatIsNoHandshake();
    void endsInTheMiddleOfAHandshake();
    void refusesAKeyOfAnotherCertificate();

private:
    static bool isEncrypted()
    {
        QFETCH_GLOBAL(bool, encrypted);
        return encrypted;
    }
    /// Returns when both ends are open.
    void meet();
    void accept();

    std::optional<TestCertificate> m_certificate;
    std::shared_ptr<const TlsContext> m_tls;
    std::unique_ptr<Door> m_door;
    std::unique_ptr<QSslSocket> m_peer; ///< speaks TLS only when it is asked to
    std::unique_ptr<ThinSocket> m_socket;
};

void ThinSocketTest::initTestCase_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::newRow("plain") << false;
    QTest::newRow("tls") << true;
    m_certificate = TestCertificate::make(QStringLiteral("localhost"));
    QVERIFY(m_certificate);
    QSslConfiguration settings;
    settings.setLocalCertificateChain({m_certificate->certificate});
    settings.setPrivateKey(m_certificate->key);
    const auto made = TlsContext::make(settings);
    QVERIFY(made);
    m_tls = *made;
}

void ThinSocketTest::init()
{
    m_door = std::make_unique<Door>();
    QVERIFY(m_door->listen(QHostAddress::LocalHost));
    m_peer = std::make_unique<QSslSocket>();
    m_peer->setPeerVerifyMode(QSslSocket::VerifyNone);
}

void ThinSocketTest::cleanup()
{
    m_socket.reset();
    m_peer.reset();
    m_door.reset();
}

void ThinSocketTest::accept()
{
    m_peer->connectToHost(QHostAddress(QHostAddress::LocalHost), m_door->serverPort());
    PARLEY_WAIT(m_door->descriptor && m_peer->state() == QAbstractSocket::ConnectedState);
    const qintptr descriptor = *std::exchange(m_door->descriptor, std::nullopt);
    m_socket = std::make_unique<ThinSocket>(
        descriptor, isEncrypted() ? m_tls->accept(descriptor) : nullptr);
}

void ThinSocketTest::meet()
{
    accept();
    if (!isEncrypted())
        return;
    QSignalSpy encrypted(m_socket.get(), &ThinSocket::encrypted);
    m_peer->startClientEncryption();
    PARLEY_WAIT(m_peer->isEncrypted() && encrypted.size() == 1);
    QVERIFY(m_peer->sessionProtocol() >= QSsl::TlsV1_2);
    QCOMPARE(m_peer->peerCertificate(), m_certificate->certificate);
}

void ThinSocketTest::carriesWhatIsSaidBothWays()
{
    meet();
    const QByteArray text = noise(muchBytes);
    QByteArray here;
    QByteArray there;
    QRandomGenerator generator(11);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [&] {
        // Not all of it at once: the rest stays, in order.
        here += m_socket->read(generator.bounded(1, 20'000));
    });
    connect(m_peer.get(), &QTcpSocket::readyRead, this, [&] { there += m_peer->readAll(); });
    for (qsizetype from = 0; from < text.size();) {
        const auto part = text.mid(from, generator.bounded(1, 50'000));
        from += part.size();
        QCOMPARE(m_socket->write(part), part.size());
        QCOMPARE(m_peer->write(part), part.size());
        if (generator.bounded(3) == 0)
            QCoreApplication::processEvents();
    }
    PARLEY_WAIT(there.size() == text.size());
    PARLEY_WAIT(here.size() + m_socket->bytesAvailable() == text.size()
        || (here += m_socket->read(10'000)).size() == text.size());
    here += m_socket->readAll();
    QVERIFY(there == text);
    QVERIFY(here == text);
    QCOMPARE(m_socket->bytesToWrite(), 0);
}

void ThinSocketTest::sendsWhatATurnWroteAtOnce()
{
    meet();
    QSignalSpy written(m_socket.get(), &QTcpSocket::bytesWritten);
    for (int i = 0; i < 10; ++i)
        m_socket->write("0123456789");
    QCOMPARE(m_socket->bytesToWrite(), 100);
    PARLEY_WAIT(m_peer->bytesAvailable() == 100);
    QCOMPARE(written.size(), 1);
    QCOMPARE(written[0][0].toLongLong(), 100);
}

void ThinSocketTest::hearsNoMoreThanItsBuffer()
{
    meet();
    constexpr qint64 most = 60'000;
    m_socket->setReadBufferSize(most);
    const QByteArray text = noise(muchBytes * 4);
    m_peer->write(text);
    PARLEY_WAIT(m_socket->bytesAvailable() == most);
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(m_socket->bytesAvailable(), most);
    QVERIFY(m_peer->bytesToWrite() + m_peer->encryptedBytesToWrite() > 0);
    QByteArray heard = m_socket->readAll();
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [&] { heard += m_socket->readAll(); });
    PARLEY_WAIT(heard.size() == text.size());
    QVERIFY(heard == text);
}

void ThinSocketTest::leavesNothingBehindInAFullBuffer()
{
    meet();
    constexpr qint64 most = 1'000;
    m_socket->setReadBufferSize(most);
    // One record of TLS: what does not fit waits where the descriptor knows nothing of it.
    const QByteArray text = noise(16'000);
    m_peer->write(text);
    QByteArray heard;
    PARLEY_WAIT(m_socket->bytesAvailable() == most);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [&] { heard += m_socket->readAll(); });
    heard += m_socket->readAll();
    PARLEY_WAIT(heard.size() == text.size());
    QVERIFY(heard == text);
}

void ThinSocketTest::keepsWhatWasPeekedAt()
{
    meet();
    m_peer->write("GET / HTTP/1.1\r\n");
    PARLEY_WAIT(m_socket->bytesAvailable() == 16);
    QCOMPARE(m_socket->peek(3), QByteArray("GET"));
    QCOMPARE(m_socket->bytesAvailable(), 16);
    m_peer->write("Host: a\r\n\r\n");
    PARLEY_WAIT(m_socket->bytesAvailable() == 27);
    QCOMPARE(m_socket->peek(100), QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(m_socket->read(20), QByteArray("GET / HTTP/1.1\r\nHost"));
    m_socket->write("well");
    PARLEY_WAIT(m_peer->bytesAvailable() == 4);
    QCOMPARE(m_socket->readAll(), QByteArray(": a\r\n\r\n"));
    m_socket->write("done");
    PARLEY_WAIT(m_peer->bytesAvailable() == 8);
    m_peer->write("more");
    PARLEY_WAIT(m_socket->bytesAvailable() == 4);
    QCOMPARE(m_socket->readAll(), QByteArray("more"));
}

void ThinSocketTest::keepsWhatItsPeerSaidLast()
{
    meet();
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    m_peer->write("goodbye");
    m_peer->disconnectFromHost();
    PARLEY_WAIT(disconnected.size() == 1);
    QCOMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(m_socket->error(), QAbstractSocket::RemoteHostClosedError);
    QCOMPARE(m_socket->readAll(), QByteArray("goodbye"));
    QCOMPARE(m_socket->write("too late"), -1);
}

void ThinSocketTest::saysEverythingBeforeItCloses()
{
    meet();
    const QByteArray text = noise(muchBytes * 10);
    QByteArray there;
    connect(m_peer.get(), &QTcpSocket::readyRead, this, [&] { there += m_peer->readAll(); });
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    m_socket->write(text);
    m_socket->close();
    QCOMPARE(m_socket->state(), QAbstractSocket::ClosingState);
    PARLEY_WAIT(m_peer->state() == QAbstractSocket::UnconnectedState);
    there += m_peer->readAll();
    QVERIFY(there == text);
    QCOMPARE(disconnected.size(), 1);
}

void ThinSocketTest::abortsAtOnce()
{
    meet();
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    m_socket->write(noise(muchBytes * 10));
    m_socket->abort();
    QCOMPARE(m_socket->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(m_socket->bytesToWrite(), 0);
    PARLEY_WAIT(m_peer->state() == QAbstractSocket::UnconnectedState);
}

void ThinSocketTest::endsWithAPeerThatIsGone()
{
    meet();
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    QSignalSpy failed(m_socket.get(), &QTcpSocket::errorOccurred);
    m_socket->write(noise(muchBytes * 10));
    m_peer->abort();
    PARLEY_WAIT(disconnected.size() == 1);
    QCOMPARE(failed.size(), 1);
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(disconnected.size(), 1);
}

void ThinSocketTest::knowsItsPeer()
{
    meet();
    QCOMPARE(m_socket->peerAddress(), m_peer->localAddress());
    QCOMPARE(m_socket->peerPort(), m_peer->localPort());
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QVERIFY(m_socket->socketDescriptor() >= 0);
}

void ThinSocketTest::mayEndWhileItIsRead()
{
    meet();
    bool isGone = false;
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [&] {
        m_socket.reset();
        isGone = true;
    });
    m_peer->write("end");
    PARLEY_WAIT(isGone && m_peer->state() == QAbstractSocket::UnconnectedState);
}

void ThinSocketTest::refusesWhatIsNoHandshake()
{
    if (!isEncrypted())
        QSKIP("there is a handshake with TLS alone");
    accept();
    QSignalSpy encrypted(m_socket.get(), &ThinSocket::encrypted);
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    QSignalSpy heard(m_socket.get(), &QTcpSocket::readyRead);
    m_peer->write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    PARLEY_WAIT(disconnected.size() == 1);
    QCOMPARE(m_socket->error(), QAbstractSocket::SslHandshakeFailedError);
    QCOMPARE(encrypted.size(), 0);
    QCOMPARE(heard.size(), 0);
}

void ThinSocketTest::endsInTheMiddleOfAHandshake()
{
    if (!isEncrypted())
        QSKIP("there is a handshake with TLS alone");
    accept();
    QSignalSpy disconnected(m_socket.get(), &QTcpSocket::disconnected);
    // The head of a record whose body never comes.
    m_peer->write(QByteArray::fromHex("1603010200010001fc0303"));
    QVERIFY(m_peer->waitForBytesWritten());
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(disconnected.size(), 0);
    m_socket->write("not before the handshake is done");
    m_peer->abort();
    PARLEY_WAIT(disconnected.size() == 1);
}

void ThinSocketTest::refusesAKeyOfAnotherCertificate()
{
    const auto other = TestCertificate::make(QStringLiteral("elsewhere"));
    QVERIFY(other);
    QSslConfiguration settings;
    settings.setLocalCertificateChain({m_certificate->certificate});
    settings.setPrivateKey(other->key);
    const auto made = TlsContext::make(settings);
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Damaged);
    settings.setLocalCertificateChain({});
    QVERIFY(!TlsContext::make(settings));
}

QTEST_GUILESS_MAIN(ThinSocketTest)
#include "tst_thinsocket.moc"
