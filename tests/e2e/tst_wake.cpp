// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The network or the machine wakes, and the client is there at once: a real cable that is pulled
// and plugged in again, and a login manager of our own that says that the machine slept.
#include "client/platform/networkwatcher.h"
#include "tests/support/twonetworks.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QProcess>
#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

/// Far less than it takes to notice by silence alone, far more than the kernel takes to say that a
/// cable is there (a second) on a machine with much else to do.
constexpr int atOnceMs = 10'000;

/// A bus that stands in for the system's, with the login manager that tests speak as.
class LoginService {
public:
    explicit LoginService(const QString &folder)
    {
        m_bus.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_bus.start(u"dbus-daemon"_s,
            {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s,
                u"--address=unix:path="_s + folder + u"/bus"_s});
        if (m_bus.waitForStarted() && m_bus.waitForReadyRead())
            m_address = m_bus.readLine().trimmed();
    }
    ~LoginService()
    {
        QDBusConnection::disconnectFromBus(u"login"_s);
        m_bus.kill();
        m_bus.waitForFinished();
    }
    LoginService(const LoginService &) = delete;
    LoginService &operator=(const LoginService &) = delete;

    QByteArray address() const { return m_address; }
    bool appear()
    {
        auto bus = QDBusConnection::connectToBus(QString::fromLatin1(m_address), u"login"_s);
        return bus.registerService(u"org.freedesktop.login1"_s);
    }
    void prepareForSleep(bool isBefore)
    {
        auto signal = QDBusMessage::createSignal(u"/org/freedesktop/login1"_s,
            u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s);
        signal << isBefore;
        QDBusConnection(u"login"_s).send(signal);
    }

private:
    QProcess m_bus;
    QByteArray m_address;
};

} // namespace

class WakeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void isBackWhenTheCableIs();
    void isBackWhenTheMachineWakes();
    void cleanupTestCase() { m_login.reset(); }

private:
    QTemporaryDir m_folder{testFolder(u"wake"_s)};
    std::unique_ptr<LoginService> m_login;

    bool makeCertificate() const;
    Config housesConfig() const;
    static bool hasCable(ClientThread &clientSide);
    bool signIn(Person &person, const QString &address, const QByteArray &token) const;
};

// Before any client looks for the system's bus.
void WakeTest::initTestCase()
{
    m_login = std::make_unique<LoginService>(m_folder.path());
    if (!m_login->address().isEmpty())
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_login->address());
}

bool WakeTest::makeCertificate() const
{
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
            u"-keyout"_s, m_folder.filePath(u"key.pem"_s), u"-out"_s,
            m_folder.filePath(u"certificate.pem"_s), u"-subj"_s,
            u"/CN="_s + TwoNetworks::serverAddress(), u"-addext"_s,
            u"subjectAltName=IP:"_s + TwoNetworks::serverAddress()});
    return openssl.waitForFinished() && openssl.exitCode() == 0;
}

Config WakeTest::housesConfig() const
{
    auto config = openHouse(m_folder.filePath(u"server"_s));
    config.listen.address = TwoNetworks::serverAddress();
    config.listen.certificate = m_folder.filePath(u"certificate.pem"_s);
    config.listen.privateKey = m_folder.filePath(u"key.pem"_s);
    return config;
}

bool WakeTest::hasCable(ClientThread &clientSide)
{
    bool hasAddress = false;
    clientSide.run([&hasAddress] {
        hasAddress = NetworkWatcher::hasAddress(QHostAddress(TwoNetworks::clientAddress()));
    });
    return hasAddress;
}

// As a person does it: look, see the fingerprint of a self-signed certificate, trust it.
bool WakeTest::signIn(Person &person, const QString &address, const QByteArray &token) const
{
    std::optional<LookUp> seen;
    connect(&person.client(), &Client::lookedUp, &person,
        [&seen](const LookUp &result) { seen = result; });
    person.client().lookUp(address);
    if (!waitUntil([&] { return seen.has_value(); }))
        return false;
    if (seen->problem != ConnectProblem::CertificateUnknown)
        return false;
    person.client().trustCertificate(seen->address, seen->fingerprint);
    return person.signIn(seen->address, token);
}

void WakeTest::isBackWhenTheCableIs()
{
    TwoNetworks networks;
    if (!networks.isThere())
        QSKIP(qPrintable(networks.problem()));
    QVERIFY(makeCertificate());
    const auto config = housesConfig();
    QVERIFY(Server::initialise(config));
    ClientThread serverSide;
    ClientThread clientSide;
    std::unique_ptr<Server> server;
    serverSide.run([&] {
        if (!networks.enter(TwoNetworks::Side::Server))
            return;
        if (auto started = Server::start(config))
            server = *std::move(started);
    });
    QVERIFY(server);
    bool isInside = false;
    bool isToldBySystem = false;
    clientSide.run([&] {
        isInside = networks.enter(TwoNetworks::Side::Client);
        // Then nobody looks at the interfaces from time to time: all below is heard.
        isToldBySystem = NetworkWatcher().isToldBySystem();
    });
    QVERIFY(isInside && isToldBySystem);
    // The kernel takes a second to say that a cable is there.
    PARLEY_WAIT(hasCable(clientSide));

    const auto admin = AdminClient::connect(config.server.dataFolder);
    QVERIFY(admin);
    const auto tokenFor = [&admin](const QString &name) {
        (void)(*admin)->ask({{u"command"_s, u"user.add"_s}, {u"name"_s, name}});
        const auto made = (*admin)->ask({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
        return QByteArray::fromBase64(
            (*made)[u"token"_s].toString().toLatin1(), QByteArray::Base64UrlEncoding);
    };
    {
        Person ada(programOf(m_folder.filePath(u"people"_s), u"ada"_s), clientSide);
        Person bob(programOf(m_folder.filePath(u"people"_s), u"bob"_s), serverSide);
        PARLEY_WAIT(ada.isOpen() && bob.isOpen());
        QVERIFY(signIn(ada, server->url(), tokenFor(u"ada"_s)));
        QVERIFY(signIn(bob, server->url(), tokenFor(u"bob"_s)));
        PARLEY_WAIT(ada.isOnline() && bob.isOnline());
        const auto chat = ada.startGroup(u"cable"_s, {bob.id()});
        ada.say(chat, u"over the cable"_s);
        PARLEY_WAIT(bob.said(chat, u"over the cable"_s));

        networks.setCable(TwoNetworks::Cable::Pulled);
        QElapsedTimer since;
        since.start();
        PARLEY_WAIT(ada.status().state == ConnectionState::Offline);
        qInfo("offline %lld ms after the cable was pulled", since.elapsed());
        const auto id = ada.say(chat, u"with the cable pulled"_s);
        bob.say(chat, u"are you there?"_s);
        QCOMPARE(ada.delivery(chat, id), Delivery::Sending);

        networks.setCable(TwoNetworks::Cable::Plugged);
        since.start();
        PARLEY_WAIT(hasCable(clientSide));
        const auto cableMs = since.elapsed();
        QVERIFY(waitUntil([&] { return ada.isOnline(); }, atOnceMs));
        qInfo("online %lld ms after the cable was plugged in, which took the kernel %lld ms",
            since.elapsed(), cableMs);
        PARLEY_WAIT(bob.said(chat, u"with the cable pulled"_s));
        PARLEY_WAIT(ada.said(chat, u"are you there?"_s));
        QVERIFY(ada.refusals().empty());
    }
    serverSide.run([&server] { server.reset(); });
}

void WakeTest::isBackWhenTheMachineWakes()
{
    if (m_login->address().isEmpty())
        QSKIP("there is no dbus-daemon");
    QVERIFY(m_login->appear());
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"sleep"_s, {bob.id()});
    ada.say(chat, u"good night"_s);
    PARLEY_WAIT(bob.said(chat, u"good night"_s));

    m_login->prepareForSleep(true);
    // What was connected before a long sleep is dead, and nobody says so.
    world.network(ada).halfOpenAll();
    bob.say(chat, u"while you slept"_s);
    const auto connections = world.network(ada).accepted();
    m_login->prepareForSleep(false);
    QVERIFY(waitUntil([&] { return world.network(ada).accepted() > connections; }, atOnceMs));
    PARLEY_WAIT(ada.said(chat, u"while you slept"_s) && ada.isOnline() && bob.isOnline());
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(WakeTest)
#include "tst_wake.moc"
