// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/database.h"
#include "shared/sqlite/transaction.h"
#include "tests/simulation/crashingvfs.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace parley;
using namespace parley::simulation;
using namespace Qt::StringLiterals;

namespace {

constexpr int trials = 60;

/// A machine with one database on its disk.
struct Machine {
    explicit Machine(quint64 seed)
        : disk(folder.path(), seed)
    {
    }
    QString path() const { return folder.filePath(u"a.db"_s); }
    bool open()
    {
        auto opened = Database::open(path(), Database::Mode::ReadWrite);
        if (!opened)
            return false;
        database = *std::move(opened);
        return bool(database->run(u"CREATE TABLE IF NOT EXISTS t(a INTEGER, b BLOB)"_s));
    }
    Status add(int number)
    {
        return database->run(u"INSERT INTO t VALUES(?, ?)"_s, number, QByteArray(900, 'x'));
    }
    qint64 count()
    {
        const auto number = database->integer(u"SELECT count(*) FROM t"_s);
        return number ? number->value_or(-1) : -1;
    }
    /// Everything ends without a word, and what survived is opened.
    bool crash(CrashingDisk::Crash how)
    {
        disk.goDown();
        database.reset();
        disk.restart(how);
        return open();
    }

    QTemporaryDir folder;
    CrashingDisk disk;
    std::unique_ptr<Database> database;
};

} // namespace

class TestCrashingVfs : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(CrashingVfs::isInUse()); }
    void keepsWhatIsCommitted();
    void losesWhatWasNotSynced();
    void keepsWhatWasNotSyncedWhenOnlyTheProcessDies();
    void keepsThroughAPowerLossWhatWasFoundAfterAKill();
    void tearsWritesAtSectorBorders();
    void neverLetsArriveLaterWhatWasTorn();
    void survivesACrashAtEveryChange();
    void failsAtTheCallThatIsAskedFor();
    void isFull();
    void readsHalf();
    void letsAReaderSeeWhatTheWriterCommits();
    void keepsNothingOfAnOpenHandleAfterACrash();
    void saysTheSameAgain();
    void standsInForItsFiles();
};

void TestCrashingVfs::keepsWhatIsCommitted()
{
    for (quint64 seed = 1; seed <= trials; ++seed) {
        Machine machine(seed);
        QVERIFY(machine.open());
        QVERIFY(machine.add(1));
        QVERIFY(machine.crash(CrashingDisk::Crash::PowerLoss));
        QCOMPARE(machine.count(), 1);
        QVERIFY(machine.add(2));
        QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
        QCOMPARE(machine.count(), 2);
    }
}

void TestCrashingVfs::losesWhatWasNotSynced()
{
    int lost = 0;
    for (quint64 seed = 1; seed <= trials; ++seed) {
        Machine machine(seed);
        QVERIFY(machine.open());
        machine.disk.lieAboutSyncs(1);
        QVERIFY(machine.add(1));
        QVERIFY(machine.crash(CrashingDisk::Crash::PowerLoss));
        QVERIFY(machine.database->quickCheck());
        lost += machine.count() == 0 ? 1 : 0;
    }
    QVERIFY(lost > trials / 4);
    QVERIFY(lost < trials);
}

void TestCrashingVfs::keepsWhatWasNotSyncedWhenOnlyTheProcessDies()
{
    Machine machine(1);
    QVERIFY(machine.open());
    machine.disk.lieAboutSyncs(1);
    QVERIFY(machine.add(1));
    QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
    QCOMPARE(machine.count(), 1);
}

void TestCrashingVfs::keepsThroughAPowerLossWhatWasFoundAfterAKill()
{
    for (quint64 seed = 1; seed <= trials; ++seed) {
        Machine machine(seed);
        QVERIFY(machine.open());
        // As if the process had died between the write and its sync.
        machine.disk.lieAboutSyncs(1);
        QVERIFY(machine.add(1));
        QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
        QCOMPARE(machine.count(), 1);
        QVERIFY(machine.crash(CrashingDisk::Crash::PowerLoss));
        QCOMPARE(machine.count(), 1);
    }
}

void TestCrashingVfs::tearsWritesAtSectorBorders()
{
    qint64 torn = 0;
    for (quint64 seed = 1; seed <= trials; ++seed) {
        Machine machine(seed);
        QVERIFY(machine.open());
        const qsizetype before = machine.disk.content(machine.path() + u"-wal"_s).size();
        machine.disk.lieAboutSyncs(1);
        QVERIFY(machine.add(1));
        const QByteArray whole = machine.disk.content(machine.path() + u"-wal"_s);
        QVERIFY(whole.size() > before);
        machine.disk.goDown();
        machine.database.reset();
        const qint64 tornBefore = machine.disk.torn();
        machine.disk.restart(CrashingDisk::Crash::PowerLoss);
        const QByteArray left = machine.disk.content(machine.path() + u"-wal"_s);
        for (qsizetype at = 0; at < left.size(); at += 512) {
            const QByteArray sector = left.mid(at, 512);
            const QByteArray written = whole.mid(at, sector.size());
            // The border of the old content lies within a sector: both are there then.
            const bool isOld = sector.count('\0') == sector.size() || at < before;
            QVERIFY(isOld || sector == written || at + 512 > left.size()
                || sector.startsWith(QByteArray(24, '\0')) || written.contains(sector.left(24)));
        }
        torn += machine.disk.torn() - tornBefore;
    }
    QVERIFY(torn > 0);
}

void TestCrashingVfs::neverLetsArriveLaterWhatWasTorn()
{
    bool wasReached = true;
    for (qint64 nth = 1; wasReached; ++nth) {
        for (quint64 seed = 1; seed <= 8; ++seed) {
            Machine machine(seed);
            QVERIFY(machine.open());
            QVERIFY(machine.add(1));
            machine.disk.crashAt(nth);
            (void)machine.add(2);
            wasReached = machine.disk.isDown();
            QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
            const qint64 seen = machine.count();
            QVERIFY(machine.crash(CrashingDisk::Crash::PowerLoss));
            QCOMPARE(machine.count(), seen);
        }
    }
}

void TestCrashingVfs::survivesACrashAtEveryChange()
{
    int whole = 0;
    int nothing = 0;
    for (qint64 nth = 1;; ++nth) {
        Machine machine{quint64(nth)};
        QVERIFY(machine.open());
        QVERIFY(machine.add(1));
        machine.disk.crashAt(nth);
        const bool isDone = bool(machine.add(2)) && bool(machine.database->checkpoint());
        const bool wasReached = machine.disk.isDown();
        QVERIFY(machine.crash(
            nth % 2 == 0 ? CrashingDisk::Crash::PowerLoss : CrashingDisk::Crash::Kill));
        QVERIFY(machine.database->quickCheck());
        const qint64 count = machine.count();
        QVERIFY(count == 1 || count == 2);
        QVERIFY(!isDone || count == 2);
        (count == 2 ? whole : nothing) += 1;
        if (!wasReached)
            break;
    }
    QVERIFY(whole > 2);
    QVERIFY(nothing > 0);
}

void TestCrashingVfs::failsAtTheCallThatIsAskedFor()
{
    Machine machine(1);
    QVERIFY(machine.open());
    machine.disk.failAt(3, CrashingDisk::Failure::Error, CrashingDisk::Lasting::Once);
    const Status failed = machine.add(1);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Unavailable);
    QVERIFY(machine.add(2));
    machine.disk.failAt(1, CrashingDisk::Failure::Error, CrashingDisk::Lasting::ForEver);
    QVERIFY(!machine.add(3));
    QVERIFY(!machine.add(4));
    machine.disk.heal();
    QVERIFY(machine.add(5));
    QCOMPARE(machine.count(), 2);
}

void TestCrashingVfs::isFull()
{
    Machine machine(1);
    QVERIFY(machine.open());
    machine.disk.failAt(1, CrashingDisk::Failure::Full, CrashingDisk::Lasting::ForEver);
    const Status full = machine.add(1);
    QVERIFY(!full);
    QVERIFY(full.error().text.contains(u"full"_s));
    QCOMPARE(machine.count(), 0);
    machine.disk.heal();
    QVERIFY(machine.add(1));
    QCOMPARE(machine.count(), 1);
}

void TestCrashingVfs::readsHalf()
{
    Machine machine(1);
    QVERIFY(machine.open());
    for (int i = 0; i < 50; ++i)
        QVERIFY(machine.add(i));
    QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
    QVERIFY(machine.database->execute(u"PRAGMA cache_size=0"_s));
    machine.disk.failAt(2, CrashingDisk::Failure::ShortRead, CrashingDisk::Lasting::Once);
    QCOMPARE(machine.count(), -1);
    QCOMPARE(machine.count(), 50);
}

void TestCrashingVfs::letsAReaderSeeWhatTheWriterCommits()
{
    Machine machine(1);
    QVERIFY(machine.open());
    QVERIFY(machine.add(1));
    const auto reader = Database::open(machine.path(), Database::Mode::ReadOnly);
    QVERIFY(reader);
    const auto counted = [&] { return *(*reader)->integer(u"SELECT count(*) FROM t"_s); };
    QCOMPARE(counted(), 1);
    {
        auto moment = Transaction::begin(**reader, Transaction::Kind::Read);
        QVERIFY(moment);
        QCOMPARE(counted(), 1);
        QVERIFY(machine.add(2));
        QCOMPARE(counted(), 1);
        QVERIFY(!machine.database->checkpoint()); // the reader still needs the log
    }
    QCOMPARE(counted(), 2);
    QVERIFY(machine.database->checkpoint());
    QCOMPARE(counted(), 2);
}

void TestCrashingVfs::keepsNothingOfAnOpenHandleAfterACrash()
{
    Machine machine(1);
    QVERIFY(machine.open());
    QVERIFY(machine.add(1));
    const auto old = std::move(machine.database);
    machine.disk.restart(CrashingDisk::Crash::Kill);
    QVERIFY(machine.open());
    QVERIFY(!old->run(u"INSERT INTO t VALUES(2, x'00')"_s));
    QCOMPARE(machine.count(), 1);
}

void TestCrashingVfs::saysTheSameAgain()
{
    const auto life = [] {
        CrashingVfs::reseed(7);
        Machine machine(7);
        if (!machine.open())
            return QByteArray();
        for (int i = 0; i < 5; ++i)
            (void)machine.add(i);
        machine.disk.lieAboutSyncs(1);
        (void)machine.add(6);
        machine.disk.goDown();
        machine.database.reset();
        machine.disk.restart(CrashingDisk::Crash::PowerLoss);
        return machine.disk.content(machine.path())
            + machine.disk.content(machine.path() + u"-wal"_s);
    };
    const QByteArray first = life();
    QVERIFY(!first.isEmpty());
    QCOMPARE(life(), first);
}

void TestCrashingVfs::standsInForItsFiles()
{
    Machine machine(1);
    QVERIFY(machine.open());
    QVERIFY(machine.add(1));
    QVERIFY(machine.crash(CrashingDisk::Crash::Kill));
    machine.disk.reflect();
    QCOMPARE(QFileInfo(machine.path()).size(), machine.disk.content(machine.path()).size());
    QVERIFY(machine.database->checkpoint());
    machine.disk.reflect();
    QFile header(machine.path());
    QVERIFY(header.open(QIODevice::ReadOnly));
    QCOMPARE(header.read(100), machine.disk.content(machine.path()).first(100));
    QVERIFY(machine.disk.holds("xxxxxxxx"));
    machine.database.reset();
    machine.disk.rename(machine.path(), machine.folder.filePath(u"b.db"_s));
    QVERIFY(!QFile::exists(machine.path()));
    QVERIFY(QFile::exists(machine.folder.filePath(u"b.db"_s)));
}

QTEST_GUILESS_MAIN(TestCrashingVfs)
#include "tst_crashingvfs.moc"
