// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/config.h"
#include "server/config/configkeys.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class tst_Config : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKindOfValue();
    void saysFileLineAndKey_data();
    void saysFileLineAndKey();
    void takesNumbersAtTheirBounds();
    void asksForHeartbeatsBeforeClientsGiveUp();
    void letsTheEnvironmentOverride();
    void refusesUnknownVariablesOfItsSections();
    void anchorsPathsAtTheFile();
    void saysWhenTheFileIsNotThere();
    void checksWhatNoKeyShows_data();
    void checksWhatNoKeyShows();
    void namesTheVariableThatIsAtFault();
    void namesTheKeyWhereNobodySetIt();
    void takesEveryWayOfAsking();
    void allowsPlainOnLoopbackOnly();
    void shipsAnExampleOfEveryKey();
    void survivesAnyBytes();

private:
    static Result<Config> parse(const QByteArray &toml, const QProcessEnvironment &environment = {})
    {
        return Config::parse(toml, u"/etc/parley/parleyd.toml"_s, environment);
    }
    static QString readableFile() { return QCoreApplication::applicationFilePath(); }
};

void tst_Config::readsEveryKindOfValue()
{
    const auto config = parse("[server]\nname = \"Bletchley\"\n[listen]\nport = 1234\n"
                              "origins = [\"https://a\", \"https://b\"]\nplain_anywhere = true\n"
                              "[limits]\nmessages_burst = 99\n");
    QVERIFY2(config, config ? "" : qPrintable(config.error().text));
    QCOMPARE(config->server.name, u"Bletchley"_s);
    QCOMPARE(config->listen.port, 1234);
    QCOMPARE(config->listen.origins, (QStringList{u"https://a"_s, u"https://b"_s}));
    QVERIFY(config->listen.plainAnywhere);
    QCOMPARE(config->limits.announced.messagesBurst, 99u);
    QCOMPARE(config->limits.announced.messagesPerSecond, 10u);
}

void tst_Config::saysFileLineAndKey_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("start");
    const QString file = u"/etc/parley/parleyd.toml:"_s;
    QTest::newRow("unknown key") << QByteArray("[listen]\nport = 1\nprot = 2\n")
                                 << file + u"3: listen.prot: "_s;
    QTest::newRow("unknown section")
        << QByteArray("\n\n[lisen]\nport = 1\n") << file + u"3: lisen: "_s;
    QTest::newRow("text for a number")
        << QByteArray("[listen]\nport = \"1\"\n") << file + u"2: listen.port: "_s;
    QTest::newRow("number for a text")
        << QByteArray("[server]\nname = 1\n") << file + u"2: server.name: "_s;
    QTest::newRow("fraction") << QByteArray("[listen]\nport = 1.5\n")
                              << file + u"2: listen.port: "_s;
    QTest::newRow("number for a switch")
        << QByteArray("[listen]\nplain_anywhere = 1\n") << file + u"2: listen.plain_anywhere: "_s;
    QTest::newRow("text for a list")
        << QByteArray("[listen]\norigins = \"x\"\n") << file + u"2: listen.origins: "_s;
    QTest::newRow("number in a list")
        << QByteArray("[listen]\norigins = [1]\n") << file + u"2: listen.origins: "_s;
    QTest::newRow("too large") << QByteArray("[listen]\nport = 65536\n")
                               << file + u"2: listen.port: "_s;
    QTest::newRow("too small") << QByteArray("[listen]\nport = -1\n")
                               << file + u"2: listen.port: "_s;
    QTest::newRow("no TOML") << QByteArray("[listen]\nport =\n") << file + u"2: "_s;
    QTest::newRow("twice") << QByteArray("[listen]\nport = 1\nport = 2\n") << file + u"3: "_s;
    QTest::newRow("outside of a section") << QByteArray("port = 1\n") << file + u"1: port: "_s;
    QTest::newRow("section as a value") << QByteArray("listen = 1\n") << file + u"1: listen: "_s;
}

void tst_Config::saysFileLineAndKey()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, start);
    const auto config = parse(toml);
    QVERIFY(!config);
    QCOMPARE(config.error().code, ErrorCode::Malformed);
    QVERIFY2(config.error().text.startsWith(start), qPrintable(config.error().text));
}

void tst_Config::takesNumbersAtTheirBounds()
{
    Config config;
    for (const ConfigKey &key : keysOf(config)) {
        if (!std::holds_alternative<qint64 *>(key.target)
            && !std::holds_alternative<quint32 *>(key.target))
            continue;
        QVERIFY2(key.setNumber(key.least), qPrintable(key.name()));
        QVERIFY2(key.setNumber(key.most), qPrintable(key.name()));
        QVERIFY2(!key.setNumber(key.least - 1), qPrintable(key.name()));
        QVERIFY2(!key.setNumber(key.most + 1), qPrintable(key.name()));
    }
}

// Clients close after 60 s without a frame, whatever the server was told.
void tst_Config::asksForHeartbeatsBeforeClientsGiveUp()
{
    const auto most = parse("[times]\nheartbeat_ms = 50000\n");
    QVERIFY2(most, most ? "" : qPrintable(most.error().text));
    QCOMPARE(most->times.heartbeatMs, 50'000);
    QVERIFY(most->times.heartbeatMs < limits::silenceMs);
    const auto more = parse("[times]\nheartbeat_ms = 50001\n");
    QVERIFY(!more);
    QVERIFY2(more.error().text.startsWith(u"/etc/parley/parleyd.toml:2: times.heartbeat_ms: "_s),
        qPrintable(more.error().text));
}

void tst_Config::letsTheEnvironmentOverride()
{
    QProcessEnvironment environment;
    environment.insert(u"PARLEY_LISTEN_PORT"_s, u"4321"_s);
    environment.insert(u"PARLEY_LISTEN_ORIGINS"_s, u"https://a, https://b"_s);
    environment.insert(u"PARLEY_LISTEN_PLAIN_ANYWHERE"_s, u"true"_s);
    environment.insert(u"PARLEY_DATA"_s, u"/of/parleyctl"_s);
    environment.insert(u"PATH"_s, u"/bin"_s);
    const auto config = parse("[listen]\nport = 1\n", environment);
    QVERIFY(config);
    QCOMPARE(config->listen.port, 4321);
    QCOMPARE(config->listen.origins, (QStringList{u"https://a"_s, u"https://b"_s}));
    QVERIFY(config->listen.plainAnywhere);
}

void tst_Config::refusesUnknownVariablesOfItsSections()
{
    QProcessEnvironment unknown;
    unknown.insert(u"PARLEY_LISTEN_PROT"_s, u"1"_s);
    QVERIFY(parse({}, unknown).error().text.startsWith(u"PARLEY_LISTEN_PROT: "_s));
    QProcessEnvironment wrong;
    wrong.insert(u"PARLEY_LISTEN_PORT"_s, u"many"_s);
    QVERIFY(parse({}, wrong).error().text.startsWith(u"PARLEY_LISTEN_PORT: "_s));
}

void tst_Config::anchorsPathsAtTheFile()
{
    const auto config =
        parse("[server]\ndata_folder = \"data\"\n[listen]\ncertificate = \"/tls/c.pem\"\n");
    QCOMPARE(config->server.dataFolder, u"/etc/parley/data"_s);
    QCOMPARE(config->listen.certificate, u"/tls/c.pem"_s);
}

void tst_Config::saysWhenTheFileIsNotThere()
{
    const auto config = Config::load(u"/nowhere/parleyd.toml"_s, {});
    QCOMPARE(config.error().code, ErrorCode::NotFound);
    QVERIFY(config.error().text.startsWith(u"/nowhere/parleyd.toml: "_s));
}

void tst_Config::checksWhatNoKeyShows_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("start");
    const QByteArray served = "[server]\ndata_folder = \"d\"\n";
    const QString file = u"/etc/parley/parleyd.toml:"_s;
    QTest::newRow("no data folder")
        << QByteArray("[server]\ndata_folder = \"\"\n") << file + u"2: server.data_folder: "_s;
    QTest::newRow("no address") << served + "[listen]\naddress = \"here\"\n"
                                << file + u"4: listen.address: "_s;
    QTest::newRow("plain to the world") << served + "[listen]\nport = 1\naddress = \"0.0.0.0\"\n"
                                        << file + u"5: listen.address: "_s;
    QTest::newRow("certificate without key") << served + "[listen]\ncertificate = \"c\"\n"
                                             << file + u"4: listen.certificate: "_s;
    QTest::newRow("key without certificate") << served + "[listen]\nprivate_key = \"k\"\n"
                                             << file + u"4: listen.private_key: "_s;
    QTest::newRow("certificate that is not there")
        << served + "[listen]\ncertificate = \"/c\"\nprivate_key = \"/k\"\n"
        << file + u"4: listen.certificate: "_s;
    QTest::newRow("key that is not there") << served + "[listen]\ncertificate = \""
            + readableFile().toUtf8()
            + "\"\nprivate_key = \"/k\"\n" << file + u"5: listen.private_key: "_s;
    QTest::newRow("proxy by name") << served + "[listen]\nproxies = [\"proxy\"]\n"
                                   << file + u"4: listen.proxies: "_s;
    QTest::newRow("silence within a heartbeat") << served + "[times]\nsilence_ms = 25000\n"
                                                << file + u"4: times.silence_ms: "_s;
    QTest::newRow("batch below a message")
        << served + "[limits]\nbatch_bytes = 2048\npayload_bytes = 4096\n"
        << file + u"4: limits.batch_bytes: "_s;
    QTest::newRow("frame below a batch") << served + "[limits]\nclient_frame_bytes = 65536\n"
                                         << file + u"4: limits.client_frame_bytes: "_s;
    QTest::newRow("no name") << served + "name = \"\"\n" << file + u"3: server.name: "_s;
    QTest::newRow("no such asking") << served + "[accounts]\nasking = \"sometimes\"\n"
                                    << file + u"4: accounts.asking: "_s;
}

void tst_Config::checksWhatNoKeyShows()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, start);
    const auto config = parse(toml);
    QVERIFY(config);
    const auto good = config->check();
    QVERIFY(!good);
    QCOMPARE(good.error().code, ErrorCode::Malformed);
    QVERIFY2(good.error().text.startsWith(start), qPrintable(good.error().text));
}

void tst_Config::namesTheVariableThatIsAtFault()
{
    QProcessEnvironment environment;
    environment.insert(u"PARLEY_LISTEN_ADDRESS"_s, u"0.0.0.0"_s);
    const auto config =
        parse("[server]\ndata_folder = \"d\"\n[listen]\naddress = \"127.0.0.1\"\n", environment);
    QVERIFY(config);
    const auto good = config->check();
    QVERIFY(!good);
    QVERIFY2(
        good.error().text.startsWith(u"PARLEY_LISTEN_ADDRESS: "_s), qPrintable(good.error().text));
}

void tst_Config::namesTheKeyWhereNobodySetIt()
{
    const auto good = parse({})->check();
    QVERIFY(!good);
    QVERIFY2(
        good.error().text.startsWith(u"server.data_folder: "_s), qPrintable(good.error().text));
}

void tst_Config::takesEveryWayOfAsking()
{
    Config config;
    config.server.dataFolder = u"/d"_s;
    for (const QString &asking : {u"everywhere"_s, u"direct"_s, u"nowhere"_s}) {
        config.accounts.asking = asking;
        QVERIFY2(config.check(), qPrintable(asking));
    }
    for (const QString &asking : {u""_s, u"Everywhere"_s, u"group"_s}) {
        config.accounts.asking = asking;
        const auto good = config.check();
        QVERIFY2(!good, qPrintable(asking));
        QVERIFY(good.error().text.startsWith(u"accounts.asking: "_s));
    }
}

void tst_Config::allowsPlainOnLoopbackOnly()
{
    Config config;
    config.server.dataFolder = u"/d"_s;
    for (const QString &address : {u"127.0.0.1"_s, u"127.1.2.3"_s, u"::1"_s}) {
        config.listen.address = address;
        QVERIFY2(config.check(), qPrintable(address));
    }
    for (const QString &address : {u"0.0.0.0"_s, u"::"_s, u"192.0.2.1"_s}) {
        config.listen.address = address;
        config.listen.plainAnywhere = false;
        QVERIFY2(!config.check(), qPrintable(address));
        config.listen.plainAnywhere = true;
        QVERIFY2(config.check(), qPrintable(address));
    }
}

void tst_Config::shipsAnExampleOfEveryKey()
{
    const QString path = QFINDTESTDATA("../../../packaging/linux/parleyd.toml");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray example = file.readAll();
    // The example shows the defaults: commented out, they change nothing.
    const auto asShipped = Config::parse(example, path, {});
    QVERIFY2(asShipped, asShipped ? "" : qPrintable(asShipped.error().text));
    example.replace("\n#", "\n");
    QByteArray settings;
    for (const QByteArray &line : example.split('\n')) {
        if (line.startsWith('[') || (line.contains(" = ") && !line.startsWith(' ')))
            settings += line + '\n';
    }
    const auto all = Config::parse(settings, path, {});
    QVERIFY2(all, all ? "" : qPrintable(all.error().text));
    Config config;
    for (const ConfigKey &key : keysOf(config))
        QVERIFY2(settings.contains(QByteArray("\n") + key.key + " = "), qPrintable(key.name()));
}

void tst_Config::survivesAnyBytes()
{
    const QByteArray seed = "[server]\nname = \"x\"\n[listen]\nport = 1\norigins = [\"a\"]\n";
    QRandomGenerator generator(7);
    for (int i = 0; i < 5'000; ++i) {
        QByteArray toml = seed;
        for (int changes = generator.bounded(1, 8); changes > 0; --changes)
            toml[generator.bounded(int(toml.size()))] = char(generator.bounded(256));
        const auto config = parse(toml);
        QVERIFY(config || config.error().text.contains(u"parleyd.toml:"_s));
    }
}

QTEST_GUILESS_MAIN(tst_Config)
#include "tst_config.moc"
