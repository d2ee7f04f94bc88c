// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/chatwriter.h"
#include "tests/simulation/hostilestore.h"

#include <QtTest/QtTest>

using namespace parley;
using namespace parley::simulation;

namespace {

constexpr int seeds = 200;
constexpr int manySteps = 2'000;

/// What one owner is told.
class Ears : public StoreListener {
public:
    explicit Ears(HostileStore &engine)
        : m_opened(engine.open())
    {
        m_opened.store->setListener(this);
    }
    ~Ears() override
    {
        if (m_opened.store)
            m_opened.store->setListener(nullptr);
    }
    Store &store() { return *m_opened.store; }
    StoreReader &reader() { return *m_opened.readers.front(); }
    /// Its process ends.
    void die() { m_opened = {}; }

    std::map<std::pair<quint64, size_t>, Outcome> outcomes;
    std::map<quint64, Loaded> answers;

private:
    void loaded(Loaded answer) override { answers[answer.ticket] = std::move(answer); }
    void appended(quint64, std::vector<Outcome>) override { QFAIL("as a batch"); }
    void appendedOne(quint64 batch, size_t place, Outcome outcome) override
    {
        QVERIFY(outcomes.emplace(std::pair(batch, place), outcome).second);
    }

    WorldStore::Opened m_opened;
};

ChatWriter founded(int number, const Epoch &epoch)
{
    ChatWriter writer(testChat(number), epoch);
    writer.create(ChatKind::Group, {testUser(1), testUser(2)});
    return writer;
}

LoadRequest stateOf(const ChatId &chat, quint64 ticket)
{
    LoadRequest request;
    request.ticket = ticket;
    request.chat = chat;
    request.wantState = true;
    return request;
}

} // namespace

class TestHostileStore : public QObject {
    Q_OBJECT

private slots:
    void nothingIsToldBeforeItHappened();
    void ofTwoOwnersOneIsFirst();
    void anUnknownAppendMayComeLateOrNever();
    void anAppendThatComesTooLateIsNothing();
    void whatADeadOwnerWroteMayStillArrive();
    void aReaderIsBehindAndNeverGoesBack();
    void aReaderIsBehindForSoLongOnly();
    void aPartitionThatIsAwayLeavesOthersAlone();
    void aLoadSeesNoOlderMomentThanItsAsking();
    void everythingComesToRest();
};

void TestHostileStore::nothingIsToldBeforeItHappened()
{
    Counts counts;
    HostileStore engine(1, {}, counts);
    Ears owner(engine);
    owner.store().append(1, {founded(1, engine.epoch()).take()});
    QVERIFY(owner.outcomes.empty());
    QVERIFY(engine.state().chats.empty());
    while (owner.outcomes.empty())
        QVERIFY(engine.step());
    QCOMPARE((owner.outcomes[{1, 0}]), Outcome::Applied);
    QVERIFY(engine.state().chat(testChat(1)));
}

void TestHostileStore::ofTwoOwnersOneIsFirst()
{
    int firstWins = 0;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, {}, counts);
        Ears one(engine);
        Ears other(engine);
        one.store().append(1, {founded(1, engine.epoch()).take()});
        other.store().append(1, {founded(1, engine.epoch()).take()});
        engine.settle();
        const Outcome first = one.outcomes[{1, 0}];
        const Outcome second = other.outcomes[{1, 0}];
        QVERIFY((first == Outcome::Applied) != (second == Outcome::Applied));
        QVERIFY((first == Outcome::HeadMoved) != (second == Outcome::HeadMoved));
        QCOMPARE(engine.state().chat(testChat(1))->entries.size(), size_t(1));
        firstWins += first == Outcome::Applied ? 1 : 0;
    }
    // Who asked first is not who is first.
    QVERIFY(firstWins > seeds / 4 && firstWins < seeds * 3 / 4);
}

void TestHostileStore::anUnknownAppendMayComeLateOrNever()
{
    Hostility hostility;
    hostility.unknown = 1;
    int appliedFirst = 0;
    int appliedLate = 0;
    int never = 0;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, hostility, counts);
        Ears owner(engine);
        owner.store().append(1, {founded(1, engine.epoch()).take()});
        while (owner.outcomes.empty())
            QVERIFY(engine.step());
        QCOMPARE((owner.outcomes[{1, 0}]), Outcome::Unknown);
        const bool atOnce = engine.state().chat(testChat(1));
        engine.settle();
        const bool atLast = engine.state().chat(testChat(1));
        QVERIFY(!atOnce || atLast);
        ++(atOnce ? appliedFirst : atLast ? appliedLate : never);
    }
    QVERIFY(appliedFirst > 0 && appliedLate > 0 && never > 0);
}

void TestHostileStore::anAppendThatComesTooLateIsNothing()
{
    Hostility hostility;
    hostility.unknown = 0.5;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, hostility, counts);
        Ears owner(engine);
        ChatWriter writer = founded(1, engine.epoch());
        const ChatAppend append = writer.take();
        // Whoever does not know writes the same again, until somebody says what became of it.
        quint64 batch = 0;
        do {
            owner.store().append(++batch, {append});
            while (!owner.outcomes.contains({batch, 0}))
                QVERIFY(engine.step());
        } while ((owner.outcomes[{batch, 0}]) == Outcome::Unknown);
        engine.settle();
        QCOMPARE(engine.state().chat(testChat(1))->entries.size(), size_t(1));
        QCOMPARE(*engine.state().chat(testChat(1))->state, writer.state());
    }
}

void TestHostileStore::whatADeadOwnerWroteMayStillArrive()
{
    int arrived = 0;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, {}, counts);
        Ears owner(engine);
        owner.store().append(1, {founded(1, engine.epoch()).take()});
        owner.store().load(stateOf(testChat(1), 1));
        if (seed % 2 == 0)
            engine.step();
        owner.die();
        const size_t heard = owner.outcomes.size() + owner.answers.size();
        engine.settle();
        QCOMPARE(owner.outcomes.size() + owner.answers.size(), heard);
        arrived += engine.state().chat(testChat(1)) ? 1 : 0;
    }
    QVERIFY(arrived > 0);
}

void TestHostileStore::aReaderIsBehindAndNeverGoesBack()
{
    Hostility hostility;
    hostility.lagMs = 60'000;
    int stale = 0;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, hostility, counts);
        Ears owner(engine);
        ChatWriter writer = founded(1, engine.epoch());
        qint64 seen = 0;
        for (quint64 batch = 1; batch <= 5; ++batch) {
            owner.store().append(batch, {writer.take()});
            while (!owner.outcomes.contains({batch, 0}))
                QVERIFY(engine.step());
            const auto chat = owner.reader().chat(testChat(1));
            const qint64 sees = chat ? chat->head : 0;
            QVERIFY(sees >= seen && sees <= writer.state().head);
            stale += sees < writer.state().head ? 1 : 0;
            seen = sees;
            writer.post(testUser(1));
        }
        // What must be current is, and from then on all else of that chat is as new.
        const qint64 head = engine.state().chat(testChat(1))->state->head;
        QCOMPARE(*owner.reader().head(testChat(1)), head);
        QCOMPARE(owner.reader().chat(testChat(1))->head, head);
        QCOMPARE(qint64(owner.reader().entries(testChat(1), 1, head)->size()), head);
    }
    QVERIFY(stale > 0);
}

void TestHostileStore::aReaderIsBehindForSoLongOnly()
{
    Hostility hostility;
    hostility.lagMs = 60'000;
    Counts counts;
    HostileStore engine(3, hostility, counts);
    engine.tick(1'000'000);
    Ears owner(engine);
    owner.store().append(1, {founded(1, engine.epoch()).take()});
    engine.settle();
    engine.tick(1'000'000 + hostility.lagMs);
    QVERIFY(owner.reader().chat(testChat(1)));
}

void TestHostileStore::aPartitionThatIsAwayLeavesOthersAlone()
{
    Hostility hostility;
    hostility.away = 1;
    Counts counts;
    HostileStore engine(5, hostility, counts);
    Ears owner(engine);
    owner.store().append(1, {founded(1, engine.epoch()).take()});
    while (owner.outcomes.empty())
        QVERIFY(engine.step());
    UserAppend user;
    user.user = testUser(1);
    user.epoch = engine.epoch();
    user.create = UserAggregate{};
    owner.store().append(2, {user});
    while (owner.outcomes.size() < 2)
        QVERIFY(engine.step());
    for (qint64 now = 1; !engine.isAway(testChat(1)); ++now)
        engine.tick(now);
    QVERIFY(!owner.reader().head(testChat(1)));
    QCOMPARE(owner.reader().head(testChat(1)).error().code, ErrorCode::Unavailable);
    QVERIFY(!owner.store().pendingDerived());
    // Another chat is written as ever.
    owner.store().append(3, {founded(2, engine.epoch()).take()});
    for (int i = 0; i < manySteps && !owner.outcomes.contains({3, 0}); ++i)
        engine.step();
    QCOMPARE((owner.outcomes[{3, 0}]), Outcome::Applied);
    // And this one is there again.
    engine.endFaults();
    QCOMPARE(*owner.reader().head(testChat(1)), 1);
}

void TestHostileStore::aLoadSeesNoOlderMomentThanItsAsking()
{
    Hostility hostility;
    hostility.lagMs = 60'000;
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        HostileStore engine(seed, hostility, counts);
        Ears owner(engine);
        Ears other(engine);
        ChatWriter writer = founded(1, engine.epoch());
        owner.store().append(1, {writer.take()});
        while (owner.outcomes.empty())
            QVERIFY(engine.step());
        other.store().load(stateOf(testChat(1), 7));
        writer.post(testUser(1));
        owner.store().append(2, {writer.take()});
        engine.settle();
        const Loaded &answer = other.answers.at(7);
        QVERIFY(answer.head == 1 || answer.head == 2);
        QCOMPARE(answer.state->head, *answer.head);
        QCOMPARE(answer.epoch, engine.epoch());
    }
}

void TestHostileStore::everythingComesToRest()
{
    SeededRandom random(11);
    for (quint64 seed = 1; seed <= seeds; ++seed) {
        Counts counts;
        Hostility hostility = Hostility::draw(random);
        HostileStore engine(seed, hostility, counts);
        Ears owner(engine);
        std::vector<Append> batch;
        for (int chat = 1; chat <= 5; ++chat)
            batch.push_back(founded(chat, engine.epoch()).take());
        owner.store().append(1, std::move(batch));
        owner.store().load(stateOf(testChat(1), 1));
        engine.tick(1'000);
        engine.endFaults();
        engine.settle();
        QCOMPARE(owner.outcomes.size(), size_t(5));
        QCOMPARE(owner.answers.size(), size_t(1));
        QVERIFY(!engine.step());
    }
}

QTEST_GUILESS_MAIN(TestHostileStore)
#include "tst_hostilestore.moc"
