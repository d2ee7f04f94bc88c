// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The server goes and comes back: as it was, as it was yesterday, or without room on its disk.
#include "server/store/sqlite/storefile.h"
#include "tests/support/smalldisk.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QDir>
#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

class RestartTest : public QObject {
    Q_OBJECT

private slots:
    void keepsTheEpochWhenItRestarts();
    void startsOverFromABackup();
    void startsOverFromACopyOfYesterday();
    void acknowledgesNothingOnAFullDisk();

private:
    static void copyFile(const QString &from, const QString &to);
    static QByteArray epochOf(const World &world);
    /// Whether what is restored says that it is a backup.
    enum class Marking { Backup, None };
    static void talkPastABackup(World &world, Marking marking, const std::function<void()> &keep,
        const std::function<void()> &restore);
};

void RestartTest::copyFile(const QString &from, const QString &to)
{
    QFile::remove(to);
    QVERIFY2(QFile::copy(from, to), qPrintable(to));
}

// With the server stopped.
QByteArray RestartTest::epochOf(const World &world)
{
    const auto database =
        Database::open(storefile::path(world.dataFolder()), Database::Mode::ReadOnly);
    PARLEY_ASSERT(database);
    auto statement = (*database)->statement(u"SELECT epoch FROM store"_s);
    PARLEY_ASSERT(statement.step());
    return statement.bytes(0);
}

void RestartTest::keepsTheEpochWhenItRestarts()
{
    World world;
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"restart"_s, {bob.id()});
    ada.say(chat, u"before"_s);
    PARLEY_WAIT(bob.said(chat, u"before"_s));
    world.stopServer();
    const auto epoch = epochOf(world);
    PARLEY_WAIT(!ada.isOnline() && !bob.isOnline());
    ada.say(chat, u"while it was away"_s);
    bob.say(chat, u"me too"_s);
    world.startServer();
    ada.client().retryNow();
    bob.client().retryNow();
    PARLEY_WAIT(ada.texts(chat).size() == 3 && bob.texts(chat).size() == 3);
    PARLEY_WAIT(ada.isOnline() && ada.texts(chat) == bob.texts(chat));
    QCOMPARE(ada.texts(chat).first(), u"before"_s);
    QCOMPARE(world.closeAndCompare(), QString());
    QCOMPARE(epochOf(world), epoch);
}

// One of the two is away from before the backup was made until after it was restored.
void RestartTest::talkPastABackup(World &world, Marking marking, const std::function<void()> &keep,
    const std::function<void()> &restore)
{
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"backup"_s, {bob.id()});
    const auto first = ada.say(chat, u"in the backup"_s);
    PARLEY_WAIT(bob.said(chat, u"in the backup"_s));
    world.stopServer();
    keep();
    world.startServer();
    const auto epoch = epochOf(world);
    for (auto *const person : {&ada, &bob}) {
        person->client().retryNow();
        PARLEY_WAIT(person->isOnline());
    }
    ada.say(chat, u"after it, by ada"_s);
    bob.say(chat, u"after it, by bob"_s);
    ada.edit(chat, first, u"in the backup, edited after it"_s);
    PARLEY_WAIT(ada.texts(chat).size() == 3 && bob.texts(chat).size() == 3);
    PARLEY_WAIT(bob.said(chat, u"in the backup, edited after it"_s));
    PARLEY_WAIT(ada.said(chat, u"in the backup, edited after it"_s)
        && !ada.said(chat, u"in the backup, edited after it"_s)->hasWaitingChange);
    world.stopServer();
    restore();
    world.startServer();
    ada.client().retryNow();
    bob.client().retryNow();
    // What was sent since then is sent again, and is there once.
    for (auto *const person : {&ada, &bob}) {
        PARLEY_WAIT(person->isOnline() && person->texts(chat).size() == 3);
        PARLEY_WAIT(person->said(chat, u"in the backup, edited after it"_s));
        PARLEY_WAIT(person->said(chat, u"after it, by ada"_s));
        PARLEY_WAIT(person->said(chat, u"after it, by bob"_s));
    }
    PARLEY_WAIT(ada.texts(chat) == bob.texts(chat));
    bob.say(chat, u"life goes on"_s);
    PARLEY_WAIT(ada.said(chat, u"life goes on"_s));
    QCOMPARE(world.closeAndCompare(), QString());
    QCOMPARE(epochOf(world) == epoch, marking == Marking::None);
}

void RestartTest::startsOverFromABackup()
{
    World world;
    const auto file = storefile::path(world.dataFolder());
    const auto backup = world.path(u"backup.db"_s);
    talkPastABackup(
        world, Marking::Backup, [&] { QVERIFY(storefile::writeBackup(file, backup)); },
        [&] {
            for (const auto &ending : {u"-wal"_s, u"-shm"_s})
                QFile::remove(file + ending);
            copyFile(backup, file);
        });
}

// A copy by hand does not say that it is one: the devices know more than the store, and that tells.
void RestartTest::startsOverFromACopyOfYesterday()
{
    World world;
    const auto file = storefile::path(world.dataFolder());
    const auto copy = world.path(u"copy.db"_s);
    talkPastABackup(
        world, Marking::None, [&] { copyFile(file, copy); },
        [&] {
            for (const auto &ending : {u"-wal"_s, u"-shm"_s})
                QFile::remove(file + ending);
            copyFile(copy, file);
        });
}

void RestartTest::acknowledgesNothingOnAFullDisk()
{
    SmallDisk disk;
    if (!disk.isMounted())
        QSKIP("only root may mount a small disk in memory");
    World world([&disk](Config &config) { config.server.dataFolder = disk.path(u"server"_s); });
    auto &ada = world.join(u"ada"_s);
    auto &bob = world.join(u"bob"_s);
    const auto chat = ada.startGroup(u"full"_s, {bob.id()});
    ada.say(chat, u"while there is room"_s);
    PARLEY_WAIT(bob.said(chat, u"while there is room"_s));
    disk.fill();
    // Large enough for no free page to take them.
    const QString large(60'000, u'x');
    std::vector<MessageId> waiting;
    for (int number = 0; number < 5; ++number)
        waiting.push_back(ada.say(chat, large + QString::number(number)));
    QTest::qWait(1500);
    for (const auto &id : waiting)
        QCOMPARE(ada.delivery(chat, id), Delivery::Sending);
    QCOMPARE(bob.texts(chat).size(), 1);
    // What is there can still be read.
    PARLEY_WAIT(bob.isOnline());
    disk.makeRoom();
    for (const auto &id : waiting)
        PARLEY_WAIT(ada.delivery(chat, id) >= Delivery::Sent);
    PARLEY_WAIT(bob.texts(chat).size() == 6);
    QVERIFY(ada.refusals().empty());
    QCOMPARE(world.closeAndCompare(), QString());
}

QTEST_GUILESS_MAIN(RestartTest)
#include "tst_restart.moc"
