// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The real server, as its own process, ends in every way that processes end.
#include "server/admin/adminclient.h"
#include "tests/e2e/compare/comparison.h"
#include "tests/e2e/compare/journal.h"
#include "tests/support/person.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tcpproxy.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

constexpr int people = 4;
constexpr int kills = 10;
constexpr int replayMs = 240'000;
constexpr int underWayMost = 24; ///< of one person
constexpr int acknowledgedPerRound = 200;
const QByteArray goAwayMark("\x66goAway");

/// People who never stop talking, and note what was acknowledged.
class Crowd : public QObject {
public:
    Crowd(ServerProcess &server, const QString &folder)
        : m_folder(folder)
        , m_journal(*compare::JournalWriter::open(folder + u"/journal"_s))
    {
        const auto admin = AdminClient::connect(server.dataFolder());
        for (int number = 0; number < people; ++number)
            join(**admin, server, u"talker%1"_s.arg(number));
        connect(&m_timer, &QTimer::timeout, this, &Crowd::talk);
    }

    bool makeGroup();
    void startTalking() { m_timer.start(1); }
    void stopTalking() { m_timer.stop(); }
    void retryNow();
    void leave();

    bool isEveryoneOnline() const;
    bool isIdle() const { return acknowledged == said; }
    QString peopleFolder() const { return m_folder + u"/people"_s; }
    QString journalFile() const { return m_folder + u"/journal"_s; }

    int said = 0;
    int acknowledged = 0;

private:
    struct Talker {
        std::unique_ptr<Person> person;
        int underWay = 0;
    };

    const QString m_folder;
    std::unique_ptr<compare::JournalWriter> m_journal;
    ClientThread m_thread;
    std::vector<Talker> m_talkers;
    std::set<MessageId> m_known;
    ChatId m_group;
    QTimer m_timer;

    void join(AdminClient &admin, ServerProcess &server, const QString &name);
    void talk();
    void take(Talker &talker, const ChatId &chat, const TimelineRow &row);
};

void Crowd::join(AdminClient &admin, ServerProcess &server, const QString &name)
{
    const auto added = admin.ask({{u"command"_s, u"user.add"_s}, {u"name"_s, name}});
    PARLEY_ASSERT(added);
    const auto made = admin.ask({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
    PARLEY_ASSERT(made);
    const auto token = QByteArray::fromBase64(
        (*made)[u"token"_s].toString().toLatin1(), QByteArray::Base64UrlEncoding);
    auto person = std::make_unique<Person>(programOf(peopleFolder(), name), m_thread);
    PARLEY_ASSERT(waitUntil([&] { return person->isOpen(); }));
    PARLEY_ASSERT(person->signIn(u"ws://127.0.0.1:%1/"_s.arg(server.port()), token));
    const auto place = m_talkers.size();
    connect(person.get(), &Person::rowTold, this,
        [this, place](
            const ChatId &chat, const TimelineRow &row) { take(m_talkers[place], chat, row); });
    m_talkers.push_back({std::move(person), 0});
}

bool Crowd::makeGroup()
{
    std::vector<UserId> others;
    for (const auto &talker : m_talkers)
        if (&talker != &m_talkers.front())
            others.push_back(talker.person->id());
    m_group = m_talkers.front().person->startGroup(u"load"_s, others);
    return waitUntil([this] {
        return std::all_of(m_talkers.begin(), m_talkers.end(),
            [this](const Talker &talker) { return talker.person->knows(m_group); });
    });
}

void Crowd::talk()
{
    for (auto &talker : m_talkers) {
        if (talker.underWay >= underWayMost)
            continue;
        NewMessage message;
        message.payload = Person::payloadOf(u"message %1"_s.arg(++said));
        talker.person->client().sendMessage(m_group, message);
        ++talker.underWay;
    }
}

void Crowd::take(Talker &talker, const ChatId &chat, const TimelineRow &row)
{
    const bool isOwn = row.row.sender == talker.person->id() && row.row.kind == Kind::Message;
    if (!isOwn || row.row.seq == 0 || !m_known.insert(row.row.id).second)
        return;
    m_journal->write(
        {chat.bytes(), row.row.id.bytes(), row.row.seq, row.row.sender.bytes(), row.row.payload});
    --talker.underWay;
    ++acknowledged;
}

void Crowd::retryNow()
{
    for (const auto &talker : m_talkers)
        talker.person->client().retryNow();
}

bool Crowd::isEveryoneOnline() const
{
    return std::all_of(m_talkers.begin(), m_talkers.end(),
        [](const Talker &talker) { return talker.person->isOnline(); });
}

void Crowd::leave()
{
    for (const auto &talker : m_talkers)
        talker.person->closeProgram();
}

} // namespace

class KillTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void losesAndDoublesNothingWhenKilled();
    void losesAndDoublesNothingWhenClientsAreKilled();
    void saysGoodbyeOnSigterm();
    void refusesASecondServerOnTheSameFolder();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    static qint64 linesOf(const QString &file);
    compare::Files files(const ServerProcess &server, const Crowd &crowd) const;
};

void KillTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>(testFolder(u"kill"_s));
}

compare::Files KillTest::files(const ServerProcess &server, const Crowd &crowd) const
{
    return {
        server.dataFolder(), {crowd.peopleFolder()}, {crowd.journalFile()}, compare::Rest::AtRest};
}

void KillTest::losesAndDoublesNothingWhenKilled()
{
    ServerProcess server(m_folder->filePath(u"server"_s));
    QVERIFY2(server.start(), qPrintable(server.log()));
    Crowd crowd(server, m_folder->path());
    QVERIFY(crowd.makeGroup());
    crowd.startTalking();
    for (int kill = 0; kill < kills; ++kill) {
        const int wanted = crowd.acknowledged + acknowledgedPerRound
            + QRandomGenerator::global()->bounded(acknowledgedPerRound);
        PARLEY_WAIT(crowd.acknowledged >= wanted);
        server.kill();
        QVERIFY2(server.start(), qPrintable(server.log()));
        crowd.retryNow();
    }
    crowd.stopTalking();
    PARLEY_WAIT(crowd.isEveryoneOnline() && crowd.isIdle());
    const auto all = files(server, crowd);
    (void)waitUntil([&] {
        const auto now = compare::compareAll(all);
        return now && now->faults.isEmpty();
    });
    crowd.leave();
    QCOMPARE(server.terminate(), std::optional(0));
    const auto findings = compare::compareAll(all);
    QVERIFY2(findings, findings ? "" : qPrintable(findings.error().text));
    QCOMPARE(findings->faults.mid(0, 20).join(u'\n'), QString());
    QCOMPARE(findings->acknowledged, crowd.said);
    // The group's first entry is its creation; everything else was said, once.
    QCOMPARE(findings->entries, crowd.said + 1);
    QCOMPARE(findings->deviceRows, people * (crowd.said + 1));
}

qint64 KillTest::linesOf(const QString &file)
{
    QFile journal(file);
    return journal.open(QIODevice::ReadOnly) ? journal.readAll().count('\n') : 0;
}

// Each time all clients of a day die in the same moment, wherever each of them is; then the day
// goes to its end on what they left.
void KillTest::losesAndDoublesNothingWhenClientsAreKilled()
{
    ServerProcess server(m_folder->filePath(u"server"_s));
    QVERIFY2(server.start(), qPrintable(server.log()));
    const auto folder = m_folder->filePath(u"people"_s);
    const auto journal = folder + u"/journal"_s;
    const QStringList arguments{u"--day"_s, QStringLiteral(PARLEY_DEMO_DAY), u"--server"_s,
        u"ws://127.0.0.1:%1/"_s.arg(server.port()), u"--control"_s, server.dataFolder(),
        u"--profiles"_s, folder};
    compare::Files files{server.dataFolder(), {folder}, {journal}, compare::Rest::UnderWay};
    for (int kill = 0; kill < kills; ++kill) {
        const auto wanted = linesOf(journal) + 40 + QRandomGenerator::global()->bounded(80);
        QProcess replay;
        replay.setProcessChannelMode(QProcess::MergedChannels);
        replay.start(QStringLiteral(PARLEY_REPLAY), arguments);
        PARLEY_WAIT(linesOf(journal) >= wanted || replay.state() == QProcess::NotRunning);
        QVERIFY2(replay.state() == QProcess::Running, replay.readAll().constData());
        replay.kill();
        QVERIFY(replay.waitForFinished());
    }
    auto findings = compare::compareAll(files);
    QVERIFY2(findings, findings ? "" : qPrintable(findings.error().text));
    QCOMPARE(findings->faults.mid(0, 20).join(u'\n'), QString());

    QProcess replay;
    replay.start(QStringLiteral(PARLEY_REPLAY), arguments);
    QVERIFY(replay.waitForFinished(replayMs));
    QVERIFY2(replay.exitCode() == 0, replay.readAllStandardOutput().constData());
    QCOMPARE(server.terminate(), std::optional(0));
    files.rest = compare::Rest::AtRest;
    findings = compare::compareAll(files);
    QVERIFY(findings);
    QCOMPARE(findings->faults.mid(0, 20).join(u'\n'), QString());
    QVERIFY(findings->acknowledged > 1400 + kills * 40);
}

void KillTest::saysGoodbyeOnSigterm()
{
    ServerProcess server(m_folder->filePath(u"server"_s));
    QVERIFY2(server.start(), qPrintable(server.log()));
    Crowd crowd(server, m_folder->path());
    QVERIFY(crowd.makeGroup());
    const auto admin = AdminClient::connect(server.dataFolder());
    QVERIFY(admin);
    QVERIFY((*admin)->ask({{u"command"_s, u"user.add"_s}, {u"name"_s, u"observer"_s}}));
    const auto made =
        (*admin)->ask({{u"command"_s, u"token.create"_s}, {u"name"_s, u"observer"_s}});
    QVERIFY(made);
    TcpProxy network(server.port());
    std::atomic<int> goodbyes = 0;
    network.setLosing([&goodbyes](const QByteArray &frame) {
        goodbyes += frame.contains(goAwayMark) ? 1 : 0;
        return false;
    });
    ClientThread thread;
    Person observer(programOf(crowd.peopleFolder(), u"observer"_s), thread);
    PARLEY_WAIT(observer.isOpen());
    QVERIFY(observer.signIn(network.url(),
        QByteArray::fromBase64(
            (*made)[u"token"_s].toString().toLatin1(), QByteArray::Base64UrlEncoding)));
    PARLEY_WAIT(observer.isOnline());

    crowd.startTalking();
    PARLEY_WAIT(crowd.acknowledged >= acknowledgedPerRound);
    QCOMPARE(server.terminate(), std::optional(0));
    QVERIFY2(server.log().contains(u"stopped"_s), qPrintable(server.log()));
    PARLEY_WAIT(goodbyes == 1 && !observer.isOnline());
    QVERIFY2(server.start(), qPrintable(server.log()));
    // By themselves, within the window that was announced.
    PARLEY_WAIT(observer.isOnline() && crowd.isEveryoneOnline());
    crowd.stopTalking();
    PARLEY_WAIT(crowd.isIdle());
    const auto all = files(server, crowd);
    (void)waitUntil([&] {
        const auto now = compare::compareAll(all);
        return now && now->faults.isEmpty();
    });
    observer.closeProgram();
    crowd.leave();
    QVERIFY2(server.terminate() == 0, qPrintable(server.log()));
    const auto findings = compare::compareAll(all);
    QVERIFY(findings);
    QCOMPARE(findings->faults.mid(0, 20).join(u'\n'), QString());
    QCOMPARE(findings->entries, crowd.said + 1);
}

void KillTest::refusesASecondServerOnTheSameFolder()
{
    ServerProcess server(m_folder->filePath(u"server"_s));
    QVERIFY2(server.start(), qPrintable(server.log()));
    QProcess second;
    second.start(QStringLiteral(PARLEYD),
        {u"--data"_s, server.dataFolder(), u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY(second.waitForFinished());
    QVERIFY(second.exitCode() != 0);
    QVERIFY(!second.readAllStandardError().isEmpty());
    // The first one did not notice.
    QVERIFY(AdminClient::connect(server.dataFolder()));
}

QTEST_GUILESS_MAIN(KillTest)
#include "tst_kill.moc"
