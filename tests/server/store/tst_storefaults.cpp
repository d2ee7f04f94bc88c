// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "tests/server/store/chatwriter.h"
#include "tests/server/store/engines.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace parley;

class TestStoreFaults : public QObject {
    Q_OBJECT

    const UserId ana = testUser(1);
    SeededRandom m_random{5};

    static bool run(const QString &program, const QStringList &arguments)
    {
        return QProcess::execute(program, arguments) == 0;
    }

    // Appends until one is refused; says how many were applied.
    static int appendUntilRefused(Driver &driver, ChatWriter &chat, Outcome &refusal)
    {
        for (int applied = 0; applied < 1000; ++applied) {
            ChatWriter next = chat;
            next.post(testUser(1), QByteArray(20000, 'x'));
            refusal = driver.append(next.take());
            if (refusal != Outcome::Applied)
                return applied;
            chat = next;
        }
        return 1000;
    }

    static qint64 storedHead(SqliteStore &store)
    {
        const auto reader = store.readers()->open();
        return *(*reader)->head(testChat(1));
    }

    // The files as a power loss would leave them: everything that was synced, nothing closed.
    static void copyAsLeft(const QString &from, const QString &to)
    {
        for (const QString &suffix : {QString(), u"-wal"_s}) {
            const QString source = storefile::path(from) + suffix;
            QVERIFY(QFile::copy(source, storefile::path(to) + suffix));
        }
    }

    void refusesAndRecovers(SqliteStore &store, const std::function<void()> &makeRoom)
    {
        Driver driver(store);
        ChatWriter chat(testChat(1), store.epoch());
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(driver.append(chat.take()), Outcome::Applied);
        Outcome refusal = Outcome::Applied;
        const int applied = appendUntilRefused(driver, chat, refusal);
        QCOMPARE(refusal, Outcome::Unavailable);
        QCOMPARE(storedHead(store), applied + 1); // what was refused is not there, and reads go on
        LoadRequest request;
        request.chat = testChat(1);
        QCOMPARE(driver.load(std::move(request)).head, std::optional<qint64>(applied + 1));
        makeRoom();
        chat.post(ana, QByteArray(20000, 'y'));
        QCOMPARE(driver.append(chat.take()), Outcome::Applied);
        QCOMPARE(storedHead(store), applied + 2);
        QVERIFY(store.database().quickCheck());
    }

private slots:
    void aFullFileAcknowledgesNothingAndRecovers()
    {
        SqliteEngine engine;
        QVERIFY(engine.sqlite().database().execute(u"PRAGMA max_page_count=150"_s));
        refusesAndRecovers(engine.sqlite(),
            [&] { QVERIFY(engine.sqlite().database().execute(u"PRAGMA max_page_count=10000"_s)); });
    }

    void aFullDiskAcknowledgesNothingAndRecovers()
    {
        const QTemporaryDir folder;
        if (!run(u"mount"_s,
                {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=3m"_s, u"tmpfs"_s, folder.path()}))
            QSKIP("This user cannot mount a small file system");
        {
            QFile filler(folder.filePath(u"filler"_s));
            QVERIFY(filler.open(QIODevice::WriteOnly));
            QCOMPARE(filler.write(QByteArray(1024 * 1024, 'f')), 1024 * 1024);
            filler.close();
            const auto store = SqliteStore::create(folder.path(), m_random);
            if (store)
                refusesAndRecovers(**store, [&] { QVERIFY(filler.remove()); });
            else
                QFAIL(qPrintable(store.error().text));
        }
        QVERIFY(run(u"umount"_s, {folder.path()}));
    }

    void aFailingDiskAcknowledgesNothingAndRecovers()
    {
#ifdef SIGXFSZ
        const QString prlimit = QStandardPaths::findExecutable(u"prlimit"_s);
        if (prlimit.isEmpty())
            QSKIP("There is no prlimit");
        std::signal(SIGXFSZ, SIG_IGN); // then writes beyond the limit fail with EFBIG
        const auto limitFiles = [&](const QString &bytes) {
            return run(prlimit,
                {u"--pid"_s, QString::number(QCoreApplication::applicationPid()),
                    u"--fsize="_s + bytes});
        };
        SqliteEngine engine;
        QVERIFY(limitFiles(u"600000:unlimited"_s));
        refusesAndRecovers(engine.sqlite(), [&] { QVERIFY(limitFiles(u"unlimited:unlimited"_s)); });
        QVERIFY(limitFiles(u"unlimited:unlimited"_s));
#else
        QSKIP("There is no limit for the size of files");
#endif
    }

    void whatWasAcknowledgedSurvivesAPowerLoss()
    {
        SqliteEngine engine;
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana});
        chat.post(ana, "acknowledged");
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        const QTemporaryDir after;
        copyAsLeft(engine.folder(), after.path());
        const auto store = SqliteStore::open(after.path(), m_random);
        QVERIFY(store);
        QVERIFY((*store)->wasLeftOpen());
        QCOMPARE((*store)->epoch(), engine.store().epoch());
        QCOMPARE(storedHead(**store), 2);
        engine.reopen();
        QVERIFY(!engine.sqlite().wasLeftOpen());
    }

    void aBatchIsWholeOrNotThereWhereverTheLogIsCut()
    {
        SqliteEngine engine;
        ChatWriter chat(testChat(1), engine.store().epoch());
        chat.create(ChatKind::Group, {ana});
        QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        for (int batch = 0; batch < 6; ++batch) {
            for (int i = 0; i < 4; ++i)
                chat.post(ana, QByteArray(3000, 'x'));
            QCOMPARE(engine.driver().append(chat.take()), Outcome::Applied);
        }
        const QString log = storefile::path(engine.folder()) + u"-wal"_s;
        const qint64 length = QFileInfo(log).size();
        QVERIFY(length > 40 * 4096);
        std::set<qint64> heads;
        for (qint64 kept = length; kept > length / 2; kept -= 1777) {
            const QTemporaryDir after;
            copyAsLeft(engine.folder(), after.path());
            QVERIFY(QFile::resize(storefile::path(after.path()) + u"-wal"_s, kept));
            const auto store = SqliteStore::open(after.path(), m_random);
            QVERIFY(store);
            const qint64 head = storedHead(**store);
            QCOMPARE((head - 1) % 4, 0);
            Driver driver(**store);
            LoadRequest request;
            request.chat = testChat(1);
            request.entries = LoadRequest::Entries{1, 100};
            QCOMPARE(qint64(driver.load(std::move(request)).entries.size()), head);
            heads.insert(head);
        }
        QCOMPARE(*heads.rbegin(), 25);
        QVERIFY(heads.size() > 2);
    }
};

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_storefaults.moc"
