// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// A client that writes down what it was told, and the admin who audits the server by it.
#include "shared/deliveryclaim.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <sqlite3.h>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

struct Audit {
    int exitCode = -1;
    QJsonObject answer;
    QByteArray printed;
};

Audit audited(const QString &dataFolder, const QStringList &journals)
{
    QProcess process;
    process.start(QStringLiteral(PARLEYCTL),
        QStringList{u"--json"_s, u"--data"_s, dataFolder, u"audit-delivery"_s} + journals);
    if (!process.waitForFinished())
        return {};
    const auto printed = process.readAllStandardOutput();
    return {process.exitCode(), QJsonDocument::fromJson(printed).object(),
        printed + process.readAllStandardError()};
}

void run(const QString &file, const QString &sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(
        sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    QVERIFY(sqlite3_changes(database) > 0);
    sqlite3_close(database);
}

} // namespace

class DeliveryJournalTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void findsAllThatAClientWasTold();
    void turnsRed_data();
    void turnsRed();
    void saysWhatCannotBeRead();
    void writesOnBehindATornLine();
    void opensNoProfileWithoutItsJournal();

private:
    std::unique_ptr<World> m_world;
    std::unique_ptr<ClientThread> m_thread;
    std::unique_ptr<Person> m_ada;
    ChatId m_chat;
    MessageId m_first;
    MessageId m_last;

    QString journal() const { return m_world->path(u"journal"_s); }
    ClientOptions options() const;
    void talk();
    ReadDeliveryJournal written() const;
};

ClientOptions DeliveryJournalTest::options() const
{
    auto options = programOf(m_world->path(u"people"_s), u"ada"_s);
    options.deliveryJournal = journal();
    return options;
}

void DeliveryJournalTest::init()
{
    m_ada.reset();
    m_thread = std::make_unique<ClientThread>();
    m_world = std::make_unique<World>();
    m_world->addUser(u"ada"_s);
    m_ada = std::make_unique<Person>(options(), *m_thread);
    PARLEY_WAIT(m_ada->isOpen());
    QVERIFY(m_ada->signIn(m_world->server().url(), m_world->mintToken(u"ada"_s)));
    PARLEY_WAIT(m_ada->isOnline());
}

// A group, three messages, an edit, a reaction and a deletion: seven operations.
void DeliveryJournalTest::talk()
{
    m_chat = m_ada->startGroup(u"notes"_s, {m_world->addUser(u"bob"_s)});
    m_first = m_ada->say(m_chat, u"one"_s);
    const auto second = m_ada->say(m_chat, u"two"_s);
    m_last = m_ada->say(m_chat, u"three"_s);
    m_ada->edit(m_chat, m_first, u"first"_s);
    m_ada->client().react(m_chat, m_last, u"👍"_s);
    m_ada->client().deleteMessage(m_chat, second);
    PARLEY_WAIT(written().claims.size() == 7);
}

ReadDeliveryJournal DeliveryJournalTest::written() const
{
    QFile file(journal());
    const auto read = file.open(QIODevice::ReadOnly) ? readDeliveryJournal(file.readAll())
                                                     : Error(ErrorCode::NotFound);
    return read ? *read : ReadDeliveryJournal{};
}

void DeliveryJournalTest::findsAllThatAClientWasTold()
{
    talk();
    QFile file(journal());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("three"));
    QCOMPARE(file.permissions() & 0x77, QFile::Permissions());
    const auto running = audited(m_world->dataFolder(), {journal()});
    QVERIFY2(running.exitCode == 0, running.printed.constData());
    QCOMPARE(running.answer[u"claims"_s].toInt(), 7);
    QCOMPARE(running.answer[u"found"_s].toInt(), 7);
    // One was edited, one deleted.
    QCOMPARE(running.answer[u"changedSince"_s].toInt(), 2);
    m_world->stopServer();
    const auto closed = audited(m_world->dataFolder(), {journal(), journal()});
    QVERIFY2(closed.exitCode == 0, closed.printed.constData());
    QCOMPARE(closed.answer, running.answer);
}

void DeliveryJournalTest::turnsRed_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("fault");
    QTest::newRow("entry deleted") << u"DELETE FROM entries WHERE id = %1"_s << u"missing"_s;
    QTest::newRow("row deleted") << u"DELETE FROM rows WHERE id = %1"_s << u"missing"_s;
    QTest::newRow("entry doubled")
        << u"INSERT INTO entries SELECT chat, 8, kind, id, actor, time, target, user FROM entries "
           "WHERE id = %1; UPDATE chats SET head = 8"_s
        << u"doubled"_s;
    QTest::newRow("text altered") << u"UPDATE rows SET payload = x'00' WHERE id = %1"_s
                                  << u"altered"_s;
}

void DeliveryJournalTest::turnsRed()
{
    QFETCH(QString, sql);
    QFETCH(QString, fault);
    talk();
    m_world->stopServer();
    const auto id = QString::fromLatin1(m_last.bytes().toHex());
    run(m_world->dataFolder() + u"/parley.db"_s, sql.arg(u"x'%1'"_s.arg(id)));
    for (const bool isRunning : {false, true}) {
        if (isRunning)
            m_world->startServer();
        const auto audit = audited(m_world->dataFolder(), {journal()});
        QVERIFY2(audit.exitCode == 3, audit.printed.constData());
        QCOMPARE(audit.answer[fault].toInt(), 1);
        QVERIFY(audit.printed.contains(id.toLatin1()));
    }
}

void DeliveryJournalTest::saysWhatCannotBeRead()
{
    QCOMPARE(audited(m_world->dataFolder(), {m_world->path(u"nothing"_s)}).exitCode, 1);
    QCOMPARE(audited(m_world->dataFolder(), {m_world->dataFolder() + u"/parley.db"_s}).exitCode, 1);
    QCOMPARE(audited(m_world->path(u"nowhere"_s), {journal()}).exitCode, 1);
    QCOMPARE(audited(m_world->dataFolder(), {}).exitCode, 2);
}

void DeliveryJournalTest::writesOnBehindATornLine()
{
    talk();
    m_ada->closeProgram();
    QFile file(journal());
    QVERIFY(file.open(QIODevice::Append));
    file.write("0011");
    file.close();
    m_ada->openProgram();
    PARLEY_WAIT(m_ada->isOnline());
    m_ada->say(m_chat, u"again"_s);
    PARLEY_WAIT(written().claims.size() == 8);
    QCOMPARE(written().tornLines, 1);
    QCOMPARE(audited(m_world->dataFolder(), {journal()}).exitCode, 0);
}

// Somebody asked for a journal: without one nothing is sent that would not stand in it.
void DeliveryJournalTest::opensNoProfileWithoutItsJournal()
{
    auto other = programOf(m_world->path(u"people"_s), u"bob"_s);
    other.deliveryJournal = m_world->path(u"no/such/folder"_s);
    QString sentence;
    Client *client = m_thread->add(other);
    connect(client, &Client::openFailed, this, [&](const QString &text) { sentence = text; });
    client->open();
    PARLEY_WAIT(sentence.contains(u"no/such/folder"_s));
    m_thread->end(client);
}

QTEST_GUILESS_MAIN(DeliveryJournalTest)
#include "tst_deliveryjournal.moc"
