// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "tests/simulation/crashingvfs.h"
#include "tests/simulation/temporaryplace.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace parley;
using namespace parley::simulation;
using namespace Qt::StringLiterals;

/// What went wrong in other products with their files.
class TestHistoricFiles : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aFileOfANewerProgramIsLeftAlone();
    void aBackupThatIsReportedDoneIsWhole();
    void nothingIsShownAfterSigningOut_data();
    void nothingIsShownAfterSigningOut();
};

void TestHistoricFiles::initTestCase()
{
    if (!CrashingVfs::isInUse())
        QSKIP("Qt's plugin for SQLite brings a library of its own: no disk can crash");
}

// Upgrades, as in RocketChat/Rocket.Chat#15372 and mattermost/mattermost#25553. An upgrade that
// dies half way is swept by parley-sweep (store/older-file, cache/older-file); here the step back.
void TestHistoricFiles::aFileOfANewerProgramIsLeftAlone()
{
    const QTemporaryDir folder;
    CrashingDisk disk(folder.path(), 1);
    SeededRandom random(1);
    {
        const auto store = SqliteStore::create(folder.path(), random);
        QVERIFY(store);
        QVERIFY((*store)->database().execute(u"PRAGMA user_version=99"_s));
        QVERIFY((*store)->database().execute(
            u"UPDATE compatibility SET oldestSchema = 99, oldestProgram = '9.0.0'"_s));
    }
    const QString path = storefile::path(folder.path());
    const QByteArray before = disk.content(path);
    disk.reflect();
    const auto refused = SqliteStore::open(folder.path(), random);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::UpgradeRequired);
    QVERIFY(refused.error().text.contains(u"9.0.0"_s));
    QCOMPARE(disk.content(path), before);
}

// Found by the sweep (store/backup): when the disk failed just before the end, what marks the copy
// as a backup stayed in a log that nobody kept, and a restored store would have kept its epoch.
void TestHistoricFiles::aBackupThatIsReportedDoneIsWhole()
{
    bool wasStruck = true;
    for (qint64 nth = 1; wasStruck; ++nth) {
        const QTemporaryDir folder(temporaryPlace());
        CrashingDisk disk(folder.path(), 1);
        SeededRandom random(1);
        auto store = *SqliteStore::create(folder.path(), random);
        const Epoch before = store->epoch();
        const QString copy = folder.filePath(u"copy"_s);
        disk.failAt(nth, CrashingDisk::Failure::Error, CrashingDisk::Lasting::ForEver);
        const Status done = store->backup(copy);
        wasStruck = disk.failures() > 0;
        disk.heal();
        if (!done) {
            QVERIFY(!done.error().text.isEmpty());
            continue;
        }
        const QByteArray content = disk.content(copy + u".part"_s);
        disk.goDown();
        store.reset();
        disk.restart(CrashingDisk::Crash::Kill);
        for (const QString &file : disk.files())
            disk.remove(file);
        disk.put(storefile::path(folder.path()), content);
        const auto restored = SqliteStore::open(folder.path(), random);
        QVERIFY2(restored, qPrintable(restored ? QString() : restored.error().text));
        QVERIFY((*restored)->epoch() != before);
    }
}

void TestHistoricFiles::nothingIsShownAfterSigningOut_data()
{
    QTest::addColumn<int>("removed");
    for (int removed = 0; removed <= 3; ++removed)
        QTest::addRow("%d files were removed", removed) << removed;
}

// Signing out deletes the cache's files one after the other; whenever it is interrupted, what is
// left shows all or nothing.
void TestHistoricFiles::nothingIsShownAfterSigningOut()
{
    QFETCH(int, removed);
    const QTemporaryDir folder;
    CrashingDisk disk(folder.path(), 1);
    UserId user;
    {
        SeededRandom random(1);
        user = random.id<UserId>();
        auto cache = *SqliteCache::open(folder.path());
        cache->begin();
        cache->saveMeta({user, std::nullopt, 1, 1});
        QVERIFY(cache->commit());
        // A process that died: the log is still there, and holds what the file does not.
        disk.goDown();
    }
    disk.restart(CrashingDisk::Crash::Kill);
    const QString file = SqliteCache::fileIn(folder.path());
    const QStringList inOrder{file, file + u"-shm"_s, file + u"-wal"_s};
    for (int i = 0; i < removed; ++i)
        disk.remove(inOrder[i]);
    const auto again = SqliteCache::open(folder.path());
    QVERIFY2(again, qPrintable(again ? QString() : again.error().text));
    QCOMPARE((*again)->meta().user, removed == 0 ? std::optional(user) : std::nullopt);
}

QTEST_GUILESS_MAIN(TestHistoricFiles)
#include "tst_historicfiles.moc"
