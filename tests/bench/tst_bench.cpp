// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace parley {

/// Runs the load generator as it is run, for moments, and looks at what it counted. Not how fast
/// anything was.
class BenchTest : public QObject {
    Q_OBJECT
private slots:
    void printsALineThatAddsUp_data();
    void printsALineThatAddsUp();
    void talksByTls();
    void loadsTheRelay_data();
    void loadsTheRelay();
    void failsWhenTheServerGoes();
    void refusesAnUnknownScenario();
};

namespace {

struct Outcome {
    int exitCode = -1;
    QByteArray out;
    QByteArray complaints;
    QJsonObject line;
};

Outcome run(const QStringList &arguments)
{
    QProcess bench;
    bench.start(QStringLiteral(PARLEY_BENCH), arguments);
    Outcome outcome;
    if (!bench.waitForFinished(240'000) || bench.exitStatus() != QProcess::NormalExit)
        return outcome;
    outcome.exitCode = bench.exitCode();
    outcome.out = bench.readAllStandardOutput();
    outcome.complaints = bench.readAllStandardError();
    outcome.line = QJsonDocument::fromJson(outcome.out).object();
    return outcome;
}

/// Says where it listens; nothing when it does not.
QString startRelay(QProcess &relay, const QTemporaryDir &folder)
{
    relay.start(QStringLiteral(PARLEY_BENCH_RELAY), {u"0"_s, folder.filePath(u"log"_s)});
    while (!relay.canReadLine()) {
        if (!relay.waitForReadyRead())
            return {};
    }
    return QString::fromUtf8(relay.readLine()).simplified().section(u' ', -1);
}

bool isRising(const QJsonObject &percentiles)
{
    const auto p50 = percentiles["p50"_L1].toDouble(-1);
    const auto p95 = percentiles["p95"_L1].toDouble(-1);
    const auto p99 = percentiles["p99"_L1].toDouble(-1);
    return p50 >= 0 && p95 >= p50 && p99 >= p95 && percentiles["max"_L1].toDouble(-1) >= p99;
}

} // namespace

void BenchTest::printsALineThatAddsUp_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QStringList>("counts");
    QTest::newRow("saturation") << u"saturation --pairs 3"_s
                                << QStringList{u"messages"_s, u"messagesPerSecond"_s};
    QTest::newRow("rate") << u"rate --pairs 3 --rate 50"_s
                          << QStringList{u"messages"_s, u"messagesPerSecond"_s};
    QTest::newRow("idle") << u"idle --sessions 20"_s << QStringList{u"rssWithSessionsKib"_s};
    QTest::newRow("storm") << u"storm --sessions 10"_s
                           << QStringList{u"signIns"_s, u"signInsPerSecond"_s};
    QTest::newRow("fanout") << u"fanout --members 10 --senders 2"_s
                            << QStringList{u"deliveries"_s, u"deliveriesPerSecond"_s};
    QTest::newRow("fanout in a large group")
        << u"fanout --members 70"_s << QStringList{u"deliveries"_s};
    QTest::newRow("beside") << u"beside --pairs 2 --idle 11"_s
                            << QStringList{u"messages"_s, u"alonePerSecondBefore"_s, u"ratio"_s};
    QTest::newRow("catchup") << u"catchup --chats 3 --messages 900"_s
                             << QStringList{u"messages"_s, u"caughtUpSeconds"_s};
    QTest::newRow("catchup of more than is sent again")
        << u"catchup --chats 2 --messages 2400"_s << QStringList{u"messages"_s};
}

void BenchTest::printsALineThatAddsUp()
{
    QFETCH(const QString, arguments);
    QFETCH(const QStringList, counts);
    const auto outcome = run(
        arguments.split(u' ') + QStringList{u"--seconds"_s, u"0.5"_s, u"--warm-up"_s, u"0.1"_s});
    const QByteArray all = outcome.out + outcome.complaints;
    QVERIFY2(outcome.exitCode == 0, all.constData());
    QCOMPARE(outcome.out.count('\n'), 1);
    QCOMPARE(outcome.line["scenario"_L1].toString(), arguments.section(u' ', 0, 0));
    QCOMPARE(outcome.line["errors"_L1].toInt(-1), 0);
    QVERIFY(outcome.line["rssBeforeKib"_L1].toInt() > 0);
    QVERIFY(outcome.line["rssAfterKib"_L1].toInt() > 0);
    QVERIFY(outcome.line["parameters"_L1].isObject());
    for (const QString &count : counts)
        QVERIFY2(outcome.line[count].toDouble() > 0, all.constData());
    for (const auto &each : outcome.line) {
        if (each.isObject() && each.toObject().contains("p50"_L1))
            QVERIFY2(isRising(each.toObject()), all.constData());
    }
    const auto total = outcome.line["total"_L1].toObject();
    const auto sent = total["sent"_L1].toInteger();
    const auto others = outcome.line["parameters"_L1]["members"_L1].toInteger(2) - 1;
    QCOMPARE(total["acknowledged"_L1].toInteger(), sent);
    QCOMPARE(total["delivered"_L1].toInteger(), sent * others);
    if (total.contains("receipted"_L1))
        QCOMPARE(total["receipted"_L1].toInteger(), sent);
    if (arguments.startsWith("catchup"_L1))
        QCOMPARE(outcome.line["messages"_L1].toInteger(), arguments.section(u' ', -1).toLongLong());
}

void BenchTest::talksByTls()
{
#ifdef PARLEY_BENCH_TLS
    const auto outcome = run({u"saturation"_s, u"--pairs"_s, u"2"_s, u"--seconds"_s, u"0.5"_s,
        u"--warm-up"_s, u"0"_s, u"--tls"_s});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.complaints).constData());
    QVERIFY(outcome.line["tls"_L1].toBool());
    QVERIFY(outcome.line["messages"_L1].toInteger() > 0);
#else
    QSKIP("parley-bench was built without OpenSSL");
#endif
}

void BenchTest::loadsTheRelay_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("saturation") << u"saturation --pairs 3"_s;
    QTest::newRow("rate") << u"rate --pairs 3 --rate 50"_s;
    QTest::newRow("storm") << u"storm --sessions 10"_s;
}

void BenchTest::loadsTheRelay()
{
    QFETCH(const QString, arguments);
    const QTemporaryDir folder;
    QProcess relay;
    const QString url = startRelay(relay, folder);
    QVERIFY(!url.isEmpty());
    const auto outcome = run(arguments.split(u' ')
        + QStringList{u"--seconds"_s, u"0.5"_s, u"--warm-up"_s, u"0.1"_s, u"--server"_s, url,
            u"--pid"_s, QString::number(relay.processId())});
    relay.kill();
    relay.waitForFinished();
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.complaints).constData());
    QCOMPARE(outcome.line["protocol"_L1].toString(), u"relay"_s);
    const auto total = outcome.line["total"_L1].toObject();
    QCOMPARE(total["receipted"_L1].toInteger(), total["sent"_L1].toInteger());
    // Every message, and every receipt; behind them the file is empty.
    QFile log(folder.filePath(u"log"_s));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray written = log.readAll();
    qsizetype size = written.size();
    while (size > 0 && written[size - 1] == '\0')
        --size;
    // The last bytes of a receipt are those of a small number.
    QVERIFY(size + 8 >= 2 * 24 * total["sent"_L1].toInteger());
}

void BenchTest::failsWhenTheServerGoes()
{
    const QTemporaryDir folder;
    QProcess relay;
    const QString url = startRelay(relay, folder);
    QVERIFY(!url.isEmpty());
    QProcess bench;
    bench.start(QStringLiteral(PARLEY_BENCH),
        {u"saturation"_s, u"--pairs"_s, u"2"_s, u"--seconds"_s, u"600"_s, u"--server"_s, url,
            u"--pid"_s, QString::number(relay.processId())});
    QVERIFY(bench.waitForStarted());
    // In the middle of it, most likely; before it began is as good.
    QTest::qWait(500);
    relay.kill();
    QVERIFY(relay.waitForFinished());
    QVERIFY(bench.waitForFinished(240'000));
    QCOMPARE(bench.exitCode(), 1);
    const auto line = QJsonDocument::fromJson(bench.readAllStandardOutput()).object();
    QVERIFY(line["errors"_L1].toInteger() > 0);
    QVERIFY(!line["firstError"_L1].toString().isEmpty());
}

void BenchTest::refusesAnUnknownScenario()
{
    const auto outcome = run({u"everything"_s});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.complaints.contains("saturation"));
}

} // namespace parley

QTEST_GUILESS_MAIN(parley::BenchTest)
#include "tst_bench.moc"
