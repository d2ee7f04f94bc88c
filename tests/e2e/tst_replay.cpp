// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The programs as people run them: a real day through real clients and the real server, connections
// cut throughout, and the comparison that must notice one row too few or too many.
#include "tests/support/world.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTest>

#include <sqlite3.h>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

constexpr int replayMs = 240'000;

void run(const QString &file, const QString &sql)
{
    sqlite3 *database = nullptr;
    char *error = nullptr;
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &database), SQLITE_OK);
    const int outcome = sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, &error);
    QVERIFY2(outcome == SQLITE_OK, error ? error : "");
    QCOMPARE(sqlite3_changes(database), 1);
    sqlite3_close(database);
}

} // namespace

class ReplayTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void replaysARealDay();
    void keepsProfilesThatCanBeOpened();
    void noticesOneRowTooFewOrTooMany_data();
    void noticesOneRowTooFewOrTooMany();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_printed;

    QString path(const QString &name) const { return m_folder->filePath(name); }
    int compare(const QString &server, const QString &people, QByteArray *printed = nullptr) const;
};

void ReplayTest::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>(testFolder(u"replay"_s));
    QProcess replay;
    replay.start(QStringLiteral(PARLEY_REPLAY),
        {u"--day"_s, QStringLiteral(PARLEY_DEMO_DAY), u"--in-process"_s, path(u"server"_s),
            u"--profiles"_s, path(u"people"_s), u"--cuts"_s, u"40"_s});
    QVERIFY(replay.waitForFinished(replayMs));
    m_printed = replay.readAllStandardOutput();
    QVERIFY2(replay.exitStatus() == QProcess::NormalExit && replay.exitCode() == 0,
        (m_printed + replay.readAllStandardError().right(4000)).constData());
}

int ReplayTest::compare(const QString &server, const QString &people, QByteArray *printed) const
{
    QProcess comparing;
    comparing.setProcessChannelMode(QProcess::MergedChannels);
    comparing.start(QStringLiteral(PARLEY_COMPARE),
        {u"--server"_s, server, u"--journal"_s, path(u"people/journal"_s), people});
    if (!comparing.waitForFinished(replayMs) || comparing.exitStatus() != QProcess::NormalExit)
        return -1;
    const auto output = comparing.readAll();
    if (printed)
        *printed = output;
    return comparing.exitCode();
}

void ReplayTest::replaysARealDay()
{
    QVERIFY2(m_printed.contains("1350 lines: 1308 messages, 3 actions, 39 nick changes, "
                                "7 with byte-order marks, 4 with control characters"),
        m_printed.constData());
    QVERIFY2(m_printed.contains("said 1311 lines"), m_printed.constData());
    QVERIFY2(m_printed.contains("40 connections cut"), m_printed.constData());
    QByteArray printed;
    QVERIFY2(compare(path(u"server"_s), path(u"people"_s), &printed) == 0, printed.constData());
    QVERIFY2(
        printed.contains("162 devices") && printed.contains(": 0 faults"), printed.constData());
}

void ReplayTest::keepsProfilesThatCanBeOpened()
{
    QFile pair(path(u"people/pair"_s));
    QVERIFY(pair.open(QIODevice::ReadOnly));
    const auto names = pair.readAll().split('\n');
    QCOMPARE(names.size(), 3);
    const auto config = openHouse(path(u"server"_s));
    const auto server = Server::start(config);
    QVERIFY(server);
    for (const auto &name : names.mid(0, 2)) {
        QFile account(path(u"people/profiles/"_s + QString::fromUtf8(name) + u"/account.json"_s));
        QVERIFY2(account.open(QIODevice::ReadOnly), qPrintable(account.fileName()));
        QVERIFY(account.readAll().contains("ws://127.0.0.1:"));
    }
}

void ReplayTest::noticesOneRowTooFewOrTooMany_data()
{
    QTest::addColumn<bool>("isOnServer");
    QTest::addColumn<QString>("sql");
    QTest::newRow("server, deleted")
        << true
        << u"DELETE FROM rows WHERE seq = 700 AND kind = 2 AND sender IN (SELECT user FROM "
           "users)"_s;
    QTest::newRow("server, doubled")
        << true
        << u"INSERT INTO rows SELECT chat, seq + 10000, id, kind, revision, sender, time, "
           u"editedAt, "
           "deleted, replyTo, threadRoot, expires, contentType, payload, user, text, role, "
           "reactions FROM rows WHERE seq = 700"_s;
    QTest::newRow("server, entry deleted") << true << u"DELETE FROM entries WHERE seq = 700"_s;
    QTest::newRow("device, deleted") << false << u"DELETE FROM row WHERE seq = 700"_s;
    QTest::newRow("device, doubled")
        << false
        << u"INSERT INTO row SELECT chat, x'00112233445566778899aabbccddeeff', seq, "
           "revision, kind, sender, body FROM row WHERE seq = 700"_s;
}

void ReplayTest::noticesOneRowTooFewOrTooMany()
{
    QFETCH(bool, isOnServer);
    QFETCH(QString, sql);
    const QDir copies(path(u"copies"_s));
    QVERIFY(copies.mkpath(u"."_s));
    const auto copied = [&copies](const QString &from, const QString &name) {
        const auto to = copies.filePath(name);
        QFile::remove(to);
        return QFile::copy(from, to) ? to : QString();
    };
    QDirIterator people(
        path(u"people"_s), {u"cache.sqlite"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(people.hasNext());
    const auto server = copied(path(u"server/parley.db"_s), u"parley.db"_s);
    const auto device = copied(people.next(), u"cache.sqlite"_s);
    QCOMPARE(compare(server, device), 0);
    run(isOnServer ? server : device, sql);
    QCOMPARE(compare(server, device), 1);
}

QTEST_GUILESS_MAIN(ReplayTest)
#include "tst_replay.moc"
