// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/oracle.h"

namespace parley::simulation {

void Oracle::follow(const ChatId &chat, const MemoryChat &stored)
{
    Known &known = m_chats[chat];
    for (; known.seen < qint64(stored.entries.size()); ++known.seen) {
        const Entry &entry = stored.entries[size_t(known.seen)];
        if (entry.kind == Kind::Create) {
            // The founders: whoever the chat has from its first entry on.
            for (const auto &[user, member] : stored.state->members) {
                if (member.row.since <= 1)
                    known.stays[user].push_back(Stay{});
            }
        } else if (entry.kind == Kind::Add) {
            known.stays[*entry.user].push_back(Stay{entry.seq});
        } else if (entry.kind == Kind::Remove || entry.kind == Kind::Leave) {
            auto &stays = known.stays[*entry.user];
            if (!stays.empty())
                stays.back().until = entry.seq;
        }
    }
}

bool Oracle::mayRead(const ChatId &chat, const UserId &user, const Row &row) const
{
    const auto known = m_chats.find(chat);
    if (known == m_chats.end())
        return false;
    const auto stays = known->second.stays.find(user);
    if (stays == known->second.stays.end())
        return false;
    return std::any_of(stays->second.begin(), stays->second.end(),
        [&](const Stay &stay) { return stay.from <= row.seq && row.revision < stay.until; });
}

std::optional<QString> Oracle::judge(const UserId &user, const ChatId &chat, const Row &row) const
{
    const auto known = m_chats.find(chat);
    if (known != m_chats.end() && row.revision > known->second.seen)
        return QStringLiteral("a row was sent that is not committed");
    if (!mayRead(chat, user, row))
        return QStringLiteral("a row was sent that its reader may not see");
    if (row.deleted && !row.payload.isEmpty())
        return QStringLiteral("a deleted payload was sent");
    return std::nullopt;
}

std::optional<QString> Oracle::judge(
    const UserId &user, const ChatId &chat, const std::vector<Entry> &entries) const
{
    for (const Entry &entry : entries) {
        if (entry.row) {
            if (auto wrong = judge(user, chat, *entry.row))
                return wrong;
        }
    }
    return std::nullopt;
}

std::optional<QString> Oracle::judge(const UserId &user, const PageReply &page) const
{
    if (page.opened) {
        for (const Row &row : page.opened->rows) {
            if (auto wrong = judge(user, page.chat, row))
                return wrong;
        }
    }
    return judge(user, page.chat, page.entries);
}

std::optional<QString> Oracle::judge(const UserId &user, const std::vector<ChatHead> &heads) const
{
    for (const ChatHead &head : heads) {
        if (head.last) {
            if (auto wrong = judge(user, head.chat, *head.last))
                return wrong;
        }
    }
    return std::nullopt;
}

std::optional<QString> Oracle::judge(
    const UserId &user, const QByteArray &frame, const std::map<RequestNumber, Command> &asked)
{
    const auto decoded = decodeServerFrame(frame);
    if (!decoded)
        return QStringLiteral("the server made a frame that cannot be read");
    if (const auto *event = std::get_if<Event>(&*decoded)) {
        if (const auto *push = std::get_if<Pushed>(event))
            return judge(user, push->chat, push->entries);
        if (const auto *live = std::get_if<HandedOver>(event))
            return judge(user, live->page);
        if (const auto *sync = std::get_if<Sync>(event))
            return judge(user, sync->chats);
        return std::nullopt;
    }
    const auto *answer = std::get_if<Answer>(&*decoded);
    const auto request = answer ? asked.find(answer->request) : asked.end();
    if (request == asked.end())
        return std::nullopt;
    if (std::holds_alternative<Page>(request->second))
        return judge(user, *fromCbor<PageReply>(answer->body));
    if (std::holds_alternative<Digest>(request->second))
        return judge(user, fromCbor<DigestReply>(answer->body)->chats);
    if (const auto *history = std::get_if<History>(&request->second)) {
        const auto reply = fromCbor<HistoryReply>(answer->body);
        for (const Row &row : reply->rows) {
            if (auto wrong = judge(user, history->chat, row))
                return wrong;
        }
    }
    return std::nullopt;
}

} // namespace parley::simulation
