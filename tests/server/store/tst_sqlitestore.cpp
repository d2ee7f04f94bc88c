// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "shared/sqlite/queryplan.h"
#include "tests/server/store/chatwriter.h"
#include "tests/server/store/engines.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace parley;

class TestSqliteStore : public QObject {
    Q_OBJECT

    const UserId ana = testUser(1);
    const UserId ben = testUser(2);
    SeededRandom m_random{3};

    static UserAppend newUser(const Epoch &epoch, const UserId &user, char token)
    {
        UserAppend append;
        append.user = user;
        append.epoch = epoch;
        UserAggregate &state = append.create.emplace();
        state.profile.id = user;
        state.profile.picture = "picture";
        StoredDevice device;
        device.row.id = *DeviceId::fromBytes(user.bytes());
        device.tokenHash = QByteArray(32, token);
        state.devices = {device};
        append.state = {{u"mute/x"_s, QByteArray("1"), 1}};
        append.profile = state.profile;
        return append;
    }

    // Every kind of write, so that every statement of the writer has been prepared.
    static void writeEverything(Engine &engine)
    {
        const UserId ana = testUser(1);
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana, testUser(2)});
        const MessageId id = chat.post(ana);
        chat.refuse(ana, ErrorCode::Forbidden);
        chat.derive(ana, 1);
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        chat.edit(id, "e");
        chat.setTitle(ana, u"t"_s);
        chat.move(Kind::Add, ana, testUser(3), MemberState::Member);
        chat.mark(ana, 2, 2);
        ChatAppend append = chat.take();
        QCOMPARE(engine.driver().append(append), Outcome::Applied);
        QCOMPARE(engine.driver().append(DerivedDone{
                     Derived{testChat(1), ana, ChatState{2, 1}}, engine.store().epoch()}),
            Outcome::Applied);
        UserAppend user = newUser(engine.store().epoch(), ana, 'a');
        user.passwordHash = "hash";
        user.disabled = false;
        user.removedDevices = {DeviceId()};
        QCOMPARE(engine.driver().append(user), Outcome::Applied);
        user = UserAppend();
        user.user = ana;
        user.epoch = engine.store().epoch();
        user.expectedRevision = 1;
        user.profile.emplace(); // without a picture
        QCOMPARE(engine.driver().append(user), Outcome::Applied);
        DirectoryAppend directory;
        directory.claimName = {u"ana"_s, ana};
        directory.putInvite = InviteState{QByteArray(32, 'i'), 1, 2, {}, false, false, {}};
        QCOMPARE(engine.driver().append(directory), Outcome::Applied);
    }

    static void loadEverything(Engine &engine)
    {
        LoadRequest request;
        request.chat = testChat(1);
        request.wantState = true;
        request.operations = {testMessage(testChat(1), 1)};
        request.rows = request.operations;
        request.counts = {{testUser(1), 0, 9}};
        request.entries = LoadRequest::Entries{1, 9};
        request.newestRows = 9;
        request.mineOf = testUser(1);
        request.user = testUser(1);
        request.stateKeys = {u"mute/x"_s};
        request.countRemoved = 9;
        request.people = {testUser(1), testUser(2)};
        request.asker = testUser(1);
        request.userName = u"ana"_s;
        request.inviteHash = QByteArray(32, 'i');
        QVERIFY(!engine.driver().load(std::move(request)).error);
        QVERIFY(engine.store().pendingDerived());
    }

    static void readEverything(StoreReader &reader)
    {
        const UserId ana = testUser(1);
        const ChatId chat = testChat(1);
        QVERIFY(reader.heads(ana) && reader.user(ana) && reader.stateAfter(ana, 0, 9));
        QVERIFY(reader.chat(chat) && reader.member(chat, ana) && reader.head(chat));
        QVERIFY(reader.entries(chat, 1, 9) && reader.rows(chat, 1, 9) && reader.lastRow(chat, 1));
        QVERIFY(reader.members(chat, {}, 9) && reader.profiles({ana}));
        QVERIFY(reader.known(ana, {testUser(2)}) && reader.servedWith(ana, {testUser(2)}));
        QVERIFY(reader.userByName(u"ana"_s));
        QVERIFY(reader.tokenOwner(QByteArray(32, 'a')) && reader.invite(QByteArray(32, 'i')));
        QVERIFY(reader.listUsers() && reader.listInvites() && reader.counts());
    }

    static bool folderHolds(const QString &folder, const QByteArray &bytes)
    {
        const QStringList names = QDir(folder).entryList(QDir::Files);
        return std::any_of(names.begin(), names.end(), [&](const QString &name) {
            QFile file(QDir(folder).filePath(name));
            return file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes);
        });
    }

    Error openingFails(const QString &folder)
    {
        const auto opened = SqliteStore::open(folder, m_random);
        return opened ? Error() : opened.error();
    }

    static void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private slots:
    void noStatementReadsAGrowingTable()
    {
        SqliteEngine engine;
        writeEverything(engine);
        loadEverything(engine);
        const auto reader = SqliteReader::open(engine.sqlite().database().path());
        QVERIFY(reader);
        readEverything(**reader);
        // Open derived writes are few, and read once at start.
        const QStringList small{u"store"_s, u"totals"_s, u"derived"_s};
        const auto ofWriter = fullScans(engine.sqlite().database(), small);
        QVERIFY(ofWriter);
        QCOMPARE(*ofWriter, QStringList());
        const auto ofReader = fullScans((*reader)->database(), small);
        QVERIFY(ofReader);
        // Only the admin's lists, which are meant to be whole.
        QCOMPARE(ofReader->size(), 2);
        QVERIFY(ofReader->at(0).startsWith("SCAN users"_L1));
        QVERIFY(ofReader->at(1).startsWith("SCAN invites"_L1));
        QVERIFY(engine.sqlite().database().preparedTexts().size() > 40);
    }

    void isDurableByItsOwnSetting()
    {
        SqliteEngine engine;
        QCOMPARE(engine.sqlite().database().integer(u"PRAGMA synchronous"_s)->value_or(0), 2);
    }

    void refusesAFolderWithoutAStore()
    {
        const QTemporaryDir folder;
        const Error error = openingFails(folder.path());
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(error.text.contains(folder.path()));
    }

    void keepsAStoreThatIsThere()
    {
        SqliteEngine engine;
        const QString folder = engine.folder();
        const Error locked = SqliteStore::create(folder, m_random).error();
        QCOMPARE(locked.code, ErrorCode::Busy);
        const QTemporaryDir other;
        {
            QVERIFY(SqliteStore::create(other.path(), m_random));
        }
        const Error kept = SqliteStore::create(other.path(), m_random).error();
        QCOMPARE(kept.code, ErrorCode::LimitReached);
        QVERIFY(SqliteStore::open(other.path(), m_random));
    }

    void refusesALockedFolder()
    {
        SqliteEngine engine;
        const Error error = openingFails(engine.folder());
        QCOMPARE(error.code, ErrorCode::Busy);
        QVERIFY(error.text.contains(QString::number(QCoreApplication::applicationPid())));
    }

    void makesAgainWhatWasCutBeforeItBegan()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"parley.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QVERIFY(openingFails(folder.path()).text.contains("make a new one"_L1));
        QVERIFY(SqliteStore::create(folder.path(), m_random));
        QVERIFY(SqliteStore::open(folder.path(), m_random));
        QVERIFY(!SqliteStore::create(folder.path(), m_random));
    }

    void refusesAStoreBesideAnotherFilesJournal()
    {
        const QTemporaryDir folder;
        QVERIFY(SqliteStore::create(folder.path(), m_random));
        QFile journal(folder.filePath(u"parley.db-journal"_s));
        QVERIFY(journal.open(QIODevice::WriteOnly));
        journal.write("left behind");
        journal.close();
        const Error error = openingFails(folder.path());
        QCOMPARE(error.code, ErrorCode::Damaged);
        QVERIFY(error.text.contains("-journal"_L1));
        QVERIFY(journal.remove());
        QVERIFY(SqliteStore::open(folder.path(), m_random));
    }

    void refusesANewerStore()
    {
        const QTemporaryDir folder;
        {
            const auto store = SqliteStore::create(folder.path(), m_random);
            Database &database = (*store)->database();
            QVERIFY(database.execute(u"PRAGMA user_version=99"_s));
            QVERIFY(database.execute(
                u"UPDATE compatibility SET oldestSchema=99, oldestProgram='7.0.0'"_s));
        }
        const Error error = openingFails(folder.path());
        QCOMPARE(error.code, ErrorCode::UpgradeRequired);
        QVERIFY(error.text.contains("7.0.0"_L1));
    }

    void refusesADamagedStore_data()
    {
        QTest::addColumn<qint64>("length"); // -1: as it is
        QTest::addColumn<qint64>("damageAt");
        QTest::newRow("empty") << qint64(0) << qint64(-1);
        QTest::newRow("cut within the header") << qint64(50) << qint64(-1);
        QTest::newRow("cut after a page") << qint64(4096) << qint64(-1);
        QTest::newRow("cut by one byte") << qint64(-2) << qint64(-1);
        QTest::newRow("random bytes in front") << qint64(-1) << qint64(0);
        QTest::newRow("random bytes inside") << qint64(-1) << qint64(3 * 4096);
    }

    void refusesADamagedStore()
    {
        QFETCH(qint64, length);
        QFETCH(qint64, damageAt);
        const QTemporaryDir folder;
        {
            const auto store = SqliteStore::create(folder.path(), m_random);
            QVERIFY(store);
        }
        const QString path = storefile::path(folder.path());
        const qint64 whole = QFile(path).size();
        if (length != -1)
            QVERIFY(QFile::resize(path, length == -2 ? whole - 1 : length));
        if (damageAt >= 0)
            overwrite(path, damageAt, QByteArray(4096, '\x5a'));
        const Error error = openingFails(folder.path());
        QCOMPARE(error.code, ErrorCode::Damaged);
        QVERIFY(error.text.contains(path));
        QVERIFY(error.text.contains("backup"_L1));
    }

    void aDeletedPayloadIsNowhereInTheFolder()
    {
        const QByteArray first("canary-c0ffee-first");
        const QByteArray second("canary-c0ffee-second");
        SqliteEngine engine;
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana, ben});
        const MessageId id = chat.post(ana, first);
        for (int i = 0; i < 50; ++i)
            chat.post(ben, QByteArray(200, 'f'));
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        QVERIFY(folderHolds(engine.folder(), first));
        chat.edit(id, second);
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        engine.sqlite().dropDeleted();
        QVERIFY(!folderHolds(engine.folder(), first));
        chat.remove(id);
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        engine.sqlite().dropDeleted();
        QVERIFY(!folderHolds(engine.folder(), second));
    }

    void dropsWhatWasDeletedWhenItCloses()
    {
        const QByteArray canary("canary-c0ffee");
        SqliteEngine engine;
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana});
        const MessageId id = chat.post(ana, canary);
        chat.remove(id);
        chat.post(ana, canary);
        ChatAppend append = chat.take();
        QCOMPARE(engine.driver().append(append), Outcome::Applied);
        chat.remove(append.entries.back().id);
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        engine.reopen();
        QVERIFY(!folderHolds(engine.folder(), canary));
    }

    void oneImpossibleAppendDoesNotTakeTheOthersWithIt()
    {
        SqliteEngine engine;
        const Epoch epoch = engine.store().epoch();
        ChatWriter chat(testChat(1), epoch);
        chat.create(ChatKind::Group, {ana});
        UserAppend twice = newUser(epoch, ben, 'a');
        const std::vector<Append> batch{newUser(epoch, ana, 'a'), twice, chat.take()};
        QCOMPARE(engine.driver().appendAll(batch),
            (std::vector{Outcome::Applied, Outcome::Unavailable, Outcome::Applied}));
        const auto reader = engine.reader();
        QCOMPARE(reader->counts()->users, 1);
        QCOMPARE(reader->counts()->entries, 1);
        QCOMPARE(reader->user(ben).error().code, ErrorCode::NotFound);
    }

    void readersOnOtherThreadsSeeWholeAppends()
    {
        SqliteEngine engine;
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana, ben});
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        std::atomic_bool done = false;
        std::atomic_int broken = 0;
        std::atomic_int reads = 0;
        const auto readers = engine.sqlite().readers();
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&] {
                const auto reader = readers->open();
                do {
                    const auto state = (*reader)->chat(testChat(1));
                    const auto entries = (*reader)->entries(testChat(1), 1, 100000);
                    const bool whole = state && entries && state->head == state->messages + 1
                        && (state->head - 1) % 3 == 0 && (entries->size() - 1) % 3 == 0
                        && entries->back().row.has_value() == (entries->size() > 1);
                    broken += whole ? 0 : 1;
                    ++reads;
                } while (!done);
            });
        }
        int failed = 0;
        for (int batch = 0; batch < 100 || reads < 20; ++batch) {
            for (int i = 0; i < 3; ++i)
                chat.post(ana);
            failed += engine.driver().append(chat.take()) == Outcome::Applied ? 0 : 1;
        }
        done = true;
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failed, 0);
        QCOMPARE(broken, 0);
    }

    void aBackupIsWholeAndSaysSo()
    {
        SqliteEngine engine;
        writeEverything(engine);
        const QString path = QDir(engine.folder()).filePath(u"yesterday.db"_s);
        QVERIFY(engine.sqlite().backup(path));
        QCOMPARE(engine.sqlite().backup(path).error().code, ErrorCode::Conflict);
        QVERIFY(!QFile::exists(path + u".part"_s));
        const auto copy = SqliteReader::open(path);
        QVERIFY(copy);
        QVERIFY((*copy)->check());
        QCOMPARE(*(*copy)->chat(testChat(1)), *engine.reader()->chat(testChat(1)));
        QCOMPARE((*copy)->database().integer(u"SELECT isBackup FROM store"_s)->value_or(0), 1);
    }
};

QTEST_GUILESS_MAIN(TestSqliteStore)
#include "tst_sqlitestore.moc"
