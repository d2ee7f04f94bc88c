// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/timelinemodel.h"

#include "client/app/knownusers.h"
#include "client/app/times.h"

namespace parley {

namespace {

/// So many rows before an end of what is loaded, the next part is asked for.
constexpr int loadAheadRows = 30;

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
        {MarkedRole, "marked"}, {RtlRole, "rtl"}, {TallScriptRole, "tallScript"},
        {BigEmojiRole, "bigEmoji"}, {UnreadableRole, "unreadable"}, {TimeTextRole, "timeText"},
        {TimeExactRole, "timeExact"}, {EditedRole, "edited"}, {DeletedRole, "deleted"},
        {StatusRole, "status"}, {FailReasonRole, "failReason"}, {QuoteSenderRole, "quoteSender"},
        {QuoteHueRole, "quoteHue"}, {QuoteTextRole, "quoteText"}, {QuoteIdRole, "quoteId"},
        {QuoteGoneRole, "quoteGone"}, {ReactionsRole, "reactions"},
        {AccessibleTextRole, "accessibleText"}, {SystemKindRole, "systemKind"},
        {SystemActorRole, "systemActor"}, {SystemSubjectRole, "systemSubject"},
        {SystemTextRole, "systemText"}, {SystemMineRole, "systemMine"}, {SystemMeRole, "systemMe"},
        {SystemRoleRole, "systemRole"}, {CanEditRole, "canEdit"}, {CanDeleteRole, "canDelete"}};
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    const bool isOurs = role >= MessageIdRole && role < RoleEnd;
    if (!index.isValid() || index.row() > m_timeline.count() || !isOurs)
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
    const auto old = std::exchange(m_chat, chat);
    if (chat.canWrite != old.canWrite || chat.role != old.role)
        changedEverywhere({CanEditRole, CanDeleteRole});
    if (chat.deliveredUpTo != old.deliveredUpTo || chat.othersReadUpTo != old.othersReadUpTo)
        tellDelivery(old);
}

// Marks move for many rows at once; only those whose state is another one now are told.
void TimelineModel::tellDelivery(const ChatSummary &old)
{
    for (int row = 0; row < m_timeline.count(); ++row) {
        const auto &line = m_timeline.at(row);
        if (deliveryOf(line, old) != deliveryOf(line, m_chat))
            emit dataChanged(index(row), index(row), {StatusRole, AccessibleTextRole});
    }
}

Delivery TimelineModel::deliveryOf(const TimelineLine &line, const ChatSummary &chat)
{
    const auto told = line.prepared.row.delivery;
    const bool isByMarks =
        told == Delivery::Sent || told == Delivery::Delivered || told == Delivery::Read;
    return isByMarks ? std::max(told, parley::deliveryOf(line.key.seq, chat)) : told;
}

void TimelineModel::apply(const PreparedChange &change)
{
    countNewBelow(change.rows);
    if (m_loader.hasPart())
        m_timeline.apply(change.rows, change.gone);
    const bool isElsewhere = !change.filled.empty()
        && std::none_of(change.filled.begin(), change.filled.end(),
            [this](const TimelineHole &places) { return m_timeline.touches(places); });
    if ((change.isReset && !isElsewhere) || m_loader.isOpening())
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
