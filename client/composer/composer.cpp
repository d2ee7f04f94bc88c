// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/composer/composer.h"

#include "client/app/knownusers.h"
#include "client/client.h"
#include "client/timeline/timelinemodel.h"
#include "shared/protocol/text.h"

namespace parley {

Composer::Composer(ScreenWorld &world, const TimelineModel &timeline, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_timeline(timeline)
    , m_chat(timeline.chat().id)
{
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftMs);
    m_typingTimer.setSingleShot(true);
    connect(&m_draftTimer, &QTimer::timeout, this, &Composer::keepDraft);
    connect(&m_typingTimer, &QTimer::timeout, this,
        [this] { tellTyping(m_typing.due(m_world.nowMs())); });
    connect(&world.client, &Client::draftReady, this, &Composer::receiveDraft);
    connect(&timeline, &TimelineModel::loadedChanged, this, &Composer::targetChanged);
    connect(&world.users, &KnownUsers::changed, this, &Composer::targetChanged);
    m_draftTicket = world.tickets.next();
    world.client.requestDraft(m_draftTicket, m_chat);
}

Composer::~Composer()
{
    leave();
}

void Composer::leave()
{
    tellTyping(m_typing.stop());
    flush();
}

void Composer::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_touched = true;
    put(text);
    m_draftTimer.start();
    if (text.isEmpty())
        tellTyping(m_typing.stop());
}

void Composer::put(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_sizeBytes = text.trimmed().toUtf8().size();
    emit textChanged();
    emit canSendChanged();
}

QString Composer::targetId() const
{
    return m_target ? m_target->text() : QString();
}

const TimelineLine *Composer::target() const
{
    const int row = m_target ? m_timeline.timeline().rowOf(*m_target) : -1;
    return row >= 0 ? &m_timeline.timeline().at(row) : nullptr;
}

QString Composer::targetSender() const
{
    const auto *line = target();
    return line ? m_world.users.name(line->row().sender) : QString();
}

QString Composer::targetText() const
{
    const auto *line = target();
    return line ? oneLine(line->prepared.text.plain) : QString();
}

bool Composer::canSend() const
{
    const auto trimmed = m_text.trimmed();
    return m_canWrite && !trimmed.isEmpty() && !isTooLong()
        && (m_mode != Edit || trimmed != m_original);
}

void Composer::send()
{
    if (!canSend())
        return;
    const auto payload = toCbor(TextBody{m_text.trimmed(), {}});
    m_unstored.push_back({payload, draft()});
    if (m_mode == Edit) {
        m_world.client.editMessage(m_chat, *m_target, payload);
    } else {
        NewMessage message;
        message.payload = payload;
        message.replyTo = m_target;
        m_world.client.sendMessage(m_chat, message);
    }
    // After the message in the client's order: at no moment is the text nowhere.
    const auto next = m_mode == Edit ? std::exchange(m_before, {}) : Draft{};
    adopt(next);
    keepDraft();
    tellTyping(m_typing.stop());
    emit sent();
}

void Composer::replyTo(const QString &messageId)
{
    const auto id = MessageId::fromText(messageId.toLatin1());
    if (!id || !m_canWrite)
        return;
    if (m_mode == Edit)
        adopt(std::exchange(m_before, {}));
    setMode(Reply, id);
    m_draftTimer.start();
}

void Composer::edit(const QString &messageId)
{
    const auto id = MessageId::fromText(messageId.toLatin1());
    const int row = id ? m_timeline.timeline().rowOf(*id) : -1;
    if (row < 0 || !m_timeline.canEdit(m_timeline.timeline().at(row)))
        return;
    if (m_mode != Edit)
        m_before = draft();
    m_original = m_timeline.timeline().at(row).prepared.text.plain;
    m_touched = true;
    setMode(Edit, id);
    put(m_original);
    m_draftTimer.start();
}

void Composer::editLast()
{
    const auto &timeline = m_timeline.timeline();
    for (int row = 0; row < timeline.count(); ++row)
        if (m_timeline.canEdit(timeline.at(row))) {
            edit(timeline.at(row).row().id.text());
            return;
        }
}

void Composer::cancelMode()
{
    if (m_mode == Edit)
        adopt(std::exchange(m_before, {}));
    else
        setMode(Write, std::nullopt);
    m_draftTimer.start();
}

void Composer::typed()
{
    if (m_mode != Edit && m_canWrite && !m_text.isEmpty())
        tellTyping(m_typing.type(m_world.nowMs()));
}

void Composer::tellTyping(TypingNotice::Tell tell)
{
    if (tell != TypingNotice::Tell::Nothing)
        m_world.client.setTyping(m_chat, tell == TypingNotice::Tell::On);
    const auto idleAt = m_typing.idleAtMs();
    if (idleAt)
        m_typingTimer.start(static_cast<int>(std::max<qint64>(1, *idleAt - m_world.nowMs())));
    else
        m_typingTimer.stop();
}

void Composer::setCanWrite(bool canWrite)
{
    if (canWrite == m_canWrite)
        return;
    m_canWrite = canWrite;
    emit canSendChanged();
}

void Composer::flush()
{
    if (m_draftTimer.isActive())
        keepDraft();
}

void Composer::apply(const std::vector<PreparedRow> &rows)
{
    for (const auto &row : rows)
        std::erase_if(m_unstored,
            [&](const Unstored &unstored) { return unstored.payload == row.row.row.payload; });
    emit targetChanged();
}

void Composer::receiveRefusal()
{
    if (m_unstored.empty())
        return;
    const auto lost = m_unstored.front().draft;
    m_unstored.erase(m_unstored.begin());
    if (m_text.trimmed().isEmpty() && m_mode == Write)
        adopt(lost);
    else
        put(lost.text + u'\n' + m_text);
    keepDraft();
    emit returned();
}

void Composer::receiveDraft(quint64 ticket, const ChatId &chat, const Draft &draft)
{
    if (ticket != m_draftTicket || chat != m_chat)
        return;
    m_draftTicket = 0;
    if (m_touched)
        return; // what is being typed is newer
    m_kept = draft;
    adopt(draft);
}

// Editing that was interrupted goes on with its text; what the message says comes with its row.
void Composer::adopt(const Draft &draft)
{
    m_original.clear();
    if (draft.editing)
        setMode(Edit, draft.editing);
    else if (draft.replyTo)
        setMode(Reply, draft.replyTo);
    else
        setMode(Write, std::nullopt);
    put(draft.text);
}

void Composer::setMode(Mode mode, const std::optional<MessageId> &target)
{
    if (mode == m_mode && target == m_target)
        return;
    m_mode = mode;
    m_target = target;
    emit modeChanged();
    emit targetChanged();
    emit canSendChanged();
}

Draft Composer::draft() const
{
    Draft draft;
    draft.text = m_text;
    if (m_mode == Edit)
        draft.editing = m_target;
    else if (m_mode == Reply)
        draft.replyTo = m_target;
    return draft;
}

void Composer::keepDraft()
{
    m_draftTimer.stop();
    const auto now = draft();
    if (m_kept == now || (!m_kept && now.isEmpty() && !m_touched))
        return;
    m_kept = now;
    m_world.client.setDraft(m_chat, now);
}

} // namespace parley
