// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/service.h"

#include "server/messages/chatdesk.h"
#include "server/messages/directorydesk.h"
#include "server/messages/userdesk.h"
#include "shared/assert.h"
#include "shared/mutation.h"

#include <deque>

namespace parley {
namespace {
constexpr qint64 derivedAgainMs = 5'000;
constexpr qint64 othersDerivedMs = 60'000;
} // namespace

/// The desks, and the ways between them and the store. A call from outside runs until nothing can
/// go on; then everything that waits to be written goes to the store as one batch, and what the
/// store has confirmed goes out as one.
class MessageService::Part : public DeskContext {
public:
    Part(Store &store, ServiceOutlet &outlet, const ServiceLimits &serviceLimits)
        : m_store(store)
        , m_outlet(outlet)
        , m_directory(*this)
    {
        limits = serviceLimits;
        chatQuota = Quota(serviceLimits.announced.chatsPerHour);
        requestQuota = Quota(serviceLimits.requestsPerHour);
        memberQuota = Quota(serviceLimits.announced.addedMembersPerHour);
        m_directory.agreed = [this](Queued command) { toUser(std::move(command)); };
    }

    void load(Desk &asker, LoadRequest request) override;
    void append(Desk &asker, Append append) override;
    void output(ServiceOutput output) override { m_outputs.push_back(std::move(output)); }
    void enqueue(Queued command) override;
    void enqueue(PromisedWord word) override;
    void enqueue(ReceiptsDoubt doubt) override;

    /// Derived writes are repeated until done: those that failed are taken up now and then.
    void repeatDerived();
    void noteDerivedTried() { m_derivedTriedMs = nowMs; }
    void run();
    void loaded(Loaded answer);
    void appended(quint64 batch, std::vector<Outcome> outcomes, size_t firstPlace);
    bool isBusy() const { return !m_loads.empty() || !m_batches.empty(); }

private:
    void toUser(Queued command);
    void control(const Queued &command);
    ChatDesk &chatDesk(const ChatId &chat);
    UserDesk &userDesk(const UserId &user);
    void wake(Desk &desk) { m_ready.push_back(&desk); }
    void takeLoaded();
    void takeOutcomes();
    void forgetIdle();
    void forgetIdleChats();

    Store &m_store;
    ServiceOutlet &m_outlet;
    DirectoryDesk m_directory;
    std::unordered_map<ChatId, std::unique_ptr<ChatDesk>> m_chats;
    std::unordered_map<UserId, std::unique_ptr<UserDesk>> m_users;
    std::deque<Desk *> m_ready; ///< in the order of their first command: replays are the same
    std::deque<Loaded> m_loaded;
    struct Outcomes {
        quint64 batch = 0;
        size_t firstPlace = 0;
        std::vector<Outcome> outcomes;
    };
    std::deque<Outcomes> m_outcomes;
    std::unordered_map<quint64, Desk *> m_loads;
    std::map<quint64, std::vector<Desk *>> m_batches; ///< null: its outcome is known
    std::vector<Append> m_appends;
    std::vector<Desk *> m_appenders;
    std::vector<ServiceOutput> m_outputs;
    quint64 m_lastTicket = 0;
    quint64 m_lastBatch = 0;
    qint64 m_derivedTriedMs = 0;
    size_t m_chatsLookedAt = 0; ///< how many stayed when idle ones were last looked for
    bool m_running = false;
};

void MessageService::Part::load(Desk &asker, LoadRequest request)
{
    request.ticket = ++m_lastTicket;
    PARLEY_ASSERT(request.chat || request.user || request.userName || request.inviteHash);
    m_loads.emplace(request.ticket, &asker);
    m_store.load(std::move(request));
}

void MessageService::Part::append(Desk &asker, Append append)
{
    PARLEY_ASSERT(m_appends.size() == m_appenders.size());
    m_appends.push_back(std::move(append));
    m_appenders.push_back(&asker);
}

void MessageService::Part::loaded(Loaded answer)
{
    m_loaded.push_back(std::move(answer));
    run();
}

void MessageService::Part::appended(quint64 batch, std::vector<Outcome> outcomes, size_t firstPlace)
{
    m_outcomes.push_back(Outcomes{batch, firstPlace, std::move(outcomes)});
    run();
}

void MessageService::Part::takeLoaded()
{
    PARLEY_ASSERT(m_running && !m_loaded.empty());
    Loaded answer = std::move(m_loaded.front());
    m_loaded.pop_front();
    const auto asker = m_loads.extract(answer.ticket);
    PARLEY_ASSERT(!asker.empty());
    asker.mapped()->loaded(std::move(answer));
}

void MessageService::Part::takeOutcomes()
{
    PARLEY_ASSERT(m_running && !m_outcomes.empty());
    const Outcomes told = std::move(m_outcomes.front());
    m_outcomes.pop_front();
    const auto batch = m_batches.find(told.batch);
    PARLEY_ASSERT(batch != m_batches.end());
    std::vector<Desk *> &desks = batch->second;
    PARLEY_ASSERT(told.firstPlace + told.outcomes.size() <= desks.size());
    for (size_t i = 0; i < told.outcomes.size(); ++i) {
        Desk *desk = std::exchange(desks[told.firstPlace + i], nullptr);
        PARLEY_ASSERT(desk);
        desk->appended(told.outcomes[i]);
    }
    if (std::all_of(desks.begin(), desks.end(), [](const Desk *desk) { return !desk; }))
        m_batches.erase(batch);
}

void MessageService::Part::run()
{
    // The embedded store answers within the call: the outermost run takes its answers up, so that
    // nothing nests however much waits.
    if (m_running)
        return;
    m_running = true;
    for (;;) {
        if (!m_outcomes.empty()) {
            takeOutcomes();
        } else if (!m_loaded.empty()) {
            takeLoaded();
        } else if (!m_ready.empty()) {
            Desk *desk = m_ready.front();
            m_ready.pop_front();
            PARLEY_ASSERT(desk);
            desk->proceed();
        } else if (!m_appends.empty()) {
            PARLEY_ASSERT(m_appends.size() == m_appenders.size());
            const quint64 batch = ++m_lastBatch;
            m_batches.emplace(batch, std::exchange(m_appenders, {}));
            m_store.append(batch, std::exchange(m_appends, {}));
        } else {
            break;
        }
    }
    PARLEY_ASSERT(m_appends.empty() && m_ready.empty() && m_loaded.empty());
    m_running = false;
    if (!m_outputs.empty())
        m_outlet.deliver(std::exchange(m_outputs, {}));
    forgetIdle();
}

void MessageService::Part::enqueue(Queued queued)
{
    const ServiceCommand &command = queued.command;
    const bool leaves = std::holds_alternative<Detach>(command);
    if (!leaves && sessions.wasEnded(queued.origin.session)) {
        // A removal of the device holds from its commit on, also for what was already on its way.
        if (queued.origin.request != 0)
            refuse(queued.origin, Error(ErrorCode::NotSignedIn));
        return;
    }
    if (const auto *send = std::get_if<Send>(&command)) {
        ChatDesk &desk = chatDesk(send->chat);
        desk.take(std::move(queued));
        wake(desk);
    } else if (const auto *mark = std::get_if<MarkUp>(&command)) {
        ChatDesk &desk = chatDesk(mark->chat);
        desk.take(std::move(queued));
        wake(desk);
    } else if (const auto *page = std::get_if<Page>(&command)) {
        ChatDesk &desk = chatDesk(page->chat);
        desk.take(std::move(queued));
        wake(desk);
    } else if (const auto *typing = std::get_if<Typing>(&command)) {
        ChatDesk &desk = chatDesk(typing->chat);
        desk.take(std::move(queued));
        wake(desk);
    } else if (std::holds_alternative<Focus>(command) || std::holds_alternative<Detach>(command)) {
        control(queued);
    } else if (DirectoryDesk::isFor(command)) {
        m_directory.take(std::move(queued));
        wake(m_directory);
    } else {
        toUser(std::move(queued));
    }
}

void MessageService::Part::enqueue(PromisedWord word)
{
    PARLEY_ASSERT(!word.derived.user.isNull() && word.derived.at.at > 0);
    UserDesk &desk = userDesk(word.derived.user);
    desk.take(std::move(word));
    wake(desk);
}

void MessageService::Part::enqueue(ReceiptsDoubt doubt)
{
    UserDesk &desk = userDesk(doubt.user);
    desk.take(doubt);
    wake(desk);
}

void MessageService::Part::repeatDerived()
{
    // A clock that was set back must not stop it.
    // Another owner may have promised, and gone: looked for more rarely.
    const qint64 pauseMs = hasOpenDerived ? derivedAgainMs : othersDerivedMs;
    const bool isRecent = nowMs >= m_derivedTriedMs && nowMs - m_derivedTriedMs < pauseMs;
    if (isRecent || mutation(Mutation::DerivedForgotten))
        return;
    m_derivedTriedMs = nowMs;
    const auto pending = m_store.pendingDerived();
    if (!pending)
        return;
    hasOpenDerived = false;
    for (const Derived &derived : *pending)
        enqueue(PromisedWord{derived, m_store.epoch()});
}

void MessageService::Part::control(const Queued &queued)
{
    const SessionRef &ref = queued.origin.session;
    if (const auto *detach = std::get_if<Detach>(&queued.command)) {
        if (detach->keepAttached)
            sessions.quieten(ref);
        else
            sessions.detach(ref);
        return;
    }
    const Focus &focus = std::get<Focus>(queued.command);
    if (focus.chat) {
        ChatDesk &desk = chatDesk(*focus.chat);
        desk.take(queued);
        wake(desk);
        return;
    }
    if (Sessions::Session *session = sessions.find(ref)) {
        session->focus.reset();
        answer(queued.origin, toCbor(Accepted{}));
    }
}

void MessageService::Part::toUser(Queued queued)
{
    const UserId user = std::visit(
        [&]<typename T>(const T &command) -> UserId {
            if constexpr (requires { command.user; })
                return command.user;
            else
                return queued.origin.user;
        },
        queued.command);
    UserDesk &desk = userDesk(user);
    desk.take(std::move(queued));
    wake(desk);
}

ChatDesk &MessageService::Part::chatDesk(const ChatId &chat)
{
    std::unique_ptr<ChatDesk> &desk = m_chats[chat];
    if (!desk)
        desk = std::make_unique<ChatDesk>(*this, chat);
    return *desk;
}

UserDesk &MessageService::Part::userDesk(const UserId &user)
{
    std::unique_ptr<UserDesk> &desk = m_users[user];
    if (!desk)
        desk = std::make_unique<UserDesk>(*this, user);
    return *desk;
}

void MessageService::Part::forgetIdle()
{
    // Looking at all chats after each batch would cost more than the memory: only once a tenth more
    // than stayed the last time has come.
    const size_t most = std::max(limits.cachedChats, m_chatsLookedAt);
    if (m_chats.size() > most + (m_chatsLookedAt > limits.cachedChats ? most / 10 : 0))
        forgetIdleChats();
    // What users' desks remember is nothing: they are kept only to spare making them.
    if (m_users.size() > limits.cachedUsers)
        std::erase_if(m_users, [](const auto &item) { return item.second->isIdle(); });
}

void MessageService::Part::forgetIdleChats()
{
    // Not all of them: what is warm would be read again.
    const size_t wanted = limits.cachedChats - limits.cachedChats / 10;
    for (auto chat = m_chats.begin(); chat != m_chats.end() && m_chats.size() > wanted;) {
        const bool mayGo = chat->second->isIdle() && !sessions.hasLive(chat->first);
        chat = mayGo ? m_chats.erase(chat) : std::next(chat);
    }
    m_chatsLookedAt = m_chats.size();
}

MessageService::MessageService(Store &store, ServiceOutlet &outlet, ServiceLimits limits)
    : m_part(std::make_unique<Part>(store, outlet, limits))
{
    store.setListener(this);
    m_store = &store;
}

MessageService::~MessageService()
{
    m_store->setListener(nullptr);
}

Status MessageService::start(qint64 nowMs)
{
    auto pending = m_store->pendingDerived();
    if (!pending)
        return pending.error();
    m_part->nowMs = nowMs;
    m_part->noteDerivedTried();
    if (mutation(Mutation::DerivedForgotten))
        pending->clear();
    for (const Derived &derived : *pending)
        m_part->enqueue(PromisedWord{derived, m_store->epoch()});
    m_part->run();
    return Done{};
}

void MessageService::handle(std::vector<Queued> batch, qint64 nowMs)
{
    m_part->nowMs = nowMs;
    m_part->repeatDerived();
    for (Queued &command : batch)
        m_part->enqueue(std::move(command));
    m_part->run();
}

bool MessageService::isBusy() const
{
    return m_part->isBusy();
}

void MessageService::loaded(Loaded answer)
{
    m_part->loaded(std::move(answer));
}

void MessageService::appended(quint64 batch, std::vector<Outcome> outcomes)
{
    m_part->appended(batch, std::move(outcomes), 0);
}

void MessageService::appendedOne(quint64 batch, size_t place, Outcome outcome)
{
    m_part->appended(batch, {outcome}, place);
}

} // namespace parley
