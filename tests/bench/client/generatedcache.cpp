// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/client/generatedcache.h"

#include "client/account/accountfile.h"
#include "client/cache/sqlitecache.h"
#include "client/core/statekeys.h"
#include "shared/protocol/text.h"
#include "tests/e2e/replay/irclog.h"

#include <QtCore/QDir>

#include <random>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace parley::bench {

namespace {

constexpr qint64 historyMs = 2LL * 365 * 24 * 60 * 60 * 1000;
constexpr int rowsAtOnce = 20'000;
constexpr qsizetype membersMost = 40;
/// The own lines among all: one of so many.
constexpr int ownOneOf = 8;
/// An answer to one of the last messages: one of so many.
constexpr int replyOneOf = 10;

template <typename IdType>
IdType idOf(quint8 kind, quint64 number)
{
    std::array<quint8, 16> bytes{};
    bytes[0] = kind;
    for (size_t at = 0; at < 8; ++at)
        bytes[8 + at] = quint8(number >> (56 - 8 * at));
    return IdType::fromArray(bytes);
}

/// RFC 9562, version 7: the time in front.
MessageId messageId(qint64 timeMs, quint64 number)
{
    std::array<quint8, 16> bytes{};
    for (size_t at = 0; at < 6; ++at)
        bytes[at] = quint8(timeMs >> (40 - 8 * at));
    bytes[6] = 0x70;
    bytes[8] = 0x80;
    for (size_t at = 0; at < 7; ++at)
        bytes[9 + at] = quint8(number >> (48 - 8 * at));
    return MessageId::fromArray(bytes);
}

UserId me()
{
    return idOf<UserId>(1, 0);
}

class Generator {
public:
    Generator(SqliteCache &cache, const CachePlan &plan, const std::vector<SaidLine> &said)
        : m_cache(cache)
        , m_plan(plan)
        , m_said(said)
        , m_random(plan.seed)
    {
    }

    Result<std::vector<GeneratedChat>> run()
    {
        meetPeople();
        beginChats();
        if (auto done = sayEverything(); !done)
            return done.error();
        if (auto done = finish(); !done)
            return done.error();
        return m_chats;
    }

private:
    void meetPeople()
    {
        m_users.emplace(QString(), me());
        m_people.push_back({me(), u"robin"_s, u"Robin"_s, {}, {}, {}, 1});
        for (const SaidLine &line : m_said) {
            const auto user = idOf<UserId>(1, m_people.size());
            if (m_users.try_emplace(line.nick, user).second)
                m_people.push_back(
                    {user, u"person%1"_s.arg(m_people.size()), line.nick, {}, {}, {}, 1});
        }
    }

    // The n-th as likely as a n-th of the first.
    void beginChats()
    {
        std::vector<double> weights;
        for (int number = 0; number < m_plan.chats; ++number) {
            weights.push_back(1.0 / (number + 1));
            m_chats.push_back({idOf<ChatId>(2, quint64(number)), u"Group %1"_s.arg(number + 1), 0});
        }
        m_lasts.resize(m_chats.size());
        m_members.resize(m_chats.size());
        m_which = std::discrete_distribution<size_t>(weights.begin(), weights.end());
    }

    quint64 pick(quint64 count) { return m_random() % count; }

    Status sayEverything()
    {
        m_cache.begin();
        for (int number = 0; number < m_plan.messages; ++number) {
            say(number);
            if (number % rowsAtOnce == rowsAtOnce - 1) {
                if (auto done = m_cache.commit(); !done)
                    return done;
                m_cache.begin();
            }
        }
        return m_cache.commit();
    }

    void say(int number)
    {
        const size_t which = m_which(m_random);
        const SaidLine &line = m_said[size_t(number) % m_said.size()];
        Row row;
        row.seq = row.revision = ++m_chats[which].messages;
        row.time = m_plan.newestMs - historyMs
            + qint64(double(historyMs) * double(number + 1) / double(m_plan.messages));
        row.id = messageId(row.time, quint64(number));
        row.sender = pick(ownOneOf) == 0 ? me() : m_users.at(line.nick);
        row.contentType = ContentType::Text;
        row.payload = toCbor(TextBody{line.text, {}});
        if (m_lasts[which] && pick(replyOneOf) == 0)
            row.replyTo = m_lasts[which]->id;
        m_cache.saveRow(m_chats[which].id, row);
        auto &members = m_members[which];
        if (members.size() < membersMost && row.sender != me() && !members.contains(row.sender))
            members.append(row.sender);
        m_lasts[which] = std::move(row);
    }

    Status finish()
    {
        m_cache.begin();
        CachedMeta meta;
        meta.user = me();
        meta.epoch = idOf<Epoch>(3, 1);
        meta.userRevision = qint64(m_chats.size());
        meta.serverTimeMs = m_plan.newestMs;
        m_cache.saveMeta(meta);
        for (const UserRow &person : m_people)
            m_cache.saveUser(person);
        for (size_t which = 0; which < m_chats.size(); ++which)
            finishChat(which);
        return m_cache.commit();
    }

    void finishChat(size_t which)
    {
        const GeneratedChat &chat = m_chats[which];
        const auto &members = m_members[which];
        CachedChat record;
        record.id = chat.id;
        record.head = record.unreadHead = chat.messages;
        record.info = ChatRow{ChatKind::Group, chat.title, 1, 1, quint32(members.size()) + 1, {}};
        record.last = m_lasts[which];
        m_cache.saveChat(record);
        m_cache.saveState({statekeys::chat(chat.id), toCbor(ChatState{1, 1}), qint64(which) + 1});
        m_cache.saveMember(chat.id, {me(), MemberState::Member, Role::Owner, 1, 1, false, false});
        m_cache.saveMark(chat.id, {me(), chat.messages, chat.messages});
        for (const UserId &user : members) {
            m_cache.saveMember(
                chat.id, {user, MemberState::Member, Role::Member, 1, 1, false, false});
            m_cache.saveMark(chat.id, {user, chat.messages, chat.messages});
        }
        if (chat.messages > 0)
            m_cache.saveIntervals(chat.id, {{}, {1, chat.messages}});
    }

    SqliteCache &m_cache;
    const CachePlan &m_plan;
    const std::vector<SaidLine> &m_said;
    std::mt19937_64 m_random;
    std::discrete_distribution<size_t> m_which;
    std::unordered_map<QString, UserId> m_users;
    std::vector<UserRow> m_people;
    std::vector<GeneratedChat> m_chats;
    std::vector<std::optional<Row>> m_lasts;
    std::vector<QList<UserId>> m_members;
};

} // namespace

Result<std::vector<SaidLine>> readSaid(const QString &folder)
{
    std::vector<SaidLine> said;
    const QDir days(folder);
    for (const QString &name : days.entryList({u"*.log"_s}, QDir::Files, QDir::Name)) {
        QFile file(days.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return Error(ErrorCode::NotFound, u"%1: %2"_s.arg(file.fileName(), file.errorString()));
        for (const IrcLine &line : parseIrcLog(file.readAll())) {
            if (line.isSaid())
                said.push_back({line.nick, line.text});
        }
    }
    if (said.empty())
        return Error(ErrorCode::NotFound, u"%1 holds no logs (*.log) of chats"_s.arg(folder));
    return said;
}

Result<std::vector<GeneratedChat>> generateCache(
    const Profile &profile, const CachePlan &plan, const std::vector<SaidLine> &said)
{
    if (auto made = profile.make(); !made)
        return made.error();
    StoredAccount account;
    account.address = u"ws://127.0.0.1:1/"_s;
    account.serverName = u"nobody"_s;
    account.user = me();
    account.userName = u"robin"_s;
    account.device = idOf<DeviceId>(4, 1);
    account.tokenPlace = TokenPlace::File;
    if (auto saved = AccountFile(profile).save(account); !saved)
        return saved.error();
    const QByteArray token(32, 'x');
    if (auto saved = writePrivately(profile.file(u"token"_s), token.toBase64()); !saved)
        return saved.error();
    auto cache = SqliteCache::open(profile.folder());
    if (!cache)
        return cache.error();
    return Generator(**cache, plan, said).run();
}

} // namespace parley::bench
