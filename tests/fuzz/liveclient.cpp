// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/liveclient.h"

namespace parley {
namespace {

const QString memoryFolder = QStringLiteral("/dev/shm");

QString folderPattern()
{
    const QString base = QFileInfo(memoryFolder).isWritable() ? memoryFolder : QDir::tempPath();
    return base + QStringLiteral("/parley-fuzz-XXXXXX");
}

} // namespace

ReusedCache::ReusedCache()
    : m_folder(folderPattern())
{
    auto cache = SqliteCache::open(m_folder.path());
    PARLEY_ASSERT(cache);
    m_cache = *std::move(cache);
    // The full-text index and its tables are nobody's to write but SQLite's; no core reads them.
    Statement tables = m_cache->database().statement(QStringLiteral(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'gram%'"));
    for (auto more = tables.step(); more && *more; more = tables.step())
        m_tables += tables.text(0);
    m_tables.removeIf([](const QString &name) {
        return name.startsWith(QStringLiteral("sqlite_")) || name == QStringLiteral("migration");
    });
}

SqliteCache &ReusedCache::fresh()
{
    m_cache->begin();
    for (const QString &table : m_tables)
        (void)m_cache->database().run(QStringLiteral("DELETE FROM \"%1\"").arg(table));
    PARLEY_ASSERT(m_cache->commit());
    return *m_cache;
}

LiveClient::LiveClient(SqliteCache &cache)
    : m_cache(cache)
    , m_core(cache, m_random, me())
{
    for (quint8 i = 1; i <= 3; ++i) {
        m_known.users.push_back(UserId::fromArray({0, i}));
        m_known.chats.push_back(ChatId::fromArray({2, i}));
        m_known.devices.push_back(DeviceId::fromArray({3, i}));
    }
    m_core.tick(m_now);
    PARLEY_ASSERT(m_core.load());
    settle();
}

void LiveClient::connect()
{
    pending.clear();
    m_core.connected({QByteArray(limits::tokenBytes, 't'), {}, QStringLiteral("fuzz")});
    settle();
}

void LiveClient::hear(const QByteArray &bytes)
{
    const auto frame = decodeServerFrame(bytes);
    if (frame)
        return hear(*frame);
    pending.clear();
    m_core.disconnected();
    settle();
}

void LiveClient::hear(const ServerFrame &frame)
{
    if (const auto *answer = std::get_if<Answer>(&frame)) {
        m_heard += answer->body;
        std::erase_if(
            pending, [&](const ClientFrame &asked) { return asked.request == answer->request; });
    } else if (const auto *event = std::get_if<Event>(&frame)) {
        m_heard += encodeEvent(*event);
    } else if (const auto *refused = std::get_if<Refused>(&frame)) {
        std::erase_if(
            pending, [&](const ClientFrame &asked) { return asked.request == refused->request; });
    }
    m_core.received(frame);
    settle();
}

void LiveClient::pass(qint64 ms)
{
    m_now.steadyMs += ms;
    m_now.wallMs += ms;
    m_core.tick(m_now);
    settle();
}

void LiveClient::compose(const ChatId &chat, const QByteArray &words)
{
    NewMessage message;
    message.payload = words;
    if (const auto id = m_core.compose(chat, message)) {
        m_composed[*id] = chat;
        m_known.messages.push_back(*id);
    }
    settle();
}

void LiveClient::retry(const ChatId &chat, const MessageId &id)
{
    if (m_core.retry(chat, id))
        m_composed.erase(id);
    settle();
}

void LiveClient::settle()
{
    for (const ClientFrame &frame : m_core.takeFrames()) {
        const QByteArray bytes = encodeCommand(frame.request, frame.command);
        PARLEY_ASSERT(bytes.size() <= limits::clientFrameBytes);
        const auto decoded = decodeCommand(bytes);
        const auto *same = std::get_if<ClientFrame>(&decoded);
        PARLEY_ASSERT(same && same->command == frame.command && same->request == frame.request);
        pending.push_back(frame);
    }
    (void)m_core.takeNotices();
    (void)m_core.takeChanges();
    if (m_core.takeCloseWish()) {
        pending.clear();
        m_core.disconnected();
        PARLEY_ASSERT(m_core.takeFrames().empty());
    }
    if (const auto wake = m_core.wakeUpMs())
        PARLEY_ASSERT(*wake >= 0);
}

/// In the log, as far as the server said, and not held yet.
bool LiveClient::isAccepted(const ChatId &chat, const MessageId &id) const
{
    return std::ranges::any_of(m_core.outbox().accepted(chat),
        [&](const SentItem &item) { return item.operation.id == id; });
}

void LiveClient::look()
{
    for (const ChatSummary &summary : m_core.screen().summaries(m_now.wallMs)) {
        const Chat *chat = m_core.chat(summary.id);
        PARLEY_ASSERT(chat);
        WindowRequest request;
        request.chat = summary.id;
        const TimelineWindow window = m_core.screen().timelines().window(*chat, request);
        PARLEY_ASSERT(std::ranges::is_sorted(window.rows, {}, &TimelineRow::key));
        for (const TimelineRow &row : window.rows)
            PARLEY_ASSERT(row.key.waiting != 0 || chat->held.contains(row.row.seq)
                || isAccepted(summary.id, row.row.id));
        (void)m_core.screen().members(summary.id);
    }
}

void LiveClient::checkAtEnd()
{
    m_core.disconnected();
    settle();
    SeededRandom random{6};
    ClientCore again(m_cache, random, me());
    again.tick(m_now);
    PARLEY_ASSERT(again.load());
    PARLEY_ASSERT(again.have() == m_core.have());
    PARLEY_ASSERT(again.epoch() == m_core.epoch());
    PARLEY_ASSERT(again.state().revision() == m_core.state().revision());
    for (const ChatId &chat : m_core.outbox().chats())
        PARLEY_ASSERT(again.outbox().items(chat) == m_core.outbox().items(chat));
    PARLEY_ASSERT(again.outbox().chats() == m_core.outbox().chats());
    // What was composed waits, or the server has named it.
    for (const auto &[id, chat] : m_composed)
        PARLEY_ASSERT(m_core.outbox().find(chat, id) || m_heard.contains(id.bytes()));
}

} // namespace parley
