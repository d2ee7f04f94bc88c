// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// What must turn the comparison red, each on files that were equal before.
#include "tests/e2e/compare/comparison.h"
#include "tests/e2e/compare/journal.h"

#include <QCborArray>
#include <QCborMap>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace parley;
using namespace parley::compare;
using namespace Qt::StringLiterals;

namespace {

const QByteArray chat(16, 'c');
const QByteArray ada(16, 'a');
const QByteArray bob(16, 'b');
const QByteArray epoch(16, 'e');
constexpr int messages = 5;

QByteArray messageId(int seq)
{
    return QByteArray(15, 'm') + static_cast<char>('0' + seq);
}

QString literal(const QByteArray &bytes)
{
    return u"x'%1'"_s.arg(QString::fromLatin1(bytes.toHex()));
}

/// A file that is written as the products' own programs write it, but by hand.
class HandMade {
public:
    explicit HandMade(const QString &path)
    {
        sqlite3_open(path.toUtf8().constData(), &m_file);
        run(u"PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY"_s);
    }
    ~HandMade() { sqlite3_close(m_file); }
    HandMade(const HandMade &) = delete;
    HandMade &operator=(const HandMade &) = delete;

    void run(const QString &sql)
    {
        char *error = nullptr;
        if (sqlite3_exec(m_file, sql.toUtf8().constData(), nullptr, nullptr, &error) != SQLITE_OK)
            qFatal("%s: %s", qPrintable(sql), error);
    }
    void runAll(const QString &folder)
    {
        QDir scripts(QStringLiteral(PARLEY_SOURCE_DIR) + u'/' + folder);
        for (const auto &name : scripts.entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
            QFile script(scripts.filePath(name));
            QVERIFY(script.open(QIODevice::ReadOnly));
            run(QString::fromUtf8(script.readAll()));
        }
    }

private:
    sqlite3 *m_file = nullptr;
};

QByteArray payloadOf(int seq)
{
    return "text " + QByteArray::number(seq);
}

QByteArray bodyOf(int seq)
{
    QCborMap row{{u"id"_s, messageId(seq)}, {u"kind"_s, 2}, {u"seq"_s, seq}, {u"rev"_s, seq},
        {u"sender"_s, ada}, {u"time"_s, 1000 + seq}, {u"type"_s, 1},
        {u"payload"_s, payloadOf(seq)}};
    if (seq == 3)
        row.insert(u"reactions"_s,
            QCborArray{QCborMap{{u"text"_s, u"👍"_s}, {u"users"_s, QCborArray{QCborValue(bob)}}}});
    if (seq == 3)
        row.insert(u"rev"_s, messages + 1);
    return QCborValue(row).toCbor();
}

QString reactionsOf(int seq)
{
    if (seq != 3)
        return u"NULL"_s;
    const QCborMap reaction{{u"text"_s, u"👍"_s}, {u"users"_s, QCborArray{QCborValue(bob)}}};
    return literal(QCborValue(QCborMap{{u"all"_s, QCborArray{reaction}}}).toCbor());
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT

private slots:
    void init();

    void findsEqualFilesEqual();
    void turnsRed_data();
    void turnsRed();
    void readsJournals();
    void findsWhatAJournalMisses();
    void refusesAJournalThatIsNone();
    void refusesAFileThatIsNone();
    void allowsADeviceUnderWayToBeBehind();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString serverPath() const { return m_folder->filePath(u"server/parley.db"_s); }
    QString devicePath() const { return m_folder->filePath(u"people/bob/cache.sqlite"_s); }
    QString journalPath() const { return m_folder->filePath(u"journal"_s); }
    void makeServer() const;
    void makeDevice() const;
    void makeJournal() const;
    Files files() const;
    QStringList faults() const;
};

void CompareTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"server"_s));
    QVERIFY(QDir(m_folder->path()).mkpath(u"people/bob"_s));
    makeServer();
    makeDevice();
    makeJournal();
}

void CompareTest::makeServer() const
{
    HandMade file(serverPath());
    file.runAll(u"server/store/sqlite/migrations"_s);
    file.run(u"INSERT INTO store VALUES(1, %1, 0)"_s.arg(literal(epoch)));
    file.run(u"INSERT INTO chats VALUES(%1, 2, 'title', 1, 1, 2, NULL, NULL, %2, 1, %3)"_s
                 .arg(literal(chat))
                 .arg(messages + 1)
                 .arg(messages));
    for (const auto &user : {ada, bob}) {
        file.run(u"INSERT INTO members VALUES(%1, %2, 1, 1, 1, 1, 0, 0, 4, 2, 0, 0)"_s.arg(
            literal(chat), literal(user)));
        file.run(u"INSERT INTO users VALUES(%1, 'n', 'n', '', NULL, 0, x'', 0, 0, 1, 1, 1)"_s.arg(
            literal(user)));
        file.run(u"INSERT INTO state VALUES(%1, 'chat/x', x'01', 1)"_s.arg(literal(user)));
    }
    for (int seq = 1; seq <= messages; ++seq) {
        const auto id = literal(messageId(seq));
        file.run(
            u"INSERT INTO entries VALUES(%1, %2, 2, %3, %4, %5, NULL, NULL)"_s.arg(literal(chat))
                .arg(seq)
                .arg(id, literal(ada))
                .arg(1000 + seq));
        file.run(u"INSERT INTO rows VALUES(%1, %2, %3, 2, %4, %5, %6, NULL, 0, NULL, NULL, NULL, "
                 "1, %7, NULL, NULL, NULL, %8)"_s.arg(literal(chat))
                     .arg(seq)
                     .arg(id)
                     .arg(seq == 3 ? messages + 1 : seq)
                     .arg(literal(ada))
                     .arg(1000 + seq)
                     .arg(literal(payloadOf(seq)), reactionsOf(seq)));
        file.run(u"INSERT INTO operations VALUES(%1, %2, %3, x'00', %4, 1, NULL, %4)"_s
                     .arg(literal(chat), id, literal(ada))
                     .arg(seq));
    }
    file.run(u"INSERT INTO entries VALUES(%1, %2, 5, %3, %4, 2000, %5, NULL)"_s.arg(literal(chat))
                 .arg(messages + 1)
                 .arg(literal(messageId(messages + 1)), literal(bob), literal(messageId(3))));
    file.run(u"UPDATE totals SET users = 2, chats = 1, entries = %1"_s.arg(messages + 1));
}

void CompareTest::makeDevice() const
{
    HandMade file(devicePath());
    file.runAll(u"client/cache/migrations"_s);
    file.run(u"INSERT INTO meta VALUES(1, %1, %2, 1, 1)"_s.arg(literal(bob), literal(epoch)));
    file.run(u"INSERT INTO interval VALUES(%1, 1, 2), (%1, 4, %2)"_s.arg(literal(chat))
                 .arg(messages + 1));
    for (int seq = 1; seq <= messages; ++seq)
        file.run(u"INSERT INTO row VALUES(%1, %2, %3, %4, 2, %5, %6)"_s
                     .arg(literal(chat), literal(messageId(seq)))
                     .arg(seq)
                     .arg(seq == 3 ? messages + 1 : seq)
                     .arg(literal(ada), literal(bodyOf(seq))));
    const QCborMap member{
        {u"user"_s, ada}, {u"state"_s, 1}, {u"role"_s, 1}, {u"since"_s, 1}, {u"rev"_s, 1}};
    file.run(u"INSERT INTO member VALUES(%1, %2, %3)"_s.arg(
        literal(chat), literal(ada), literal(QCborValue(member).toCbor())));
    file.run(u"INSERT INTO mark VALUES(%1, %2, 4, 2)"_s.arg(literal(chat), literal(ada)));
    file.run(u"INSERT INTO state VALUES('chat/x', x'01', 1)"_s);
}

void CompareTest::makeJournal() const
{
    const auto journal = JournalWriter::open(journalPath());
    QVERIFY(journal);
    for (int seq = 1; seq <= messages; ++seq)
        (*journal)->write({chat, messageId(seq), seq, ada, payloadOf(seq)});
    (*journal)->write({chat, messageId(1), 1, ada, payloadOf(1)});
}

Files CompareTest::files() const
{
    return {m_folder->filePath(u"server"_s), {m_folder->filePath(u"people"_s)}, {journalPath()},
        Rest::AtRest};
}

QStringList CompareTest::faults() const
{
    const auto findings = compareAll(files());
    return findings ? findings->faults : QStringList{findings.error().text};
}

void CompareTest::findsEqualFilesEqual()
{
    const auto findings = compareAll(files());
    QVERIFY2(findings, findings ? "" : qPrintable(findings.error().text));
    QCOMPARE(findings->faults, QStringList());
    QCOMPARE(findings->devices, 1);
    QCOMPARE(findings->intervals, 2);
    QCOMPARE(findings->deviceRows, 4);
    QCOMPARE(findings->entries, messages + 1);
    QCOMPARE(findings->acknowledged, messages);
}

void CompareTest::turnsRed_data()
{
    QTest::addColumn<bool>("isOnServer");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("fault");
    const auto onServer = [](const char *name, const QString &sql, const QString &fault) {
        QTest::newRow(name) << true << sql << fault;
    };
    const auto onDevice = [](const char *name, const QString &sql, const QString &fault) {
        QTest::newRow(name) << false << sql << fault;
    };
    const auto id = literal(messageId(4));
    onServer("row deleted", u"DELETE FROM rows WHERE seq = 4"_s, u"has no row"_s);
    onServer("entry deleted", u"DELETE FROM entries WHERE seq = 4"_s, u"seq 5 follows 3"_s);
    onServer("last entry deleted", u"DELETE FROM entries WHERE seq = 6"_s, u"the head is 6"_s);
    onServer("entry doubled",
        u"INSERT INTO entries SELECT chat, 7, kind, id, actor, time, target, user FROM entries "
        "WHERE seq = 4; UPDATE chats SET head = 7"_s,
        u"in the log twice"_s);
    onServer("row doubled",
        u"INSERT INTO rows SELECT chat, 6, id, kind, 6, sender, time, editedAt, deleted, replyTo, "
        "threadRoot, expires, contentType, payload, user, text, role, reactions FROM rows WHERE "
        "seq = 4"_s,
        u"is there twice"_s);
    onServer("both lost", u"DELETE FROM rows WHERE seq = 4; DELETE FROM entries WHERE seq = 4"_s,
        u"is not in the log"_s);
    onServer("payload changed", u"UPDATE rows SET payload = x'00' WHERE seq = 4"_s,
        u"its payload is another one"_s);
    onServer("deleted, not emptied", u"UPDATE rows SET deleted = 1 WHERE seq = 4"_s,
        u"is deleted and has a payload"_s);
    onServer("revision", u"UPDATE rows SET revision = 5 WHERE seq = 4"_s, u"has revision 5"_s);
    onServer("refused, yet there", u"UPDATE operations SET seq = NULL WHERE place = 4"_s,
        u"was refused, and is in the log"_s);
    onServer("another sender", u"UPDATE operations SET sender = x'00' WHERE place = 4"_s,
        u"is another sender's"_s);
    onServer("mark above the head", u"UPDATE members SET delivered = 7"_s, u"marks beyond"_s);
    onServer("totals", u"UPDATE totals SET entries = 7"_s, u"totals"_s);
    onServer(
        "epoch", u"UPDATE store SET epoch = x'%1'"_s.arg(u"00"_s.repeated(16)), u"another epoch"_s);
    onServer("may not read", u"UPDATE members SET since = 3"_s, u"may not read"_s);

    onDevice("row deleted", u"DELETE FROM row WHERE seq = 4"_s, u"lacks the row at 4"_s);
    onDevice("row doubled",
        u"INSERT INTO row SELECT chat, x'%1', seq, revision, kind, sender, body FROM row WHERE "
        "seq = 4"_s.arg(u"00"_s.repeated(16)),
        u"two rows at 4"_s);
    onDevice("row doubled elsewhere",
        u"INSERT INTO row SELECT chat, x'%1', 6, revision, kind, sender, body FROM row WHERE "
        "seq = 4"_s.arg(u"00"_s.repeated(16)),
        u"has a row at 6"_s);
    auto other = QCborValue::fromCbor(bodyOf(4)).toMap();
    other.insert(u"payload"_s, QByteArray("text 5"));
    onDevice("payload changed",
        u"UPDATE row SET body = %1 WHERE id = %2"_s.arg(literal(QCborValue(other).toCbor()), id),
        u"payload (server 6 bytes, device 6 bytes)"_s);
    auto noReaction = QCborValue::fromCbor(bodyOf(3)).toMap();
    noReaction.remove(u"reactions"_s);
    onDevice("reaction lost",
        u"UPDATE row SET body = %1 WHERE seq = 3; DELETE FROM interval; "
        "INSERT INTO interval VALUES(%2, 1, 6)"_s.arg(
            literal(QCborValue(noReaction).toCbor()), literal(chat)),
        u"reactions (server"_s);
    onDevice("column of another body", u"UPDATE row SET revision = 5 WHERE seq = 4"_s,
        u"are not its body's"_s);
    onDevice("claims too much", u"UPDATE interval SET high = 3 WHERE low = 1"_s,
        u"the interval 4..6 is none"_s);
    onDevice("claims what is not", u"UPDATE interval SET high = 7 WHERE low = 4"_s,
        u"which the server does not have"_s);
    onDevice("behind", u"UPDATE interval SET high = 5 WHERE low = 4"_s, u"the head is 6"_s);
    onDevice("waits", u"INSERT INTO outbox VALUES(1, %1, NULL, x'00')"_s.arg(literal(chat)),
        u"waits in the outbox"_s);
    onDevice("mark ahead", u"UPDATE mark SET delivered = 5"_s, u"are ahead"_s);
    onDevice("mark behind", u"UPDATE mark SET read = 1"_s, u"are 4/1"_s);
    onDevice("state lost", u"DELETE FROM state"_s, u"lacks the state"_s);
    onDevice("state revision", u"UPDATE meta SET userRevision = 0"_s, u"user revision 0"_s);
    const QCborMap role{
        {u"user"_s, ada}, {u"state"_s, 1}, {u"role"_s, 2}, {u"since"_s, 1}, {u"rev"_s, 1}};
    onDevice("role", u"UPDATE member SET body = %1"_s.arg(literal(QCborValue(role).toCbor())),
        u"role (server 1, device 2)"_s);
}

void CompareTest::turnsRed()
{
    QFETCH(bool, isOnServer);
    QFETCH(QString, sql);
    QFETCH(QString, fault);
    HandMade(isOnServer ? serverPath() : devicePath()).run(sql);
    const auto found = faults();
    QVERIFY2(std::any_of(found.begin(), found.end(),
                 [&fault](const QString &sentence) { return sentence.contains(fault); }),
        qPrintable(found.join(u'\n')));
}

void CompareTest::readsJournals()
{
    const JournalLine line{chat, messageId(1), 7, ada, "text"};
    const auto again = JournalLine::read(line.text());
    QVERIFY(again);
    QCOMPARE(again->chat, chat);
    QCOMPARE(again->id, messageId(1));
    QCOMPARE(again->seq, 7);
    QCOMPARE(again->sender, ada);
    QCOMPARE(again->payload, QCryptographicHash::hash("text", QCryptographicHash::Sha256));
}

void CompareTest::findsWhatAJournalMisses()
{
    {
        const auto journal = JournalWriter::open(journalPath());
        QVERIFY(journal);
        (*journal)->write({chat, QByteArray(16, 'x'), 2, ada, "gone"});
        (*journal)->write({chat, QByteArray(16, 'y'), messages + 2, ada, "gone"});
        (*journal)->write({QByteArray(16, 'z'), QByteArray(16, 'z'), 1, ada, "gone"});
    }
    const auto found = faults();
    QCOMPARE(found.size(), 3);
    QVERIFY(found[0].contains(u"is another one"_s));
    QVERIFY(found[1].contains(u"is lost"_s));
    QVERIFY(found[2].contains(u"the chat is lost"_s));
}

void CompareTest::refusesAJournalThatIsNone()
{
    QFile journal(journalPath());
    QVERIFY(journal.open(QIODevice::WriteOnly | QIODevice::Append));
    journal.write("torn");
    journal.close();
    QVERIFY(!compareAll(files()));
}

void CompareTest::refusesAFileThatIsNone()
{
    auto some = files();
    some.server = m_folder->filePath(u"nowhere"_s);
    QVERIFY(!compareAll(some));
    some = files();
    some.devices = QStringList{journalPath()};
    QVERIFY(!compareAll(some));
}

void CompareTest::allowsADeviceUnderWayToBeBehind()
{
    HandMade(devicePath()).run(u"UPDATE interval SET high = 5 WHERE low = 4"_s);
    auto some = files();
    some.rest = Rest::UnderWay;
    const auto findings = compareAll(some);
    QVERIFY(findings);
    QCOMPARE(findings->faults, QStringList());
}

QTEST_APPLESS_MAIN(CompareTest)
#include "tst_compare.moc"
