// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/profile.h"
#include "client/cache/sqlitecache.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

/// Runs the client's measurements as they are run, on a small cache, and looks at what is there
/// then. Not how fast anything was.
class ClientBenchTest : public QObject {
    Q_OBJECT
private slots:
    void makesACacheThatTheProgramShows();
    void refusesAFolderThatIsThere();

private:
    static constexpr int messages = 1'500;
    static constexpr int chats = 7;

    struct Outcome {
        int exitCode = -1;
        std::vector<QJsonObject> lines;
        QByteArray complaints;
    };
    static Outcome run(const QStringList &arguments);
};

ClientBenchTest::Outcome ClientBenchTest::run(const QStringList &arguments)
{
    QProcess bench;
    bench.start(QStringLiteral(PARLEY_CLIENT_BENCH), arguments);
    Outcome outcome;
    if (!bench.waitForFinished(240'000) || bench.exitStatus() != QProcess::NormalExit)
        return outcome;
    outcome.exitCode = bench.exitCode();
    for (const QByteArray &line : bench.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            outcome.lines.push_back(QJsonDocument::fromJson(line).object());
    }
    outcome.complaints = bench.readAllStandardError();
    return outcome;
}

void ClientBenchTest::makesACacheThatTheProgramShows()
{
    const QTemporaryDir folder;
    const auto outcome = run({u"--messages"_s, QString::number(messages), u"--chats"_s,
        QString::number(chats), u"--keep"_s, folder.path()});
    QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
    QStringList names;
    for (const QJsonObject &line : outcome.lines) {
        names += line["scenario"_L1].toString();
        QCOMPARE(line["messages"_L1].toInt(), messages);
        QCOMPARE(line["chats"_L1].toInt(), chats);
    }
    QCOMPARE(names, QStringList({u"fill"_s, u"index"_s, u"start"_s, u"open"_s, u"search"_s}));
    // The program has shown the chat, or there were no figure.
    QVERIFY(outcome.lines[2]["ms"_L1]["p50"_L1].toDouble() > 0);

    const auto profile = Profile::at(folder.path(), u"bench"_s);
    QVERIFY(profile);
    const auto cache = SqliteCache::open(profile->folder());
    QVERIFY2(cache, qPrintable(cache ? QString() : cache.error().text));
    const auto kept = (*cache)->chats();
    QCOMPARE(int(kept.size()), chats);
    qint64 sum = 0;
    for (const CachedChat &chat : kept) {
        sum += chat.head;
        const auto rows =
            (*cache)->rows(chat.id, {1, chat.head}, Cache::Order::OldestFirst, messages);
        QCOMPARE(qint64(rows.size()), chat.head);
        QVERIFY((*cache)->intervals(chat.id).covers(1, chat.head));
    }
    QCOMPARE(sum, qint64(messages));
}

void ClientBenchTest::refusesAFolderThatIsThere()
{
    const QTemporaryDir folder;
    const QStringList arguments{u"--messages"_s, u"20"_s, u"--keep"_s, folder.path(), u"open"_s};
    QCOMPARE(run(arguments).exitCode, 0);
    const auto outcome = run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.complaints.contains("is there already"), outcome.complaints.constData());
}

QTEST_GUILESS_MAIN(ClientBenchTest)
#include "tst_clientbench.moc"
