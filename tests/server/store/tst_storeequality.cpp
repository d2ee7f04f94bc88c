// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/conformance.h"

#include <numeric>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr int chatCount = 4;
constexpr int userCount = 5;

/// The same random life for several engines at once.
class Lives {
public:
    Lives(quint32 seed, std::vector<Engine *> engines)
        : m_random(seed)
        , m_engines(std::move(engines))
    {
    }

    // One append for each chat at most: a chat's next one waits for the outcome of the last.
    void step()
    {
        std::vector<int> chats(chatCount);
        std::iota(chats.begin(), chats.end(), 0);
        std::shuffle(chats.begin(), chats.end(), m_random);
        chats.resize(size_t(m_random.bounded(1, chatCount + 1)));
        std::vector<size_t> authors;
        std::vector<Append> forFirst;
        std::vector<Append> forSecond;
        for (const int chat : chats) {
            authors.push_back(size_t(m_random.bounded(2)));
            ChatAppend append = next(m_lives[chat], chat, authors.back());
            append.epoch = m_engines[0]->store().epoch();
            forFirst.emplace_back(append);
            append.epoch = m_engines[1]->store().epoch();
            forSecond.emplace_back(append);
        }
        const auto first = m_engines[0]->driver().appendAll(forFirst);
        const auto second = m_engines[1]->driver().appendAll(forSecond);
        QCOMPARE(first, second);
        for (size_t i = 0; i < chats.size(); ++i)
            learn(m_lives[chats[i]], authors[i], std::get<ChatAppend>(forFirst[i]), first[i]);
    }

    int moved() const { return m_moved; }
    int applied() const { return m_applied; }

private:
    /// Two writers of one chat: one of them is stale now and then.
    struct Life {
        std::vector<ChatWriter> writers;
        std::optional<ChatWriter> stored;
    };

    ChatAppend next(Life &life, int number, size_t author)
    {
        if (life.writers.empty()) {
            life.writers.assign(2, ChatWriter(testChat(number), Epoch()));
            for (ChatWriter &writer : life.writers) {
                writer.create(
                    number % 2 ? ChatKind::Group : ChatKind::Direct, {testUser(1), testUser(2)});
            }
        }
        act(life.writers[author]);
        return life.writers[author].take();
    }

    // As an owner does: who was refused reads again; the other learns by chance.
    void learn(Life &life, size_t author, const ChatAppend &append, Outcome outcome)
    {
        if (outcome == Outcome::HeadMoved) {
            ++m_moved;
            life.writers[author] = *life.stored;
            return;
        }
        ++m_applied;
        if (!append.entries.empty() || !append.operations.empty())
            life.stored = life.writers[author];
        if (life.stored && m_random.bounded(3) == 0)
            life.writers[1 - author] = *life.stored;
    }

    void act(ChatWriter &writer)
    {
        const UserId user = testUser(m_random.bounded(1, userCount + 1));
        const qint64 head = std::max<qint64>(1, writer.state().head);
        const qint64 place = m_random.bounded(1, int(head) + 1);
        const auto &rows = writer.rows();
        const auto row =
            rows.empty() ? rows.end() : std::next(rows.begin(), m_random.bounded(int(rows.size())));
        switch (m_random.bounded(9)) {
        case 0:
            return writer.mark(user, place, m_random.bounded(int(place) + 1));
        case 1:
            return (void)writer.refuse(user, ErrorCode::Forbidden);
        case 2:
            return row == rows.end() ? writer.setTitle(user, u"t"_s) : writer.remove(row->first);
        case 3:
            return row == rows.end() ? writer.setTitle(user, u"t"_s)
                                     : writer.edit(row->first, "edited");
        case 4:
            return writer.move(Kind::Add, testUser(1), user, MemberState::Member);
        case 5:
            return writer.move(Kind::Leave, user, user, MemberState::Left);
        case 6:
            writer.setReceiptsOff(user, m_random.bounded(2) == 0);
            return writer.derive(user, place);
        default:
            writer.post(user, QByteArray::number(m_random.generate()));
            return writer.mark(user, place, place);
        }
    }

    QRandomGenerator m_random;
    std::vector<Engine *> m_engines;
    std::map<int, Life> m_lives;
    int m_moved = 0;
    int m_applied = 0;
};

auto sorted(std::vector<Derived> all)
{
    std::sort(all.begin(), all.end(), [](const Derived &a, const Derived &b) {
        return std::tie(a.chat, a.user, a.at.at) < std::tie(b.chat, b.user, b.at.at);
    });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

class TestStoreEquality : public QObject {
    Q_OBJECT

    static void compareChats(Engine &one, Engine &other)
    {
        const auto a = one.reader();
        const auto b = other.reader();
        for (int number = 0; number < chatCount; ++number) {
            const ChatId chat = testChat(number);
            const auto state = a->chat(chat);
            const auto same = b->chat(chat);
            QCOMPARE(bool(state), bool(same));
            if (!state)
                continue;
            QVERIFY(*state == *same);
            QVERIFY(*a->entries(chat, 1, state->head) == *b->entries(chat, 1, state->head));
            QVERIFY(*a->rows(chat, 1, state->head) == *b->rows(chat, 1, state->head));
        }
        QCOMPARE(a->counts()->entries, b->counts()->entries);
        QCOMPARE(a->counts()->chats, b->counts()->chats);
        QVERIFY(sorted(*one.store().pendingDerived()) == sorted(*other.store().pendingDerived()));
    }

    static void compareHeads(Engine &one, Engine &other)
    {
        const auto a = one.reader();
        const auto b = other.reader();
        for (int number = 1; number <= userCount; ++number) {
            const auto heads = a->heads(testUser(number));
            const auto same = b->heads(testUser(number));
            QCOMPARE(heads->size(), same->size());
            for (size_t i = 0; i < heads->size(); ++i) {
                QCOMPARE(heads->at(i).chat, same->at(i).chat);
                QCOMPARE(heads->at(i).head, same->at(i).head);
                QCOMPARE(heads->at(i).marks, same->at(i).marks);
                QCOMPARE(heads->at(i).unread, same->at(i).unread);
                QCOMPARE(heads->at(i).since, same->at(i).since);
            }
        }
    }

private slots:
    void bothEnginesSayTheSame_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void bothEnginesSayTheSame()
    {
        QFETCH(quint32, seed);
        const auto memory = makeMemoryEngine();
        SqliteEngine sqlite;
        Lives lives(seed, {memory.get(), &sqlite});
        for (int round = 0; round < 60; ++round) {
            lives.step();
            if (round % 20 == 19) {
                compareChats(*memory, sqlite);
                compareHeads(*memory, sqlite);
                sqlite.reopen();
            }
        }
        compareChats(*memory, sqlite);
        QVERIFY(lives.moved() > 0);
        QVERIFY(lives.applied() > 0);
    }
};

QTEST_GUILESS_MAIN(TestStoreEquality)
#include "tst_storeequality.moc"
