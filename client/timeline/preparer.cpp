// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/preparer.h"

#include "client/client.h"
#include "client/search/searchable.h"
#include "client/search/searcher.h"
#include "client/search/searchneedle.h"

namespace parley {

namespace {

/// Texts of so many messages are kept ready; a longer visit starts over.
constexpr qsizetype keptMost = 4'000;

bool isReadable(const Row &row)
{
    return row.kind == Kind::Message && !row.deleted;
}

} // namespace

Preparer::Preparer(Client &client, QObject *parent)
    : QObject(parent)
{
    connect(&client, &Client::changed, this, &Preparer::pass);
    connect(
        &client, &Client::windowReady, this, [this](quint64 ticket, const TimelineWindow &window) {
            emit windowReady(ticket, prepare(window));
        });
    connect(&client, &Client::chatsReady, this,
        [this](quint64 ticket, const std::vector<ChatSummary> &chats) {
            std::vector<PreparedChat> prepared;
            prepared.reserve(chats.size());
            for (const auto &chat : chats)
                prepared.push_back(prepare(chat));
            emit chatsReady(ticket, prepared);
        });
    connect(&client, &Client::searchReady, this, [this](quint64 ticket, const SearchPage &page) {
        emit searchReady(ticket, prepare(page));
    });
}

void Preparer::openChat(const ChatId &chat)
{
    QMetaObject::invokeMethod(this, [this, chat] { setOpen(chat); });
}

void Preparer::closeChat()
{
    QMetaObject::invokeMethod(this, [this] { setOpen(std::nullopt); });
}

void Preparer::lookFor(const std::optional<SearchRequest> &request)
{
    QMetaObject::invokeMethod(this, [this, request] { m_wanted = request; });
}

void Preparer::setOpen(const std::optional<ChatId> &chat)
{
    m_open = chat;
    m_wanted.reset();
    m_kept.clear();
}

// Not kept: another letter of the query makes other marks.
void Preparer::mark(PreparedRow &prepared) const
{
    const auto &row = prepared.row.row;
    if (!m_wanted || !m_open || !isFound(*m_open, row, *m_wanted))
        return;
    const auto marks = findNeedles(FoldedText(prepared.text.plain), m_wanted->needles);
    if (!marks.empty())
        prepared.text = present(*bodyOf(row), marks);
}

PreparedRow Preparer::prepare(const TimelineRow &row)
{
    PreparedRow prepared;
    prepared.row = row;
    if (isReadable(row.row)) {
        const auto kept = m_kept.constFind(row.row.id);
        if (kept != m_kept.constEnd() && kept->payload == row.row.payload) {
            prepared.text = kept->text;
        } else if (const auto body = bodyOf(row.row)) {
            prepared.text = present(*body);
            if (m_kept.size() >= keptMost)
                m_kept.clear();
            m_kept.insert(row.row.id, {row.row.payload, prepared.text});
        } else {
            prepared.isUnreadable = true;
        }
        mark(prepared);
    }
    if (row.quoted && isReadable(*row.quoted)) {
        if (const auto body = bodyOf(*row.quoted))
            prepared.quote = oneLine(body->text);
        else
            prepared.isQuoteUnreadable = true;
    }
    return prepared;
}

PreparedWindow Preparer::prepare(const TimelineWindow &window)
{
    PreparedWindow prepared{
        window.chat, {}, window.holes, window.reachesStart, window.reachesEnd, window.found};
    prepared.rows.reserve(window.rows.size());
    for (const auto &row : window.rows)
        prepared.rows.push_back(prepare(row));
    return prepared;
}

PreparedChat Preparer::prepare(const ChatSummary &summary)
{
    PreparedChat prepared{summary, {}};
    if (summary.last && isReadable(summary.last->row))
        if (const auto body = bodyOf(summary.last->row))
            prepared.preview = oneLine(body->text);
    return prepared;
}

PreparedSearchPage Preparer::prepare(const SearchPage &page)
{
    PreparedSearchPage prepared{{}, page.next, page.reach};
    for (const auto &[chat, line] : page.hits) {
        const auto text = cleaned(bodyOf(line.row).value_or(TextBody()).text);
        const auto marks = findNeedles(FoldedText(text), page.needles);
        prepared.hits.push_back(
            {chat, line.row.id, line.row.sender, line.row.time, presentSnippet(text, marks)});
    }
    return prepared;
}

void Preparer::pass(const Changes &changes)
{
    PreparedChanges prepared;
    prepared.changes = changes;
    prepared.changes.chats.clear();
    prepared.changes.timelines.clear();
    for (const auto &chat : changes.chats)
        prepared.chats.push_back(prepare(chat));
    for (const auto &timeline : changes.timelines) {
        if (timeline.chat != m_open)
            continue;
        PreparedChange change{timeline.chat, timeline.isReset, timeline.filled, {}, timeline.gone};
        for (const auto &row : timeline.rows)
            change.rows.push_back(prepare(row));
        prepared.timelines.push_back(std::move(change));
    }
    emit changed(prepared);
}

} // namespace parley
