// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/support/talk.h"

#include "client/core/statekeys.h"
#include "shared/protocol/text.h"

namespace parley {

QString textOf(const Row &row)
{
    const auto body = fromCbor<TextBody>(row.payload);
    return body ? body->text : QString();
}

Talk::Talk()
{
    start();
}

void Talk::start()
{
    auto file = SqliteCache::open(m_folder.path());
    if (!file)
        qFatal("%s", qPrintable(file.error().text));
    m_file = *std::move(file);
    m_failing = std::make_unique<FailingCache>(*m_file);
    m_core = std::make_unique<ClientCore>(*m_failing, m_random, me());
    m_core->tick(m_now);
    if (const auto loaded = m_core->load(); !loaded)
        qFatal("%s", qPrintable(loaded.error().text));
    m_core->setBackfill(false);
    (void)m_core->takeChanges();
}

void Talk::restart()
{
    m_core.reset();
    m_failing.reset();
    m_file.reset();
    m_sent.clear();
    start();
}

void Talk::advance(qint64 ms)
{
    m_now.wallMs += ms;
    m_now.steadyMs += ms;
    m_core->tick(m_now);
    take();
}

void Talk::take()
{
    for (ClientFrame &frame : m_core->takeFrames())
        m_sent.push_back(std::move(frame));
    for (notice::Any &notice : m_core->takeNotices())
        m_notices.push_back(std::move(notice));
}

QString Talk::sentNames() const
{
    QStringList names;
    for (const ClientFrame &frame : m_sent)
        names += QLatin1String(commandName(frame.command));
    return names.join(QLatin1Char(' '));
}

Hello Talk::connect()
{
    m_sent.clear();
    m_core->connected({QByteArray(32, 't'), {}, QStringLiteral("Test")});
    return expect<Hello>();
}

void Talk::welcome(qint64 timeMs)
{
    Welcome welcome;
    welcome.version = 1;
    welcome.user = UserRow{me(), QStringLiteral("me"), QStringLiteral("Me"), {}, {}, {}, 1};
    welcome.device = DeviceId();
    welcome.epoch = Epoch::fromArray({1});
    welcome.time = timeMs;
    reply(welcome);
}

StateRow Talk::joined(const ChatId &chat, qint64 at, std::optional<qint64> since)
{
    return {statekeys::chat(chat), toCbor(ChatState{at, since}), ++m_stateRevision};
}

Sync Talk::syncFor(const std::vector<ChatLog *> &behind) const
{
    Sync sync;
    sync.epoch = Epoch::fromArray({1});
    sync.userRevision = m_stateRevision;
    for (const ChatLog *log : behind)
        sync.chats.push_back(log->headFor(me()));
    return sync;
}

void Talk::signIn(const std::vector<ChatLog *> &logs)
{
    connect();
    welcome();
    std::vector<StateRow> state;
    for (const ChatLog *log : logs)
        state.push_back(joined(log->chat(), log->since, log->since));
    Sync sync = syncFor(logs);
    sync.state = state;
    inject(sync);
    serve(logs);
    forgetNotices();
}

void Talk::inject(const Event &event)
{
    m_core->received(event);
    take();
}

void Talk::refuse(ErrorCode code, std::optional<qint64> retryAfterMs)
{
    Error error(code);
    error.retryAfterMs = retryAfterMs;
    m_core->received(Refused{m_lastRequest, refusalOf(error)});
    take();
}

void Talk::serve(const std::vector<ChatLog *> &logs)
{
    const auto logOf = [&](const ChatId &chat) -> ChatLog * {
        const auto found = std::ranges::find(logs, chat, [](auto *log) { return log->chat(); });
        return found == logs.end() ? nullptr : *found;
    };
    for (;;) {
        if (const auto page = take<Page>()) {
            if (auto *log = logOf(page->chat))
                reply(log->page(me(), *page));
        } else if (const auto mark = take<MarkUp>()) {
            if (auto *log = logOf(mark->chat)) {
                Mark &held = log->marks[me()];
                held.user = me();
                held.read = std::max(held.read, std::min(mark->read, log->head()));
                held.delivered = std::max(held.delivered, std::min(mark->delivered, log->head()));
                reply(MarkReply{held.delivered, held.read, 0});
            }
        } else if (const auto members = take<Members>()) {
            MembersReply all;
            for (const auto &[id, member] : logOf(members->chat)->members())
                all.members.push_back(member);
            reply(all);
        } else if (take<Users>()) {
            reply(UsersReply{});
        } else {
            return;
        }
    }
}

SendReply Talk::accept(ChatLog &log, const Send &send, const UserId &sender)
{
    SendReply reply;
    for (const Operation &operation : send.operations) {
        log.append(sender, operation);
        OperationResult result;
        result.id = operation.id;
        result.seq = log.head();
        result.time = 1'700'000'000'000 + log.head();
        reply.results.push_back(result);
    }
    return reply;
}

NewMessage Talk::text(const QString &text) const
{
    NewMessage message;
    message.payload = textPayload(text);
    return message;
}

TimelineWindow Talk::newest(const ChatId &chat, int limit)
{
    WindowRequest request;
    request.chat = chat;
    request.limit = limit;
    return m_core->screen().timelines().window(*m_core->chat(chat), request);
}

QStringList Talk::texts(const ChatId &chat)
{
    QStringList result;
    for (const TimelineRow &line : newest(chat, 1000).rows)
        result += textOf(line.row);
    return result;
}

ChatSummary Talk::summary(const ChatId &chat)
{
    return m_core->screen().summary(*m_core->chat(chat), m_now.wallMs);
}

} // namespace parley
