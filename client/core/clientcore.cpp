// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/clientcore.h"

#include "shared/assert.h"
#include "shared/product.h"

namespace parley {

namespace {

/// Before it has signed in a device may send 4 KiB only: what it has beyond this many chats
/// follows in catchUp.
constexpr size_t helloChats = 48;

} // namespace

ClientCore::ClientCore(Cache &cache, Random &random, const UserId &me)
    : m_cache(cache)
    , m_random(random)
    , m_me(me)
    , m_ids(random)
    , m_outbox(cache, m_dirty)
    , m_sync(cache, m_outbox, m_dirty, me)
    , m_state(cache, m_dirty)
    , m_people(cache, m_dirty)
    , m_screen(cache, m_chats, m_outbox, m_state, m_people, me)
{
}

Status ClientCore::load()
{
    PARLEY_ASSERT(!m_isWriting && m_phase == Phase::Closed);
    const CachedMeta meta = m_cache.meta();
    if (auto error = m_cache.takeError())
        return *error;
    if (meta.user && *meta.user != m_me)
        return Error(
            ErrorCode::Conflict, QStringLiteral("The cache belongs to another user's account"));
    if (!meta.user) {
        m_cache.begin();
        CachedMeta mine = meta;
        mine.user = m_me;
        m_cache.saveMeta(mine);
        if (auto done = m_cache.commit(); !done)
            return done;
    }
    return readAll();
}

Status ClientCore::readAll()
{
    const CachedMeta meta = m_cache.meta();
    PARLEY_ASSERT(!m_isWriting);
    m_epoch = meta.epoch;
    m_state.load(meta.userRevision);
    m_people.load();
    m_outbox.load();
    readChats();
    m_dirty.isAll = true;
    if (auto error = m_cache.takeError()) {
        m_isBroken = true;
        return *error;
    }
    return Done{};
}

void ClientCore::readChats()
{
    m_chats.clear();
    m_toPage.clear();
    m_toMark.clear();
    m_toFetch.clear();
    m_toBackfill.clear();
    m_toAskMembers.clear();
    for (const CachedChat &record : m_cache.chats()) {
        Chat &chat = m_chats[record.id];
        chat.record = record;
        m_sync.load(chat);
        PARLEY_ASSERT(chat.id() == record.id);
    }
    for (const auto &[id, state] : m_state.allJoined())
        chatFor(id).joined = state;
    for (const auto &[id, chat] : m_chats) {
        m_toMark.insert(id);
        m_toBackfill.insert(id);
    }
    noteOwnCreations();
}

void ClientCore::noteOwnCreations()
{
    for (const ChatId &id : m_outbox.chats()) {
        Chat &chat = chatFor(id);
        for (const OutboxItem &item : m_outbox.items(id)) {
            if (item.operation.kind != Kind::Create || chat.record.info)
                continue;
            PARLEY_ASSERT(item.chat == id && !m_isWriting);
            // Only after a restore: the record went with the cache, the wish did not.
            m_cache.begin();
            m_sync.applyOwnCreation(chat, item.operation, Uuid7::timeMs(item.operation.id));
            if (auto done = m_cache.commit(); !done)
                m_isBroken = true;
        }
    }
    m_people.mention(m_sync.takeSeenUsers());
}

Status ClientCore::fail(const Error &error)
{
    closeConnection();
    tell(notice::CacheFailed{error});
    if (auto read = readAll(); !read)
        m_isBroken = true;
    return error;
}

Chat &ClientCore::chatFor(const ChatId &id)
{
    const auto [place, isNew] = m_chats.try_emplace(id);
    if (isNew)
        place->second.record.id = id;
    PARLEY_ASSERT(place->second.id() == id);
    return place->second;
}

const Chat *ClientCore::chat(const ChatId &id) const
{
    const auto found = m_chats.find(id);
    return found == m_chats.end() ? nullptr : &found->second;
}

std::vector<Have> ClientCore::have() const
{
    std::vector<Have> result;
    for (const auto &[id, chat] : m_chats) {
        if (chat.isMine())
            result.push_back(chat.have(m_me));
    }
    return result;
}

Changes ClientCore::takeChanges()
{
    PARLEY_ASSERT(!m_isWriting);
    if (m_dirty.isEmpty())
        return {};
    const Changes changes = m_screen.changes(std::exchange(m_dirty, {}), m_now.wallMs);
    if (auto error = m_cache.takeError())
        tell(notice::CacheFailed{*error});
    return changes;
}

void ClientCore::wakeAt(qint64 steadyMs)
{
    m_wakeUpMs = std::min(m_wakeUpMs.value_or(steadyMs), steadyMs);
}

void ClientCore::tick(Moment now)
{
    PARLEY_ASSERT(!m_isWriting && now.steadyMs >= m_now.steadyMs);
    m_now = now;
    m_people.expireTyping(now.steadyMs);
    if (m_phase != Phase::Closed) {
        const auto deadline = m_requests.deadlineMs();
        const bool isOverdue = deadline && now.steadyMs >= *deadline;
        if (isOverdue || now.steadyMs >= m_lastReceivedMs + limits::silenceMs)
            closeConnection();
    }
    pump();
}

void ClientCore::connected(const Greeting &greeting)
{
    disconnected();
    if (m_isBroken)
        return;
    m_phase = Phase::Greeting;
    m_wantsClose = false;
    PARLEY_ASSERT(m_frames.empty() && m_requests.unanswered() == 0);
    m_lastReceivedMs = m_now.steadyMs;
    m_heartbeats = 0;
    m_isFocusUnsaid = m_focus.has_value();
    m_isWatchUnsaid = !m_watched.empty();

    m_greetedHave = have();
    Hello hello;
    hello.versions = {protocolVersion};
    hello.device = greeting.device;
    hello.app = greeting.app;
    hello.auth.token = greeting.token;
    hello.epoch = m_epoch;
    hello.userRevision = m_state.revision();
    m_greetedCount = std::min(helloChats, m_greetedHave.size());
    const auto end = m_greetedHave.begin() + std::ptrdiff_t(m_greetedCount);
    hello.have.assign(m_greetedHave.begin(), end);
    PARLEY_ASSERT(hello.have.size() <= helloChats);
    hello.more = m_greetedCount < m_greetedHave.size();
    request(hello);
    pump();
}

void ClientCore::disconnected()
{
    PARLEY_ASSERT(!m_isWriting);
    m_phase = Phase::Closed;
    m_frames.clear();
    for (const auto &[number, pending] : m_requests.takeAll()) {
        if (pending.ticket)
            tell(notice::Answered{pending.ticket, ErrorCode::Unavailable});
    }
    for (auto &[id, chat] : m_chats)
        chat.session = {};
    m_toPage.clear();
    m_toFetch.clear();
    m_toAskMembers.clear();
    m_digest = 0;
    m_usersRequest = 0;
    m_stateNotBeforeMs = 0;
    m_typingChat.reset();
    m_deliveryWanted.clear();
    m_state.disconnected();
    m_people.disconnected();
    pump();
}

void ClientCore::closeConnection()
{
    if (m_phase == Phase::Closed)
        return;
    disconnected();
    PARLEY_ASSERT(m_phase == Phase::Closed && m_requests.unanswered() == 0);
    m_wantsClose = true;
}

RequestNumber ClientCore::request(const Command &command, quint64 ticket)
{
    const RequestNumber number = m_requests.add(command, m_now.steadyMs, ticket);
    // Only what is committed is sent.
    PARLEY_ASSERT(!m_isWriting && number != 0 && m_phase != Phase::Closed);
    m_frames.push_back({number, command});
    return number;
}

void ClientCore::sendCatchUps(const std::vector<Have> &have, size_t from)
{
    PARLEY_ASSERT(from <= have.size() && m_phase == Phase::CatchingUp);
    do {
        const size_t count = std::min(have.size() - from, size_t(limits::haveItems));
        CatchUp catchUp;
        catchUp.epoch = m_epoch;
        catchUp.userRevision = m_state.revision();
        const auto begin = have.begin() + std::ptrdiff_t(from);
        catchUp.have.assign(begin, begin + std::ptrdiff_t(count));
        from += count;
        catchUp.more = from < have.size();
        request(catchUp);
    } while (from < have.size());
}

void ClientCore::catchUpAgain()
{
    if (m_phase != Phase::Live && m_phase != Phase::CatchingUp)
        return;
    m_phase = Phase::CatchingUp;
    m_requests.abandonReads();
    m_toPage.clear();
    for (auto &[id, chat] : m_chats) {
        chat.session.page = 0;
        chat.session.wantsPage = false;
        chat.session.history = 0;
    }
    sendCatchUps(have(), 0);
}

void ClientCore::sendDigest()
{
    if (m_phase != Phase::Live || m_digest)
        return;
    const auto all = have();
    if (qsizetype(all.size()) > limits::haveItems) {
        // A digest is one list: of a longer one the server would take the rest for lacking.
        catchUpAgain();
        return;
    }
    PARLEY_ASSERT(qsizetype(all.size()) <= limits::haveItems);
    m_digest = request(Digest{m_state.revision(), all});
}

void ClientCore::received(const ServerFrame &frame)
{
    if (m_phase == Phase::Closed)
        return;
    PARLEY_ASSERT(!m_isWriting && !m_wantsClose);
    m_lastReceivedMs = m_now.steadyMs;
    if (const auto *answered = std::get_if<Answer>(&frame))
        answer(*answered);
    else if (const auto *refused = std::get_if<Refused>(&frame))
        refuse(*refused);
    else if (const auto *event = std::get_if<Event>(&frame))
        std::visit([this](const auto &each) { on(each); }, *event);
    m_people.mention(m_sync.takeSeenUsers());
    pump();
}

} // namespace parley
