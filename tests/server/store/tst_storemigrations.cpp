// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitestore.h"
#include "server/store/sqlite/storefile.h"
#include "shared/sqlite/sqlscript.h"
#include "tests/server/store/chatwriter.h"
#include "tests/server/store/driver.h"
#include "tests/server/store/seededrandom.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

/// What the golden stores hold. Never changed: files in tests/migrations were made from it.
struct Sample {
    explicit Sample(const Epoch &epoch)
        : chat(testChat(1), epoch)
    {
        chat.create(ChatKind::Group, {testUser(1), testUser(2)}, u"Garden"_s);
        const MessageId first = chat.post(testUser(1), "first");
        chat.react(chat.post(testUser(2), "second"), testUser(1), u"\U0001f331"_s);
        chat.edit(first, "first, edited");
        chat.remove(chat.post(testUser(1), "third"));
        chat.refuse(testUser(3), ErrorCode::Forbidden);
        chat.derive(testUser(2), 1);
        chat.mark(testUser(2), 6, 2);
        ChatAppend append = chat.take();
        derived = append.derived.front();
        appends.emplace_back(std::move(append));

        UserAppend made;
        made.user = testUser(1);
        made.epoch = epoch;
        user.profile.id = testUser(1);
        user.profile.userName = u"ana"_s;
        user.profile.displayName = u"Ana"_s;
        user.profile.picture = "picture";
        user.passwordHash = "$argon2id$";
        user.admin = true;
        user.created = 5;
        user.devices = {{{*DeviceId::fromBytes(testUser(9).bytes()), u"Phone"_s, 6, 7, false},
            QByteArray(32, 't')}};
        made.create = user;
        made.state = {{u"mute/x"_s, QByteArray("1"), 1}, {u"draft/x"_s, std::nullopt, 2}};
        made.stateKeys = 1;
        user.revision = 2;
        user.stateKeys = 1;
        appends.emplace_back(made);

        invite = {QByteArray(32, 'i'), 8, 9, testUser(1), false, true, u"first"_s};
        DirectoryAppend directory;
        directory.claimName = {u"ana"_s, testUser(1)};
        directory.putInvite = invite;
        appends.emplace_back(directory);
    }

    ChatWriter chat;
    UserAggregate user;
    InviteState invite;
    Derived derived;
    std::vector<Append> appends;
};

enum class Part { Schema, Everything };

/// SQL that makes the same database.
QStringList dump(Database &database, Part part = Part::Schema)
{
    QStringList lines;
    QStringList tables;
    auto schema = database.statement(u"SELECT type, name, sql FROM sqlite_schema "
                                     "WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"_s);
    while (*schema.step()) {
        lines += schema.text(2) + u';';
        if (schema.text(0) == "table"_L1)
            tables += schema.text(1);
    }
    if (part == Part::Schema)
        return lines;
    for (const QString &table : std::as_const(tables)) {
        QStringList columns;
        auto column = database.statement(u"SELECT name FROM pragma_table_info(?)"_s);
        column.bind(table);
        while (*column.step())
            columns += u"quote(%1)"_s.arg(column.text(0));
        auto row =
            database.statement(u"SELECT %1 FROM %2"_s.arg(columns.join(u" || ', ' || "_s), table));
        while (*row.step())
            lines += u"INSERT INTO %1 VALUES(%2);"_s.arg(table, row.text(0));
    }
    for (const QString &pragma : {u"application_id"_s, u"user_version"_s})
        lines += u"PRAGMA %1=%2;"_s.arg(pragma).arg(
            database.integer(u"PRAGMA "_s + pragma)->value_or(0));
    return lines;
}

Status makeGolden(const QString &path)
{
    SeededRandom random(1);
    const QTemporaryDir folder;
    const auto store = SqliteStore::create(folder.path(), random);
    if (!store)
        return store.error();
    Driver driver(**store);
    for (const Append &append : Sample((*store)->epoch()).appends)
        PARLEY_ASSERT(driver.append(append) == Outcome::Applied);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return Error(ErrorCode::Unavailable, file.errorString());
    file.write("-- SPDX-FileCopyrightText: 2026 The Parley authors\n"
               "-- SPDX-License-Identifier: MPL-2.0\n"
               "-- A store as its schema's first program left it. Never edited.\n");
    for (const QString &line : dump((*store)->database(), Part::Everything))
        file.write(line.toUtf8() + '\n');
    return Done{};
}

} // namespace

class TestStoreMigrations : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    SeededRandom m_random{2};

    static QString goldenFolder() { return QStringLiteral(PARLEY_GOLDEN_FOLDER); }
    QString path() const { return storefile::path(m_folder->path()); }

    // A database file from the golden SQL.
    bool build(const QString &golden)
    {
        QFile file(QDir(goldenFolder()).filePath(golden));
        const auto database = Database::open(path(), Database::Mode::ReadWrite);
        if (!file.open(QIODevice::ReadOnly) || !database)
            return false;
        const QStringList statements = splitScript(QString::fromUtf8(file.readAll()));
        return !statements.isEmpty()
            && std::all_of(statements.begin(), statements.end(),
                [&](const QString &one) { return bool((*database)->execute(one)); });
    }

    static void goldenFiles()
    {
        QTest::addColumn<QString>("file");
        const QStringList files =
            QDir(goldenFolder()).entryList({u"store_*.sql"_s}, QDir::Files, QDir::Name);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everySchemaHasItsGoldenFile()
    {
        for (int number = 1; number <= storefile::migrations().newest(); ++number)
            QVERIFY(QFile::exists(
                QDir(goldenFolder())
                    .filePath(u"store_%1.sql"_s.arg(number, 4, 10, QLatin1Char('0')))));
    }

    void migrationsStillMakeTheirGoldenSchema_data() { goldenFiles(); }
    void migrationsStillMakeTheirGoldenSchema()
    {
        QFETCH(QString, file);
        QVERIFY(build(file));
        const auto golden = Database::open(path(), Database::Mode::ReadWrite);
        const auto fresh = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
        QVERIFY(storefile::migrations().applyUpTo(**fresh, file.mid(6, 4).toInt()));
        QCOMPARE(dump(**golden), dump(**fresh));
    }

    void anOldStoreBecomesLikeANewOne_data() { goldenFiles(); }
    void anOldStoreBecomesLikeANewOne()
    {
        QFETCH(QString, file);
        QVERIFY(build(file));
        const auto store = SqliteStore::open(m_folder->path(), m_random);
        QVERIFY(store);
        const auto fresh = Database::open(u":memory:"_s, Database::Mode::ReadWrite);
        QVERIFY(storefile::migrations().apply(**fresh));
        QCOMPARE(dump((*store)->database()), dump(**fresh));
        QCOMPARE((*store)->database().integer(u"PRAGMA user_version"_s)->value_or(0),
            storefile::migrations().newest());
        QVERIFY((*store)->database().quickCheck());
    }

    void anOldStoreKeepsWhatItHolds_data() { goldenFiles(); }
    void anOldStoreKeepsWhatItHolds()
    {
        QFETCH(QString, file);
        QVERIFY(build(file));
        const auto store = SqliteStore::open(m_folder->path(), m_random);
        const Sample sample((*store)->epoch());
        SeededRandom asMade(1);
        QCOMPARE((*store)->epoch(), asMade.id<Epoch>());
        const auto readers = (*store)->readers();
        const auto opened = readers->open();
        StoreReader &reader = **opened;
        QCOMPARE(*reader.chat(testChat(1)), sample.chat.state());
        QCOMPARE(*reader.entries(testChat(1), 1, 100), sample.chat.entries());
        QCOMPARE(*reader.user(testUser(1)), sample.user);
        QCOMPARE(reader.stateAfter(testUser(1), 0, 9)->size(), 2);
        QCOMPARE(*reader.userByName(u"ana"_s), std::optional(testUser(1)));
        QCOMPARE(*reader.listInvites(), std::vector{sample.invite});
        QCOMPARE(*(*store)->pendingDerived(), std::vector{sample.derived});
        QCOMPARE(reader.counts()->entries, sample.chat.state().head);
        Driver driver(**store);
        LoadRequest request;
        request.chat = testChat(1);
        for (const auto &[id, known] : sample.chat.operations())
            request.operations.push_back(id);
        QCOMPARE(
            driver.load(std::move(request)).operations.size(), sample.chat.operations().size());
    }
};

/// With `--make-golden FILE` writes a golden file of the newest schema instead of testing.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--make-golden") {
        const auto made = makeGolden(QString::fromLocal8Bit(argv[2]));
        if (!made)
            qCritical("%s", qPrintable(made.error().text));
        return made ? 0 : 1;
    }
    TestStoreMigrations test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storemigrations.moc"
