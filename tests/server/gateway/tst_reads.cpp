// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/readdesk.h"
#include "shared/directchat.h"
#include "tests/server/messages/conversation.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QtEndian>

using namespace parley;
using namespace Qt::StringLiterals;

/// What readers answer, and to whom they answer nothing.
class tst_Reads : public QObject {
    Q_OBJECT

private slots:
    void init();
    void refusesStrangersAsIfThereWereNoChat();
    void refusesWhoHasLeft();
    void readsHistoryByPlace();
    void refusesHistoryOutOfItsLimits();
    void clampsPlacesThatDoNotExist();
    void showsNothingBelowSince();
    void stopsHistoryAtTheSizeOfAnAnswer();
    void givesPartsOfALongPage();
    void leavesLastPagesToTheService();
    void listsMembersInPages();
    void showsTheInvitedTheMarksThatPagesShow();
    void tellsUsersWhomOneMayKnow();
    void findsUsersByTheExactName();
    void hidesAStatusThatHasEnded();
    void watchesWhoIsKnown();
    void listsOwnDevices();
    void looksUpTokensNamesAndInvites();
    void agreesWithADeviceThatHasAll();

private:
    template <typename Command>
    Result<typename Command::Reply> read(const Peer &peer, const Command &command)
    {
        const ReadAnswer answer = job(peer, ReadCommand{command});
        if (const auto *error = std::get_if<Error>(&answer.what))
            return *error;
        return fromCbor<typename Command::Reply>(std::get<BodyRead>(answer.what).body);
    }
    ReadAnswer job(const Peer &peer, decltype(ReadJob::what) what)
    {
        return m_desk->answer(
            ReadJob{Origin{peer.session(), 1, peer.user(), peer.device()}, std::move(what)},
            m_talk->now);
    }

    std::unique_ptr<Conversation> m_talk;
    std::unique_ptr<ReadDesk> m_desk;
    Peer *m_ada = nullptr;
    Peer *m_bob = nullptr;
    Peer *m_eve = nullptr;
    ChatId m_group;
};

void tst_Reads::init()
{
    m_talk = std::make_unique<Conversation>();
    m_desk = std::make_unique<ReadDesk>(*m_talk->memory.readers()->open());
    m_ada = &m_talk->attach(m_talk->addUser(u"ada"_s));
    m_bob = &m_talk->attach(m_talk->addUser(u"bob"_s));
    m_eve = &m_talk->attach(m_talk->addUser(u"eve"_s));
    // People with a chat in common are added; strangers would only be invited.
    m_group = m_talk->group(*m_ada, {m_bob->user()});
    Operation accept = m_talk->operation(Kind::Accept);
    m_bob->send(m_group, accept);
}

void tst_Reads::refusesStrangersAsIfThereWereNoChat()
{
    m_ada->say(m_group, "secret");
    const ChatId nowhere = m_talk->random.id<ChatId>();
    const auto refusals = [&](const ChatId &chat) {
        std::vector<ErrorCode> codes;
        codes.push_back(read(*m_eve, History{chat, 10, {}, {}, 100, 0}).error().code);
        codes.push_back(read(*m_eve, Members{chat, {}}).error().code);
        codes.push_back(read(*m_eve, Marks{chat, {}}).error().code);
        codes.push_back(read(*m_eve, Page{chat, 1, 0}).error().code);
        return codes;
    };
    QCOMPARE(refusals(m_group), std::vector<ErrorCode>(4, ErrorCode::Forbidden));
    QCOMPARE(refusals(nowhere), refusals(m_group));
}

void tst_Reads::refusesWhoHasLeft()
{
    QVERIFY(read(*m_bob, Members{m_group, {}}));
    QVERIFY(!m_bob->send(m_group, m_talk->operation(Kind::Leave)).error);
    QCOMPARE(read(*m_bob, Members{m_group, {}}).error().code, ErrorCode::Forbidden);
    QCOMPARE(read(*m_bob, History{m_group, 10, {}, {}, 100, 0}).error().code, ErrorCode::Forbidden);
}

void tst_Reads::readsHistoryByPlace()
{
    std::vector<qint64> seqs;
    for (int i = 0; i < 20; ++i)
        seqs.push_back(*m_ada->say(m_group, QByteArray::number(i)).seq);
    const auto before = read(*m_ada, History{m_group, seqs[10], {}, {}, 4, 3});
    QVERIFY(before);
    QCOMPARE(before->low, seqs[6]);
    QCOMPARE(before->high, seqs[9]);
    QCOMPARE(before->rows.size(), size_t(4));
    QCOMPARE(before->rows.front().payload, QByteArray("6"));
    QCOMPARE(before->generation, 3u);
    const auto after = read(*m_ada, History{m_group, {}, seqs[10], {}, 4, 3});
    QCOMPARE(after->low, seqs[11]);
    QCOMPARE(after->high, seqs[14]);
    const auto around = read(*m_ada, History{m_group, {}, {}, seqs[10], 4, 3});
    QVERIFY(around->low <= seqs[10] && around->high >= seqs[10]);
    QCOMPARE(around->high - around->low, 3);
}

void tst_Reads::refusesHistoryOutOfItsLimits()
{
    QCOMPARE(read(*m_ada, History{m_group, {}, {}, {}, 10, 0}).error().code, ErrorCode::Malformed);
    QCOMPARE(read(*m_ada, History{m_group, 1, 1, {}, 10, 0}).error().code, ErrorCode::Malformed);
    QCOMPARE(read(*m_ada, History{m_group, 1, {}, {}, 0, 0}).error().code, ErrorCode::Malformed);
    QVERIFY(read(*m_ada, History{m_group, 9, {}, {}, limits::historyRows, 0}));
    QCOMPARE(read(*m_ada, History{m_group, 9, {}, {}, limits::historyRows + 1, 0}).error().code,
        ErrorCode::TooLarge);
}

void tst_Reads::clampsPlacesThatDoNotExist()
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    for (const qint64 place : {most, least, qint64(0), qint64(-1)}) {
        for (const auto &command :
            {History{m_group, place, {}, {}, 100, 0}, History{m_group, {}, place, {}, 100, 0},
                History{m_group, {}, {}, place, 100, 0}}) {
            const auto reply = read(*m_ada, command);
            QVERIFY(reply);
            QVERIFY(reply->high >= reply->low - 1);
            QVERIFY(reply->low >= 1);
        }
    }
}

void tst_Reads::showsNothingBelowSince()
{
    m_ada->say(m_group, "before");
    // A member who is added later reads from that entry on.
    const ChatId direct = m_talk->direct(*m_ada, m_eve->user());
    m_eve->send(direct, m_talk->operation(Kind::Accept));
    Operation add = m_talk->operation(Kind::Add);
    add.user = m_eve->user();
    const qint64 since = *m_ada->send(m_group, add).seq;
    m_ada->say(m_group, "after");
    const auto reply = read(*m_eve, History{m_group, since + 2, {}, {}, 100, 0});
    QVERIFY(reply);
    QCOMPARE(reply->low, since);
    for (const Row &row : reply->rows)
        QVERIFY(row.seq >= since);
    QCOMPARE(read(*m_eve, History{m_group, since, {}, {}, 100, 0})->rows.size(), size_t(0));
}

void tst_Reads::stopsHistoryAtTheSizeOfAnAnswer()
{
    std::vector<qint64> seqs;
    for (int i = 0; i < 20; ++i)
        seqs.push_back(*m_ada->say(m_group, QByteArray(60'000, 'x')).seq);
    const auto before = read(*m_ada, History{m_group, seqs.back() + 1, {}, {}, 100, 0});
    QVERIFY(toCbor(*before).size() <= limits::answerBytes + 1024);
    QCOMPARE(before->high, seqs.back());
    QCOMPARE(before->rows.back().seq, seqs.back());
    QCOMPARE(before->rows.front().seq, before->low);
    const auto after = read(*m_ada, History{m_group, {}, seqs.front() - 1, {}, 100, 0});
    QCOMPARE(after->low, seqs.front());
    QCOMPARE(after->rows.front().seq, seqs.front());
    QVERIFY(toCbor(*after).size() <= limits::answerBytes + 1024);
    const auto around = read(*m_ada, History{m_group, {}, {}, seqs[10], 100, 0});
    QVERIFY(around->low < seqs[10] && around->high > seqs[10]);
}

void tst_Reads::givesPartsOfALongPage()
{
    for (int i = 0; i < limits::pageEntries + 10; ++i)
        m_ada->say(m_group, "x");
    const auto first = read(*m_bob, Page{m_group, 2, 5});
    QVERIFY(first);
    QVERIFY(first->more);
    QCOMPARE(first->generation, 5u);
    QCOMPARE(first->entries.front().seq, 3);
    QCOMPARE(std::ssize(first->entries), limits::pageEntries);
    QCOMPARE(first->unread, limits::pageEntries + 10);
}

void tst_Reads::leavesLastPagesToTheService()
{
    m_ada->say(m_group, "x");
    const auto isForService = [&](const Page &page) {
        return std::holds_alternative<PageForService>(job(*m_bob, ReadCommand{page}).what);
    };
    QVERIFY(isForService(Page{m_group, 2, 0}));
    QVERIFY(isForService(Page{m_group, 0, 0}));
    QVERIFY(isForService(Page{m_group, -5, 0}));
    QVERIFY(isForService(Page{m_group, 1'000'000, 0}));
}

void tst_Reads::listsMembersInPages()
{
    const auto all = read(*m_ada, Members{m_group, {}});
    QCOMPARE(all->members.size(), size_t(2));
    QVERIFY(!all->next);
    const auto rest = read(*m_ada, Members{m_group, all->members.front().user});
    QCOMPARE(rest->members.size(), size_t(1));
    QCOMPARE(rest->members.front(), all->members.back());
    QVERIFY(read(*m_ada, Members{m_group, all->members.back().user})->members.empty());
}

void tst_Reads::showsTheInvitedTheMarksThatPagesShow()
{
    const ChatId direct = m_talk->direct(*m_ada, m_eve->user());
    QVERIFY(read(*m_eve, Members{direct, {}}));
    QCOMPARE(read(*m_eve, Marks{direct, {}})->marks, m_eve->open(direct).marks);
    m_eve->send(direct, m_talk->operation(Kind::Accept));
    QCOMPARE(read(*m_eve, Marks{direct, {}})->marks.size(), size_t(2));
}

void tst_Reads::tellsUsersWhomOneMayKnow()
{
    const auto names = [&](const Peer &viewer) {
        QStringList found;
        const auto reply =
            read(viewer, Users{{m_ada->user(), m_bob->user(), m_eve->user(), m_eve->user()}});
        for (const UserRow &user : reply->users)
            found.append(user.userName);
        found.sort();
        return found;
    };
    QCOMPARE(names(*m_ada), (QStringList{u"ada"_s, u"bob"_s}));
    QCOMPARE(names(*m_eve), (QStringList{u"eve"_s}));
    // The two of a request know each other's names.
    m_talk->direct(*m_ada, m_eve->user());
    QCOMPARE(names(*m_eve), (QStringList{u"ada"_s, u"eve"_s}));
}

void tst_Reads::findsUsersByTheExactName()
{
    QCOMPARE(read(*m_eve, FindUser{u"ADA"_s})->users.front().id, m_ada->user());
    QVERIFY(read(*m_eve, FindUser{u"ad"_s})->users.empty());
    QVERIFY(read(*m_eve, FindUser{u"no name"_s})->users.empty());
    QVERIFY(m_talk->askInternal(DisableUser{m_ada->user(), true}));
    QVERIFY(read(*m_eve, FindUser{u"ada"_s})->users.empty());
}

void tst_Reads::hidesAStatusThatHasEnded()
{
    QVERIFY(m_ada->ask(SetProfile{{}, {}, u"at lunch"_s, m_talk->now + 1000}));
    QCOMPARE(read(*m_bob, Users{{m_ada->user()}})->users.front().status, u"at lunch"_s);
    m_talk->now += 1000;
    QCOMPARE(read(*m_bob, Users{{m_ada->user()}})->users.front().status, QString());
}

void tst_Reads::watchesWhoIsKnown()
{
    const auto watched = [&](const Peer &viewer, const UserId &user) {
        return std::get<WatchRead>(job(viewer, ReadCommand{Watch{{user}}}).what).users;
    };
    QVERIFY(watched(*m_eve, m_ada->user()).empty());
    QVERIFY(!watched(*m_bob, m_ada->user()).front().hidden);
    Privacy privacy;
    privacy.presenceOff = true;
    QVERIFY(m_ada->ask(SetState{u"privacy"_s, toCbor(privacy), 0}));
    QVERIFY(watched(*m_bob, m_ada->user()).front().hidden);
    // A request shows the profile, and no presence; a block hides it again.
    const ChatId direct = m_talk->direct(*m_bob, m_eve->user());
    QVERIFY(watched(*m_eve, m_bob->user()).front().hidden);
    m_eve->send(direct, m_talk->operation(Kind::Accept));
    QVERIFY(!watched(*m_eve, m_bob->user()).front().hidden);
    QVERIFY(!m_bob->send(direct, m_talk->operation(Kind::Block)).error);
    QVERIFY(watched(*m_eve, m_bob->user()).front().hidden);
}

void tst_Reads::listsOwnDevices()
{
    m_talk->attach(m_ada->user());
    const auto reply = read(*m_ada, Devices{});
    QCOMPARE(reply->devices.size(), size_t(2));
    int current = 0;
    for (const DeviceRow &device : reply->devices)
        current += device.current && device.id == m_ada->device() ? 1 : 0;
    QCOMPARE(current, 1);
}

void tst_Reads::looksUpTokensNamesAndInvites()
{
    QVERIFY(!std::get<TokenRead>(job(*m_ada, ReadToken{"x"}).what).owner);
    QVERIFY(!std::get<UserRead>(job(*m_ada, ReadUserByName{u"nobody"_s}).what).user);
    QCOMPARE(std::get<UserRead>(job(*m_ada, ReadUserByName{u"ada"_s}).what).user->profile.id,
        m_ada->user());
    QVERIFY(!std::get<InviteRead>(job(*m_ada, ReadInvite{"x"}).what).invite);
}

void tst_Reads::agreesWithADeviceThatHasAll()
{
    const auto digest = read(*m_ada, Digest{0, {}});
    QVERIFY(digest);
    QCOMPARE(digest->chats.size(), size_t(1));
    QVERIFY(!digest->state.empty());
    const ChatHead &head = digest->chats.front();
    qint64 marks = 0;
    for (const Mark &mark : head.marks)
        marks += mark.delivered + mark.read;
    const auto number = [](qint64 value) {
        const qint64 big = qToBigEndian(value);
        return QByteArray(reinterpret_cast<const char *>(&big), sizeof big);
    };
    const QByteArray held =
        number(digest->userRevision) + head.chat.bytes() + number(head.head) + number(marks);
    const QByteArray hash = QCryptographicHash::hash(held, QCryptographicHash::Sha256);
    QVERIFY(!read(*m_ada, Alive{true, hash})->differs);
    QVERIFY(read(*m_ada, Digest{digest->userRevision, {Have{head.chat, head.head, marks, 0}}})
                ->chats.empty());
    m_bob->say(m_group, "x");
    QVERIFY(read(*m_ada, Alive{true, hash})->differs);
}

QTEST_GUILESS_MAIN(tst_Reads)
#include "tst_reads.moc"
