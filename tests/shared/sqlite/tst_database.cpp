// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/database.h"
#include "shared/sqlite/transaction.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace parley;

class TestDatabase : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"test.db"_s); }
    std::unique_ptr<Database> open(Database::Mode mode = Database::Mode::ReadWrite) const
    {
        auto opened = Database::open(path(), mode);
        if (!opened)
            qWarning() << opened.error().text;
        return opened ? std::move(*opened) : nullptr;
    }
    std::unique_ptr<Database> openWithTable() const
    {
        auto database = open();
        if (!database || !database->execute(u"CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)"_s))
            return nullptr;
        return database;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void bindsAndReadsEveryType()
    {
        auto database = openWithTable();
        QVERIFY(database);
        const auto id = ChatId::fromBytes("0123456789abcdef");
        const QString insert = u"INSERT INTO t(a, b, c) VALUES(?, ?, ?)"_s;
        QVERIFY(database->run(insert, qint64(1) << 62, QByteArray("\0\xff", 2), u"ä\U0001f600"_s));
        QVERIFY(database->run(insert, 2, nullptr, *id));
        QVERIFY(database->run(insert, 3, std::optional<qint64>(), std::optional<qint64>(-1)));
        auto read = database->statement(u"SELECT a, b, c FROM t ORDER BY a"_s);
        QVERIFY(*read.step());
        QVERIFY(read.isNull(1));
        QCOMPARE(read.id<ChatId>(2), *id);
        QCOMPARE(read.optionalId<ChatId>(1), std::nullopt);
        QVERIFY(*read.step());
        QCOMPARE(read.optionalInteger(1), std::nullopt);
        QCOMPARE(read.optionalInteger(2), std::optional<qint64>(-1));
        QVERIFY(*read.step());
        QCOMPARE(read.integer(0), qint64(1) << 62);
        QCOMPARE(read.bytes(1), QByteArray("\0\xff", 2));
        QCOMPARE(read.text(2), u"ä\U0001f600"_s);
        QVERIFY(read.id<ChatId>(2).isNull());
        QVERIFY(!*read.step());
    }

    void storesNullStringsAndArraysAsEmpty()
    {
        auto database = openWithTable();
        QVERIFY(database->run(u"INSERT INTO t VALUES(1, ?, ?)"_s, QByteArray(), QString()));
        QCOMPARE(
            database
                ->integer(u"SELECT typeof(b)='blob' AND typeof(c)='text' AND length(b)=0 FROM t"_s)
                ->value_or(0),
            1);
    }

    void servesOneTextSeveralTimesAtOnce()
    {
        auto database = openWithTable();
        for (int i = 1; i <= 3; ++i)
            QVERIFY(database->run(u"INSERT INTO t(a) VALUES(?)"_s, i));
        const QString sql = u"SELECT a FROM t WHERE a >= ? ORDER BY a"_s;
        int pairs = 0;
        auto outer = database->statement(sql).bindAll(1).step();
        auto first = database->statement(sql);
        first.bind(1);
        while (*first.step()) {
            auto second = database->statement(sql);
            second.bind(first.integer(0));
            while (*second.step())
                ++pairs;
        }
        QVERIFY(outer);
        QCOMPARE(pairs, 6);
        QCOMPARE(database->preparedTexts().count(sql), 1);
    }

    void saysHowManyRowsChanged()
    {
        auto database = openWithTable();
        for (int i = 1; i <= 3; ++i)
            QVERIFY(database->run(u"INSERT INTO t(a) VALUES(?)"_s, i));
        auto update = database->statement(u"UPDATE t SET b=1 WHERE a > ?"_s);
        QVERIFY(update.bind(1).run());
        QCOMPARE(update.changedRows(), 2);
        QVERIFY(update.bind(9).run());
        QCOMPARE(update.changedRows(), 0);
    }

    void saysWhichRowItInserted()
    {
        auto database = openWithTable();
        auto insert = database->statement(u"INSERT INTO t(a) VALUES(?)"_s);
        QVERIFY(insert.bind(41).run());
        QCOMPARE(insert.insertedRowId(), 41);
    }

    void isDurableAndCleanByItsPragmas()
    {
        auto database = open();
        QCOMPARE(database->integer(u"PRAGMA synchronous"_s)->value_or(-1), 2);
        QCOMPARE(database->integer(u"PRAGMA foreign_keys"_s)->value_or(-1), 1);
        QCOMPARE(database->integer(u"PRAGMA secure_delete"_s)->value_or(-1), 1);
        auto mode = database->statement(u"PRAGMA journal_mode"_s);
        QVERIFY(*mode.step());
        QCOMPARE(mode.text(0), u"wal"_s);
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions());
    }

    void readerChangesNothing()
    {
        auto writer = openWithTable();
        auto reader = open(Database::Mode::ReadOnly);
        QVERIFY(reader);
        const auto refused = reader->run(u"INSERT INTO t(a) VALUES(1)"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(!reader->execute(u"CREATE TABLE u(a)"_s));
    }

    void readerSeesOneMomentAndDoesNotWait()
    {
        auto writer = openWithTable();
        auto reader = open(Database::Mode::ReadOnly);
        const QString count = u"SELECT count(*) FROM t"_s;
        auto moment = Transaction::begin(*reader, Transaction::Kind::Read);
        QCOMPARE(reader->integer(count)->value_or(-1), 0);
        auto writing = Transaction::begin(*writer);
        QVERIFY(writer->run(u"INSERT INTO t(a) VALUES(1)"_s));
        QCOMPARE(reader->integer(count)->value_or(-1), 0);
        QVERIFY(writing->commit());
        QCOMPARE(reader->integer(count)->value_or(-1), 0);
        QVERIFY(moment->commit());
        QCOMPARE(reader->integer(count)->value_or(-1), 1);
    }

    void rollsBackWithoutCommit()
    {
        auto database = openWithTable();
        {
            auto transaction = Transaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(database->run(u"INSERT INTO t(a) VALUES(1)"_s));
        }
        QCOMPARE(database->integer(u"SELECT count(*) FROM t"_s)->value_or(-1), 0);
        auto again = Transaction::begin(*database);
        QVERIFY(again);
        QVERIFY(database->run(u"INSERT INTO t(a) VALUES(1)"_s));
        QVERIFY(again->commit());
        QCOMPARE(database->integer(u"SELECT count(*) FROM t"_s)->value_or(-1), 1);
    }

    void secondWriterIsBusy()
    {
        auto first = openWithTable();
        DatabaseOptions impatient;
        impatient.busyTimeoutMs = 0;
        auto second = Database::open(path(), Database::Mode::ReadWrite, impatient);
        QVERIFY(second);
        auto held = Transaction::begin(*first);
        QVERIFY(held);
        const auto refused = Transaction::begin(**second);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Busy);
    }

    void brokenConstraintIsAConflict()
    {
        auto database = openWithTable();
        QVERIFY(database->run(u"INSERT INTO t(a) VALUES(?)"_s, 1));
        const auto refused = database->run(u"INSERT INTO t(a) VALUES(?)"_s, 1);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(database->run(u"INSERT INTO t(a) VALUES(?)"_s, 2)); // the statement is usable again
    }

    void mistakeInTheTextIsInternal()
    {
        auto database = openWithTable();
        const auto refused = database->run(u"SELECT nothing FROM nowhere"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Internal);
        auto statement = database->statement(u"SELECT nothing FROM nowhere"_s);
        QVERIFY(!statement.step());
    }

    void fullDiskIsUnavailableAndRecovers()
    {
        auto database = openWithTable();
        QVERIFY(database->execute(u"PRAGMA max_page_count=20"_s));
        const QString insert = u"INSERT INTO t(a, b) VALUES(?, ?)"_s;
        const QByteArray large(30000, 'x');
        {
            auto transaction = Transaction::begin(*database);
            std::optional<Error> error;
            for (int i = 1; i < 20 && !error; ++i) {
                if (const auto done = database->run(insert, i, large); !done)
                    error = done.error();
            }
            QVERIFY(error);
            QCOMPARE(error->code, ErrorCode::Unavailable);
            QCOMPARE(error->errorClass(), ErrorClass::Retry);
            QVERIFY(error->text.contains("disk is full"_L1));
        }
        QCOMPARE(database->integer(u"SELECT count(*) FROM t"_s)->value_or(-1), 0);
        QVERIFY(database->execute(u"PRAGMA max_page_count=1000"_s));
        QVERIFY(database->run(insert, 1, large));
        QVERIFY(database->quickCheck());
    }

    void refusesWhatIsNoDatabase()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'z'));
        file.close();
        const auto opened = Database::open(path(), Database::Mode::ReadWrite);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Damaged);
        QVERIFY(opened.error().text.contains(path()));
    }

    void findsDamageInsideTheFile()
    {
        {
            auto database = openWithTable();
            for (int i = 1; i < 200; ++i)
                QVERIFY(
                    database->run(u"INSERT INTO t(a, b) VALUES(?, ?)"_s, i, QByteArray(500, 'x')));
            QVERIFY(database->quickCheck());
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(3 * 4096));
        file.write(QByteArray(4096, '\x55'));
        file.close();
        auto database = open();
        QVERIFY(database);
        const auto check = database->quickCheck();
        QVERIFY(!check);
        QCOMPARE(check.error().code, ErrorCode::Damaged);
    }

    void cannotOpenIsUnavailable()
    {
        const auto writer =
            Database::open(m_folder->filePath(u"no/such/folder.db"_s), Database::Mode::ReadWrite);
        QVERIFY(!writer);
        QCOMPARE(writer.error().code, ErrorCode::Unavailable);
        const auto reader = Database::open(path(), Database::Mode::ReadOnly);
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, ErrorCode::Unavailable);
        QVERIFY(!QFile::exists(path()));
    }

    void deletedBytesAreGoneFromTheFile()
    {
        auto database = openWithTable();
        const QByteArray canary("canary-3f1b29aa");
        QVERIFY(database->run(u"INSERT INTO t(a, b) VALUES(1, ?)"_s, canary));
        QVERIFY(database->run(u"UPDATE t SET b=NULL WHERE a=1"_s));
        QVERIFY(database->checkpoint());
        for (const QString &suffix : {QString(), u"-wal"_s}) {
            QFile file(path() + suffix);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains(canary));
        }
    }

    void checkpointDoesNotWaitForAReader()
    {
        auto writer = openWithTable();
        auto reader = open(Database::Mode::ReadOnly);
        auto moment = Transaction::begin(*reader, Transaction::Kind::Read);
        QCOMPARE(reader->integer(u"SELECT count(*) FROM t"_s)->value_or(-1), 0);
        QVERIFY(writer->run(u"INSERT INTO t(a) VALUES(1)"_s));
        QCOMPARE(writer->checkpoint().error().code, ErrorCode::Busy);
        QCOMPARE(writer->integer(u"PRAGMA busy_timeout"_s)->value_or(0), 5000);
        QVERIFY(moment->commit());
        QVERIFY(writer->checkpoint());
        QCOMPARE(QFile(path() + u"-wal"_s).size(), 0);
    }

    void copiesWhileItIsInUse()
    {
        auto database = openWithTable();
        QVERIFY(database->run(u"INSERT INTO t(a) VALUES(7)"_s));
        const QString copy = m_folder->filePath(u"copy.db"_s);
        QVERIFY(database->copyTo(copy));
        QVERIFY(!database->copyTo(copy));
        auto opened = Database::open(copy, Database::Mode::ReadWrite);
        QVERIFY(opened);
        QCOMPARE((*opened)->integer(u"SELECT a FROM t"_s)->value_or(-1), 7);
        // A reader copies, and stays one.
        auto reader = open(Database::Mode::ReadOnly);
        QVERIFY(reader);
        const QString second = m_folder->filePath(u"second.db"_s);
        QVERIFY(reader->copyTo(second));
        QVERIFY(!reader->run(u"INSERT INTO t(a) VALUES(8)"_s));
        QCOMPARE(reader->integer(u"PRAGMA query_only"_s)->value_or(0), 1);
        opened = Database::open(second, Database::Mode::ReadOnly);
        QVERIFY(opened);
        QCOMPARE((*opened)->integer(u"SELECT a FROM t"_s)->value_or(-1), 7);
    }

    void connectionsOfSeveralThreadsDoNotMix()
    {
        auto writer = openWithTable();
        QVERIFY(writer->run(u"INSERT INTO t(a) VALUES(7)"_s));
        qint64 seen = 0;
        std::thread other([&] {
            if (auto reader = open(Database::Mode::ReadOnly))
                seen = reader->integer(u"SELECT a FROM t"_s)->value_or(-1);
        });
        other.join();
        QCOMPARE(seen, 7);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
