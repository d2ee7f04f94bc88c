// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/timelinemodel.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/timeline/spoken.h"

namespace parley {

namespace {

/// So many rows before an end of what is loaded, the next part is asked for.
constexpr int loadAheadRows = 30;

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

TimelineModel::TimelineModel(ScreenWorld &world, const ChatSummary &chat, QObject *parent)
    : QAbstractListModel(parent)
    , m_world(world)
    , m_chat(chat)
    , m_timeline(world.users.self(), *this)
    , m_loader(world, m_timeline)
    , m_today(times::localDay(world.nowMs()))
    , m_topSeq(chat.head)
{
    connect(&m_loader, &TimelineLoader::loadingChanged, this, &TimelineModel::loadingChanged);
    connect(&m_loader, &TimelineLoader::loadedChanged, this, &TimelineModel::loadedChanged);
    connect(&m_loader, &TimelineLoader::failedChanged, this, &TimelineModel::edgesMoved);
    connect(&m_loader, &TimelineLoader::missing, this, &TimelineModel::jumpFailed);
    connect(
        &m_loader, &TimelineLoader::arrived, this, [this](const std::optional<MessageId> &message) {
            const int row = message ? m_timeline.rowOf(*message) : 0;
            if (row >= 0)
                emit jumped(row);
        });
    connect(&world.users, &KnownUsers::changed, this, &TimelineModel::refreshUsers);
    m_loader.open(chat);
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_timeline.count() + 1;
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    return {{MessageIdRole, "messageId"}, {KindRole, "kind"}, {OutgoingRole, "outgoing"},
        {SenderIdRole, "senderId"}, {SenderNameRole, "senderName"}, {HueRole, "hue"},
        {AvatarKeyRole, "avatarKey"}, {FirstInGroupRole, "firstInGroup"},
        {LastInGroupRole, "lastInGroup"}, {DayLabelRole, "dayLabel"},
        {UnreadLineRole, "unreadLine"}, {MarkupRole, "markup"}, {PlainRole, "plain"},
        {RtlRole, "rtl"}, {TallScriptRole, "tallScript"}, {BigEmojiRole, "bigEmoji"},
        {UnreadableRole, "unreadable"}, {TimeTextRole, "timeText"}, {TimeExactRole, "timeExact"},
        {EditedRole, "edited"}, {DeletedRole, "deleted"}, {StatusRole, "status"},
        {FailReasonRole, "failReason"}, {QuoteSenderRole, "quoteSender"},
        {QuoteHueRole, "quoteHue"}, {QuoteTextRole, "quoteText"}, {QuoteIdRole, "quoteId"},
        {QuoteGoneRole, "quoteGone"}, {ReactionsRole, "reactions"},
        {AccessibleTextRole, "accessibleText"}, {SystemKindRole, "systemKind"},
        {SystemActorRole, "systemActor"}, {SystemSubjectRole, "systemSubject"},
        {SystemTextRole, "systemText"}, {SystemMineRole, "systemMine"}, {SystemMeRole, "systemMe"},
        {SystemRoleRole, "systemRole"}, {CanEditRole, "canEdit"}, {CanDeleteRole, "canDelete"}};
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() > m_timeline.count())
        return {};
    if (index.row() == m_timeline.count())
        return edgeValue(role);
    const auto &line = m_timeline.at(index.row());
    if (line.kind == TimelineLine::Kind::Hole)
        return holeValue(role);
    if (role >= QuoteSenderRole && role <= QuoteGoneRole)
        return quoteValue(line, role);
    if (role >= SystemKindRole && role <= SystemRoleRole)
        return systemValue(line, role);
    return messageValue(line, role);
}

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
        return static_cast<int>(line.prepared.row.delivery);
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
    facts.delivery = line.prepared.row.delivery;
    facts.reactions = chips(line);
    return spoken::message(facts);
}

void TimelineModel::loadEarlier()
{
    m_loader.older();
}

void TimelineModel::loadLater()
{
    m_loader.newer();
}

void TimelineModel::fillHole(int row)
{
    if (row >= 0 && row < m_timeline.count() && m_timeline.at(row).kind == TimelineLine::Kind::Hole)
        m_loader.fill(m_timeline.at(row).hole);
}

int TimelineModel::rowOf(const QString &messageId) const
{
    const auto id = MessageId::fromText(messageId.toLatin1());
    return id ? m_timeline.rowOf(*id) : -1;
}

void TimelineModel::jumpTo(const QString &messageId)
{
    if (const auto id = MessageId::fromText(messageId.toLatin1()))
        m_loader.around(*id);
}

void TimelineModel::jumpToLatest()
{
    m_loader.latest();
}

void TimelineModel::setChat(const ChatSummary &chat)
{
    const bool rightsChanged = chat.canWrite != m_chat.canWrite || chat.role != m_chat.role;
    m_chat = chat;
    if (rightsChanged)
        changedEverywhere({CanEditRole, CanDeleteRole});
}

void TimelineModel::apply(const PreparedChange &change)
{
    countNewBelow(change.rows);
    if (m_loader.isLoaded())
        m_timeline.apply(change.rows, change.gone);
    if (change.isReset)
        m_loader.refresh();
    tellUnreadRow();
}

void TimelineModel::countNewBelow(const std::vector<PreparedRow> &rows)
{
    const bool isAway = m_newestVisible > 0 || !isAtEnd();
    auto top = m_topSeq;
    int added = 0;
    for (const auto &row : rows) {
        if (row.row.key.waiting != 0 || row.row.key.seq <= m_topSeq)
            continue;
        top = std::max(top, row.row.key.seq);
        if (row.row.row.kind == parley::Kind::Message && row.row.row.sender != m_timeline.self())
            ++added;
    }
    m_topSeq = top;
    if (isAway)
        setNewBelow(m_newBelow + added);
}

void TimelineModel::setVisibleRange(int newest, int oldest)
{
    m_newestVisible = newest;
    if (newest == 0 && isAtEnd())
        setNewBelow(0);
    if (oldest >= m_timeline.count() - loadAheadRows && !m_loader.hasFailed())
        m_loader.older();
    if (newest <= loadAheadRows)
        m_loader.newer();
    fillVisibleHoles(newest, oldest);
}

void TimelineModel::fillVisibleHoles(int newest, int oldest)
{
    for (int row = std::max(0, newest); row <= oldest && row < m_timeline.count(); ++row)
        if (m_timeline.at(row).kind == TimelineLine::Kind::Hole) {
            fillHole(row);
            return;
        }
}

void TimelineModel::startDay()
{
    m_today = times::localDay(m_world.nowMs());
    changedEverywhere({DayLabelRole});
}

void TimelineModel::refreshUsers(const QSet<UserId> &users)
{
    Q_UNUSED(users)
    // Names stand in senders, quotes, reactions and system rows: looking costs more than painting.
    changedEverywhere({SenderNameRole, AvatarKeyRole, QuoteSenderRole, ReactionsRole,
        AccessibleTextRole, SystemActorRole, SystemSubjectRole});
}

void TimelineModel::changedEverywhere(const QList<int> &roles)
{
    if (m_timeline.count() > 0)
        emit dataChanged(index(0), index(m_timeline.count() - 1), roles);
}

void TimelineModel::setNewBelow(int count)
{
    if (m_newBelow == count)
        return;
    m_newBelow = count;
    emit newBelowChanged();
}

void TimelineModel::tellUnreadRow()
{
    const int row = m_timeline.firstUnreadRow();
    if (row == m_unreadRow)
        return;
    m_unreadRow = row;
    emit firstUnreadRowChanged();
}

void TimelineModel::aboutToInsert(int first, int last)
{
    beginInsertRows({}, first, last);
}

void TimelineModel::inserted()
{
    endInsertRows();
    emit countChanged();
    tellUnreadRow();
}

void TimelineModel::aboutToRemove(int first, int last)
{
    beginRemoveRows({}, first, last);
}

void TimelineModel::removed()
{
    endRemoveRows();
    emit countChanged();
    tellUnreadRow();
}

void TimelineModel::aboutToMove(int from, int to)
{
    beginMoveRows({}, from, from, {}, to);
}

void TimelineModel::moved()
{
    endMoveRows();
    tellUnreadRow();
}

void TimelineModel::aboutToReset()
{
    beginResetModel();
}

void TimelineModel::wasReset()
{
    endResetModel();
    emit countChanged();
    tellUnreadRow();
}

void TimelineModel::changed(int row)
{
    emit dataChanged(index(row), index(row));
}

void TimelineModel::edgesMoved()
{
    const auto edge = index(m_timeline.count());
    emit dataChanged(edge, edge, {KindRole});
    emit edgesChanged();
}

} // namespace parley
