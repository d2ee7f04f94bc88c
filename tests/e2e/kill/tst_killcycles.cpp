// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Ten kills or stops of the server and ten of clients, with fresh seeds; then what the auditors
// must notice, on what that run left behind.
#include "shared/deliveryclaim.h"
#include "tests/support/world.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <sqlite3.h>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

constexpr int runMs = 400'000;

/// A copy of a file that is opened to be altered.
class Altered {
public:
    explicit Altered(const QString &path)
    {
        if (sqlite3_open(path.toUtf8().constData(), &m_file) != SQLITE_OK)
            qFatal("%s cannot be opened", qPrintable(path));
    }
    ~Altered() { sqlite3_close(m_file); }
    Altered(const Altered &) = delete;
    Altered &operator=(const Altered &) = delete;

    /// False when nothing came of it.
    bool run(const QString &sql)
    {
        const int before = sqlite3_total_changes(m_file);
        const int outcome =
            sqlite3_exec(m_file, sql.toUtf8().constData(), nullptr, nullptr, nullptr);
        return outcome == SQLITE_OK && sqlite3_total_changes(m_file) > before;
    }
    bool holds(const QString &sql)
    {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_file, sql.toUtf8().constData(), -1, &statement, nullptr);
        const bool isThere = sqlite3_step(statement) == SQLITE_ROW;
        sqlite3_finalize(statement);
        return isThere;
    }

private:
    sqlite3 *m_file = nullptr;
};

} // namespace

class KillCyclesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void losesNothingInTenKillsOfEither();
    void turnsRed_data();
    void turnsRed();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_printed;
    int m_exitCode = -1;
    QString m_id; ///< of an acknowledged message that nobody touched since, as a literal of SQL

    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList journals() const;
    int run(const QString &program, const QStringList &arguments);
    int audit(const QStringList &arguments) { return run(u"python3"_s, arguments); }
    void chooseMessage();
};

int KillCyclesTest::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool hasEnded = process.waitForFinished(runMs);
    m_printed = process.readAll();
    return hasEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

QStringList KillCyclesTest::journals() const
{
    QStringList files;
    for (const auto &name : QDir(path(u"run"_s)).entryList({u"journal*"_s}, QDir::Files))
        files += path(u"run/"_s + name);
    return files;
}

void KillCyclesTest::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>(testFolder(u"kills"_s));
    const auto seed = QRandomGenerator::global()->generate();
    m_exitCode = run(QStringLiteral(PARLEY_KILL),
        {u"--server-cycles"_s, u"10"_s, u"--client-cycles"_s, u"10"_s, u"--seed"_s,
            QString::number(seed), u"--keep"_s, path(u"run"_s)});
    qInfo("seed %u: %s", seed, m_printed.constData());
    QVERIFY2(m_exitCode == 0, m_printed.constData());
    chooseMessage();
    QVERIFY(!m_id.isEmpty());
}

void KillCyclesTest::chooseMessage()
{
    Altered server(path(u"run/server/data/parley.db"_s));
    for (const auto &file : journals()) {
        QFile journal(file);
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const auto read = readDeliveryJournal(journal.readAll());
        QVERIFY(read);
        for (const auto &claim : read->claims) {
            const auto id = u"x'%1'"_s.arg(QString::fromLatin1(claim.id.bytes().toHex()));
            // In the middle of the chat in which all are.
            const bool fits = claim.kind == Kind::Message && claim.seq > 5
                && server.holds(
                    u"SELECT 1 FROM rows JOIN chats USING(chat) WHERE id = %1 AND rows.revision = "
                    "rows.seq AND rows.seq < head AND chats.kind = 2"_s.arg(id));
            if (fits)
                m_id = id;
        }
    }
}

void KillCyclesTest::losesNothingInTenKillsOfEither()
{
    QVERIFY2(m_printed.contains(": 0 faults"), m_printed.constData());
    QVERIFY2(m_printed.contains("0 missing, 0 doubled, 0 altered"), m_printed.constData());
}

void KillCyclesTest::turnsRed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("sql");
    const auto row = [](const char *name, const QString &file, const QString &sql) {
        QTest::newRow(name) << file << sql;
    };
    // %1 is the id.
    row("entry deleted", u"server"_s, u"DELETE FROM entries WHERE id = %1"_s);
    row("row deleted", u"server"_s, u"DELETE FROM rows WHERE id = %1"_s);
    row("entry doubled", u"server"_s,
        u"INSERT INTO entries SELECT chat, (SELECT head + 1 FROM chats WHERE chats.chat = "
        "entries.chat), kind, id, actor, time, target, user FROM entries WHERE id = %1; "
        "UPDATE chats SET head = head + 1 WHERE chat IN (SELECT chat FROM rows WHERE id = %1)"_s);
    row("text altered", u"server"_s, u"UPDATE rows SET payload = x'00' WHERE id = %1"_s);
    row("place altered", u"server"_s,
        u"UPDATE entries SET id = (SELECT id FROM entries AS next WHERE next.chat = entries.chat "
        "AND next.seq = entries.seq + 1) WHERE id = %1"_s);
    row("device, row deleted", u"device"_s, u"DELETE FROM row WHERE id = %1"_s);
    row("device, row doubled", u"device"_s,
        u"INSERT INTO row SELECT chat, x'00112233445566778899aabbccddeeff', seq, revision, kind, "
        "sender, body FROM row WHERE id = %1"_s);
    row("device, text altered", u"device"_s,
        u"UPDATE row SET body = CAST(replace(CAST(body AS TEXT), 'message', 'massage') AS BLOB) "
        "WHERE id = %1"_s);
    row("device, claims too much", u"device"_s, u"UPDATE interval SET high = high + 1"_s);
    row("device, something waits", u"device"_s,
        u"INSERT INTO outbox SELECT 1, chat, NULL, body FROM row WHERE id = %1"_s);
}

void KillCyclesTest::turnsRed()
{
    QFETCH(QString, file);
    QFETCH(QString, sql);
    const QDir copies(path(u"copies"_s));
    QVERIFY(copies.mkpath(u"data"_s));
    const auto copied = [&copies](const QString &from, const QString &name) {
        QFile::remove(copies.filePath(name));
        return QFile::copy(from, copies.filePath(name)) ? copies.filePath(name) : QString();
    };
    const auto server = copied(path(u"run/server/data/parley.db"_s), u"data/parley.db"_s);
    QDirIterator people(
        path(u"run/people"_s), {u"cache.sqlite"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(people.hasNext());
    const auto device = copied(people.next(), u"cache.sqlite"_s);
    const bool isServer = file == "server"_L1;
    QVERIFY(Altered(isServer ? server : device).run(sql.arg(m_id)));

    const QStringList whole{QStringLiteral(PARLEY_AUDITOR), u"--server"_s, server};
    QVERIFY2(audit(whole + QStringList{device}) == 1, m_printed.constData());
    if (!isServer)
        return;
    // Whichever witness is left.
    QVERIFY2(
        audit(whole + QStringList{u"--links"_s, path(u"run/links"_s)}) == 1, m_printed.constData());
    QStringList all;
    for (const auto &journal : journals())
        all << u"--journal"_s << journal;
    QVERIFY2(audit(whole + all) == 1, m_printed.constData());
    QCOMPARE(
        run(QStringLiteral(PARLEYCTL),
            QStringList{u"--data"_s, copies.filePath(u"data"_s), u"audit-delivery"_s} + journals()),
        3);
}

QTEST_GUILESS_MAIN(KillCyclesTest)
#include "tst_killcycles.moc"
