// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// What the roles of a line hold. How the list moves stands in timelinemodel.cpp.
#include "client/timeline/timelinemodel.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/timeline/spoken.h"

namespace parley {

namespace {

TimelineModel::FailReason reasonOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Forbidden:
        return TimelineModel::NotAllowed;
    case ErrorCode::TooLarge:
        return TimelineModel::TooLarge;
    case ErrorCode::NoTarget:
        return TimelineModel::TargetGone;
    case ErrorCode::LimitReached:
    case ErrorCode::RateLimited:
        return TimelineModel::TooMany;
    case ErrorCode::Unsupported:
        return TimelineModel::NotSupported;
    default:
        return TimelineModel::OtherReason;
    }
}

} // namespace

// A row that is no message has every role, too: delegates require them all.
QVariant TimelineModel::emptyValue(int role) const
{
    switch (role) {
    case KindRole:
    case HueRole:
    case BigEmojiRole:
    case StatusRole:
    case FailReasonRole:
    case QuoteHueRole:
    case SystemKindRole:
    case SystemRoleRole:
        return 0;
    case OutgoingRole:
    case FirstInGroupRole:
    case LastInGroupRole:
    case UnreadLineRole:
    case MarkedRole:
    case RtlRole:
    case TallScriptRole:
    case UnreadableRole:
    case EditedRole:
    case DeletedRole:
    case QuoteGoneRole:
    case SystemMineRole:
    case SystemMeRole:
    case CanEditRole:
    case CanDeleteRole:
        return false;
    case ReactionsRole:
        return QVariantList();
    default:
        return QString();
    }
}

QVariant TimelineModel::edgeValue(int role) const
{
    if (role == KindRole)
        return isAtStart() ? Start : m_loader.hasFailed() ? LoadFailed : Loading;
    return emptyValue(role);
}

QVariant TimelineModel::holeValue(int role) const
{
    return role == KindRole ? QVariant(Hole) : emptyValue(role);
}

QVariant TimelineModel::messageValue(const TimelineLine &line, int role) const
{
    const auto &row = line.row();
    const auto &text = line.prepared.text;
    const bool isOutgoing = line.isOutgoing(m_timeline.self());
    switch (role) {
    case MessageIdRole:
        return row.id.text();
    case KindRole:
        return line.kind == TimelineLine::Kind::Message ? Message : System;
    case OutgoingRole:
        return isOutgoing;
    case SenderIdRole:
        return row.sender.text();
    case SenderNameRole:
        return m_world.users.name(row.sender);
    case HueRole:
        return hueOf(row.sender);
    case AvatarKeyRole:
        return m_world.users.line(row.sender).avatarKey;
    case FirstInGroupRole:
        return line.isFirstInGroup;
    case LastInGroupRole:
        return line.isLastInGroup;
    case DayLabelRole:
        return line.isFirstOfDay ? times::dayLabel(line.day, m_today) : QString();
    case UnreadLineRole:
        return line.isFirstUnread;
    case MarkupRole:
        return text.markup;
    case PlainRole:
        return text.plain;
    case MarkedRole:
        return text.marked;
    case RtlRole:
        return text.rtl;
    case TallScriptRole:
        return text.tallScript;
    case BigEmojiRole:
        return text.bigEmoji;
    case UnreadableRole:
        return line.prepared.isUnreadable;
    case TimeTextRole:
        return times::clock(row.time);
    case TimeExactRole:
        return times::exact(row.time);
    case EditedRole:
        return row.editedAt.has_value() && !row.deleted;
    case DeletedRole:
        return row.deleted;
    case StatusRole:
        return static_cast<int>(deliveryOf(line, m_chat));
    case FailReasonRole:
        return line.prepared.row.failure ? reasonOf(*line.prepared.row.failure) : NoReason;
    case ReactionsRole:
        return reactions(line);
    case AccessibleTextRole:
        return accessibleText(line);
    case CanEditRole:
        return canEdit(line);
    case CanDeleteRole:
        return canDelete(line);
    default:
        return {};
    }
}

bool TimelineModel::canEdit(const TimelineLine &line) const
{
    return line.kind == TimelineLine::Kind::Message && m_chat.canWrite
        && line.isOutgoing(m_timeline.self()) && !line.row().deleted && !line.prepared.isUnreadable
        && line.prepared.row.delivery != Delivery::Failed;
}

bool TimelineModel::canDelete(const TimelineLine &line) const
{
    const bool mayModerate = m_chat.kind == ChatKind::Group && m_chat.role != parley::Role::Member;
    return line.kind == TimelineLine::Kind::Message && m_chat.canWrite && !line.row().deleted
        && (mayModerate || line.isOutgoing(m_timeline.self()))
        && line.prepared.row.delivery != Delivery::Failed;
}

QVariant TimelineModel::quoteValue(const TimelineLine &line, int role) const
{
    const auto &row = line.row();
    if (!row.replyTo || row.deleted)
        return emptyValue(role);
    const auto &quoted = line.prepared.row.quoted;
    switch (role) {
    case QuoteIdRole:
        return row.replyTo->text();
    case QuoteSenderRole:
        return quoted ? m_world.users.name(quoted->sender) : QString();
    case QuoteHueRole:
        return quoted ? hueOf(quoted->sender) : 0;
    case QuoteTextRole:
        return quoted && !line.prepared.isQuoteUnreadable ? line.prepared.quote
                                                          : QStringLiteral("…");
    default:
        return quoted && quoted->deleted;
    }
}

QVariant TimelineModel::systemValue(const TimelineLine &line, int role) const
{
    if (line.kind != TimelineLine::Kind::System)
        return emptyValue(role);
    const auto &row = line.row();
    switch (role) {
    case SystemKindRole:
        return systemKindOf(row.kind);
    case SystemActorRole:
        return isolated(m_world.users.name(row.sender));
    case SystemSubjectRole:
        return row.user ? isolated(m_world.users.name(*row.user)) : QString();
    case SystemTextRole:
        return row.text ? cleanName(*row.text) : QString();
    case SystemMineRole:
        return m_world.users.isSelf(row.sender);
    case SystemMeRole:
        return row.user && m_world.users.isSelf(*row.user);
    default:
        return row.role ? static_cast<int>(*row.role) - 1 : 0;
    }
}

TimelineModel::SystemKind TimelineModel::systemKindOf(parley::Kind kind)
{
    switch (kind) {
    case parley::Kind::Message:
        return NoSystem;
    case parley::Kind::Create:
        return Created;
    case parley::Kind::Add:
        return Added;
    case parley::Kind::Remove:
        return Removed;
    case parley::Kind::Leave:
        return Left;
    case parley::Kind::Title:
        return TitleChanged;
    case parley::Kind::SetRole:
        return RoleChanged;
    case parley::Kind::Accept:
        return Accepted;
    default:
        return OtherSystem;
    }
}

std::vector<ReactionChip> TimelineModel::chips(const TimelineLine &line) const
{
    std::vector<ReactionChip> chips;
    for (const auto &reaction : line.row().reactions) {
        ReactionChip chip;
        chip.emoji = cleanName(reaction.text);
        chip.count = static_cast<int>(reaction.users.size());
        for (const auto &user : reaction.users) {
            chip.mine = chip.mine || m_world.users.isSelf(user);
            chip.names.append(m_world.users.name(user));
        }
        chips.push_back(std::move(chip));
    }
    return chips;
}

QVariantList TimelineModel::reactions(const TimelineLine &line) const
{
    QVariantList values;
    for (const auto &chip : chips(line))
        values.append(QVariant::fromValue(chip));
    return values;
}

QString TimelineModel::accessibleText(const TimelineLine &line) const
{
    const auto &row = line.row();
    if (line.kind == TimelineLine::Kind::System)
        return spoken::system({row.kind, m_world.users.name(row.sender),
            row.user ? m_world.users.name(*row.user) : QString(),
            row.text ? cleanName(*row.text) : QString(), times::clock(row.time)});
    spoken::MessageFacts facts;
    facts.sender = m_world.users.name(row.sender);
    facts.text = line.prepared.text.plain;
    facts.time = times::clock(row.time);
    facts.isReply = row.replyTo.has_value() && !row.deleted;
    if (line.prepared.row.quoted)
        facts.quoteSender = m_world.users.name(line.prepared.row.quoted->sender);
    facts.isEdited = row.editedAt.has_value() && !row.deleted;
    facts.isDeleted = row.deleted;
    facts.isUnreadable = line.prepared.isUnreadable;
    facts.delivery = deliveryOf(line, m_chat);
    facts.reactions = chips(line);
    return spoken::message(facts);
}

} // namespace parley
