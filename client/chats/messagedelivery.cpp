// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/chats/messagedelivery.h"

#include "client/app/hue.h"
#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/client.h"
#include "client/timeline/presenter.h"

namespace parley {

MessageDelivery::MessageDelivery(ScreenWorld &world, const ChatId &chat, QObject *parent)
    : QAbstractListModel(parent)
    , m_world(world)
    , m_chat(chat)
{
    connect(&world.client, &Client::deliveryReady, this, &MessageDelivery::receive);
    connect(&world.users, &KnownUsers::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0), index(rowCount() - 1), {NameRole, AvatarKeyRole});
    });
}

int MessageDelivery::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_details ? 0 : static_cast<int>(m_details->members.size());
}

QHash<int, QByteArray> MessageDelivery::roleNames() const
{
    return {{UserIdRole, "userId"}, {NameRole, "name"}, {HueRole, "hue"},
        {AvatarKeyRole, "avatarKey"}, {StateRole, "state"}, {TimeTextRole, "timeText"},
        {ReceiptsOffRole, "receiptsOff"}};
}

QVariant MessageDelivery::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &member = m_details->members[static_cast<size_t>(index.row())];
    switch (role) {
    case UserIdRole:
        return member.user.text();
    case NameRole:
        return m_world.users.name(member.user);
    case HueRole:
        return hueOf(member.user);
    case AvatarKeyRole:
        return m_world.users.line(member.user).avatarKey;
    case StateRole:
        return stateOf(member);
    case TimeTextRole:
        return QString(); // watermarks say that, not when
    case ReceiptsOffRole:
        return member.receiptsOff;
    default:
        return {};
    }
}

MessageDelivery::MemberState MessageDelivery::stateOf(const MemberDelivery &member)
{
    return member.isRead ? Read : member.isDelivered ? Delivered : Waiting;
}

int MessageDelivery::countOf(MemberState state) const
{
    if (!m_details)
        return 0;
    return static_cast<int>(std::count_if(m_details->members.begin(), m_details->members.end(),
        [&](const MemberDelivery &member) { return stateOf(member) == state; }));
}

QString MessageDelivery::messageId() const
{
    return m_message ? m_message->text() : QString();
}

QString MessageDelivery::writtenText() const
{
    return m_details && m_details->writtenMs > 0 ? times::exact(m_details->writtenMs) : QString();
}

QString MessageDelivery::sentText() const
{
    return m_details && m_details->acceptedMs ? times::exact(*m_details->acceptedMs) : QString();
}

int MessageDelivery::state() const
{
    return m_details ? static_cast<int>(m_details->row.delivery) : 0;
}

QString MessageDelivery::acceptedSeq() const
{
    return m_details && m_details->acceptedMs ? QString::number(m_details->row.row.seq) : QString();
}

void MessageDelivery::show(const MessageId &message)
{
    if (m_message != message) {
        beginResetModel();
        m_details.reset();
        m_plain.clear();
        m_message = message;
        endResetModel();
        emit detailsChanged();
    }
    m_ticket = m_world.tickets.next();
    m_world.client.requestDelivery(m_ticket, m_chat, message);
}

void MessageDelivery::hide()
{
    beginResetModel();
    m_message.reset();
    m_details.reset();
    m_plain.clear();
    m_ticket = 0;
    endResetModel();
    emit detailsChanged();
}

void MessageDelivery::refresh()
{
    if (m_message)
        show(*m_message);
}

void MessageDelivery::receive(quint64 ticket, const DeliveryDetails &details)
{
    if (ticket != m_ticket || !m_message)
        return;
    beginResetModel();
    m_details = details;
    std::stable_sort(m_details->members.begin(), m_details->members.end(),
        [](const MemberDelivery &one, const MemberDelivery &other) {
            return stateOf(one) < stateOf(other);
        });
    const auto body = fromCbor<TextBody>(details.row.row.payload);
    m_plain = body && !details.row.row.deleted ? cleaned(body->text) : QString();
    endResetModel();
    emit detailsChanged();
}

} // namespace parley
