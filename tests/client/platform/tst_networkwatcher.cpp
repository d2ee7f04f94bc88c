// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/networkwatcher.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QHostAddress>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

/// Run by itself once more inside a network namespace, where links can be cut for real.
class NetworkWatcherTest : public QObject {
    Q_OBJECT
private slots:
    void knowsItsOwnAddresses();
    void hearsALinkComeAndGo();
    void hearsAWayOutAppear();
    void passesInANamespaceOfItsOwn();

private:
    static bool isInside() { return qEnvironmentVariableIsSet("PARLEY_TEST_NAMESPACE"); }
    static bool ip(const QString &arguments);
    static void addLink();
};

bool NetworkWatcherTest::ip(const QString &arguments)
{
    return QProcess::execute(QStringLiteral("ip"), arguments.split(QLatin1Char(' '))) == 0;
}

void NetworkWatcherTest::knowsItsOwnAddresses()
{
    QVERIFY(NetworkWatcher::hasAddress(QHostAddress(QHostAddress::LocalHost)));
    QVERIFY(NetworkWatcher::hasAddress(QHostAddress()));
    QVERIFY(!NetworkWatcher::hasAddress(QHostAddress(QStringLiteral("203.0.113.77"))));
}

void NetworkWatcherTest::addLink()
{
    QVERIFY(ip(QStringLiteral("link add one type veth peer name two")));
    QVERIFY(ip(QStringLiteral("addr add 198.51.100.1/24 dev one")));
    QVERIFY(ip(QStringLiteral("link set two up")));
    QVERIFY(ip(QStringLiteral("link set one up")));
}

// Told by the system, the watcher has no timer: what is seen here was heard.
void NetworkWatcherTest::hearsALinkComeAndGo()
{
    if (!isInside())
        QSKIP("no namespace here: see passesInANamespaceOfItsOwn");
    NetworkWatcher watcher;
    QVERIFY(watcher.isToldBySystem());
    QVERIFY(!watcher.hasNetwork());
    QSignalSpy changed(&watcher, &NetworkWatcher::changed);
    addLink();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasNetwork(), 10'000);
    QVERIFY(NetworkWatcher::hasAddress(QHostAddress(QStringLiteral("198.51.100.1"))));
    QVERIFY(ip(QStringLiteral("link set one down")));
    // The kernel has told by then; nothing but the event loop lies between.
    QTRY_VERIFY_WITH_TIMEOUT(!watcher.hasNetwork(), 10'000);
    QVERIFY(changed.size() >= 2);
    QVERIFY(!NetworkWatcher::hasAddress(QHostAddress(QStringLiteral("198.51.100.1"))));
    QVERIFY(ip(QStringLiteral("link del one")));
}

void NetworkWatcherTest::hearsAWayOutAppear()
{
    if (!isInside())
        QSKIP("no namespace here: see passesInANamespaceOfItsOwn");
    addLink();
    NetworkWatcher watcher;
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasNetwork(), 10'000);
    QSignalSpy changed(&watcher, &NetworkWatcher::changed);
    QVERIFY(ip(QStringLiteral("route add 203.0.113.0/24 via 198.51.100.2")));
    QVERIFY(ip(QStringLiteral("route add default via 198.51.100.2")));
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
    QVERIFY(watcher.hasNetwork());
    QVERIFY(ip(QStringLiteral("link del one")));
}

void NetworkWatcherTest::passesInANamespaceOfItsOwn()
{
    if (isInside())
        QSKIP("this is inside of it");
    if (QStandardPaths::findExecutable(QStringLiteral("unshare")).isEmpty()
        || QStandardPaths::findExecutable(QStringLiteral("ip")).isEmpty())
        QSKIP("unshare or ip is not installed");
    const QStringList unshare{QStringLiteral("--net"), QStringLiteral("--map-root-user")};
    if (QProcess::execute(QStringLiteral("unshare"),
            unshare
                + QStringList{QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("add"),
                    QStringLiteral("name"), QStringLiteral("probe"), QStringLiteral("type"),
                    QStringLiteral("veth")})
        != 0)
        QSKIP("this kernel or container gives no network namespaces with veth links");
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PARLEY_TEST_NAMESPACE"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("unshare"),
        unshare
            + QStringList{QCoreApplication::applicationFilePath(),
                QStringLiteral("hearsALinkComeAndGo"), QStringLiteral("hearsAWayOutAppear")});
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitCode() == 0 && said.contains("PASS   : NetworkWatcherTest::hearsALink")
            && said.contains("PASS   : NetworkWatcherTest::hearsAWayOut"),
        said.constData());
}

QTEST_GUILESS_MAIN(NetworkWatcherTest)
#include "tst_networkwatcher.moc"
