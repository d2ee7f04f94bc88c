// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/outbox.h"

#include "shared/assert.h"
#include "shared/codec/cbor.h"
#include "shared/mutation.h"

namespace parley {

void Outbox::load()
{
    m_items.clear();
    m_accepted.clear();
    m_news.clear();
    for (OutboxItem &item : m_cache.outbox())
        m_items[item.chat].push_back(std::move(item));
    m_nextPosition = m_cache.highestPosition() + 1;
}

void Outbox::loadAccepted(const ChatId &chat, qint64 seq)
{
    auto accepted = m_cache.sentAbove(chat, seq);
    if (accepted.empty())
        return;
    PARLEY_ASSERT(accepted.front().chat == chat && accepted.back().chat == chat);
    m_accepted[chat] = std::move(accepted);
}

void Outbox::touch(const OutboxItem &item)
{
    m_dirty.chats.insert(item.chat);
    m_dirty.rows[item.chat].insert(item.operation.target.value_or(item.operation.id));
}

void Outbox::add(const ChatId &chat, const Operation &operation)
{
    PARLEY_ASSERT(!operation.id.isNull());
    PARLEY_ASSERT(items(chat).empty() || items(chat).back().position < m_nextPosition);
    const OutboxItem item{m_nextPosition++, chat, operation, {}};
    if (!mutation(Mutation::OutboxInMemory))
        m_cache.saveOutbox(item);
    m_items[chat].push_back(item);
    touch(item);
}

std::optional<OutboxItem> Outbox::take(const ChatId &chat, const MessageId &id)
{
    const auto found = m_items.find(chat);
    if (found == m_items.end())
        return std::nullopt;
    auto &items = found->second;
    const auto place = std::ranges::find_if(
        items, [&](const OutboxItem &item) { return item.operation.id == id; });
    if (place == items.end())
        return std::nullopt;
    OutboxItem item = std::move(*place);
    items.erase(place);
    if (items.empty())
        m_items.erase(found);
    PARLEY_ASSERT(item.chat == chat && item.operation.id == id);
    m_cache.removeOutbox(item.position);
    touch(item);
    return item;
}

bool Outbox::accept(const ChatId &chat, const MessageId &id, qint64 seq, qint64 timeMs)
{
    auto item = take(chat, id);
    if (!item)
        return false;
    PARLEY_ASSERT(seq >= 0 && item->operation.id == id);
    // At a time that nobody named: kept for a restore as long as what is accepted right now.
    if (timeMs == 0)
        timeMs = m_cache.meta().serverTimeMs;
    SentItem sent{item->position, chat, std::move(item->operation), seq, timeMs};
    m_cache.saveSent(sent);
    m_news.push_back(sent);
    auto &accepted = m_accepted[chat];
    accepted.push_back(std::move(sent));
    std::ranges::stable_sort(accepted, {}, &SentItem::seq);
    return true;
}

void Outbox::finish(const ChatId &chat, const MessageId &id)
{
    if (const auto item = take(chat, id); item && item->operation.kind <= Kind::Message)
        m_dirty.gone[chat].insert(id);
}

void Outbox::fail(const ChatId &chat, const MessageId &id, ErrorCode why)
{
    const auto found = m_items.find(chat);
    if (found == m_items.end())
        return;
    for (OutboxItem &item : found->second) {
        if (item.operation.id != id)
            continue;
        PARLEY_ASSERT(item.chat == chat);
        item.failure = why;
        m_cache.saveOutbox(item);
        touch(item);
    }
}

void Outbox::seen(const ChatId &chat, qint64 seq)
{
    const auto found = m_accepted.find(chat);
    if (found == m_accepted.end())
        return;
    for (const SentItem &item : found->second) {
        if (item.seq <= seq)
            m_dirty.rows[chat].insert(item.operation.target.value_or(item.operation.id));
    }
    std::erase_if(found->second, [&](const SentItem &item) { return item.seq <= seq; });
    PARLEY_ASSERT(seq >= 0);
    if (found->second.empty())
        m_accepted.erase(found);
}

void Outbox::restore(qint64 sinceMs)
{
    m_accepted.clear();
    // Their positions are lower than those of what waits in the same chat: the order stays.
    if (mutation(Mutation::RestoreForgetsSent))
        m_cache.removeSentBefore(std::numeric_limits<qint64>::max());
    for (const SentItem &sent : m_cache.sentSince(sinceMs))
        m_cache.saveOutbox({sent.position, sent.chat, sent.operation, {}});
    m_cache.removeSentBefore(std::numeric_limits<qint64>::max());
    m_items.clear();
    for (OutboxItem &item : m_cache.outbox())
        m_items[item.chat].push_back(std::move(item));
}

std::vector<Operation> Outbox::batch(
    const ChatId &chat, qsizetype mostOperations, qsizetype mostBytes) const
{
    std::vector<Operation> operations;
    qsizetype bytes = 0;
    for (const OutboxItem &item : items(chat)) {
        if (item.failure)
            continue;
        bytes += toCbor(item.operation).size();
        if (qsizetype(operations.size()) == mostOperations
            || (!operations.empty() && bytes > mostBytes))
            break;
        operations.push_back(item.operation);
    }
    PARLEY_ASSERT(qsizetype(operations.size()) <= mostOperations);
    return operations;
}

const OutboxItem *Outbox::find(const ChatId &chat, const MessageId &id) const
{
    for (const OutboxItem &item : items(chat)) {
        if (item.operation.id == id)
            return &item;
    }
    return nullptr;
}

const std::deque<OutboxItem> &Outbox::items(const ChatId &chat) const
{
    static const std::deque<OutboxItem> none;
    const auto found = m_items.find(chat);
    return found == m_items.end() ? none : found->second;
}

const std::vector<SentItem> &Outbox::accepted(const ChatId &chat) const
{
    static const std::vector<SentItem> none;
    const auto found = m_accepted.find(chat);
    return found == m_accepted.end() ? none : found->second;
}

std::vector<ChatId> Outbox::chatsToSend() const
{
    std::vector<ChatId> result;
    for (const auto &[chat, items] : m_items) {
        if (std::ranges::any_of(items, [](const OutboxItem &item) { return !item.failure; }))
            result.push_back(chat);
    }
    return result;
}

std::vector<ChatId> Outbox::chats() const
{
    std::vector<ChatId> result;
    for (const auto &[chat, items] : m_items)
        result.push_back(chat);
    return result;
}

bool Outbox::isIdle() const
{
    return chatsToSend().empty();
}

bool Outbox::hasFailed(const ChatId &chat) const
{
    return std::ranges::any_of(
        items(chat), [](const OutboxItem &item) { return item.failure.has_value(); });
}

} // namespace parley
