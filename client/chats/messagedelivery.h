// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/app/screenworld.h"
#include "client/core/values.h"

#include <QtCore/QAbstractListModel>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// The way of one message, member by member; QML knows it as DeliveryDetails. Owned by Chat.
class MessageDelivery : public QAbstractListModel {
    Q_OBJECT
    QML_NAMED_ELEMENT(DeliveryDetails)
    QML_UNCREATABLE("Chat has it")
    Q_PROPERTY(QString messageId READ messageId NOTIFY detailsChanged)
    Q_PROPERTY(QString writtenText READ writtenText NOTIFY detailsChanged)
    Q_PROPERTY(QString sentText READ sentText NOTIFY detailsChanged)
    Q_PROPERTY(int state READ state NOTIFY detailsChanged)
    Q_PROPERTY(QString acceptedSeq READ acceptedSeq NOTIFY detailsChanged)
    Q_PROPERTY(QString plain READ plain NOTIFY detailsChanged)
    Q_PROPERTY(bool complete READ isComplete NOTIFY detailsChanged)
    Q_PROPERTY(int count READ count NOTIFY detailsChanged)
    Q_PROPERTY(int readCount READ readCount NOTIFY detailsChanged)
    Q_PROPERTY(int deliveredCount READ deliveredCount NOTIFY detailsChanged)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY detailsChanged)
public:
    enum MemberState { Read, Delivered, Waiting };
    Q_ENUM(MemberState)
    enum Role {
        UserIdRole = Qt::UserRole + 1,
        NameRole,
        HueRole,
        AvatarKeyRole,
        StateRole,
        TimeTextRole,
        ReceiptsOffRole,
    };

    MessageDelivery(ScreenWorld &world, const ChatId &chat, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }

    QString messageId() const;
    QString writtenText() const;
    QString sentText() const;
    int state() const;
    QString acceptedSeq() const;
    QString plain() const { return m_plain; }
    bool isComplete() const { return m_details && m_details->isComplete; }
    int readCount() const { return countOf(Read); }
    int deliveredCount() const { return countOf(Delivered); }
    int waitingCount() const { return countOf(Waiting); }

    /// Shows this message from now on.
    void show(const MessageId &message);
    void hide();
    /// The shown message again: a mark moved.
    void refresh();

signals:
    void detailsChanged();

private:
    void receive(quint64 ticket, const DeliveryDetails &details);
    static MemberState stateOf(const MemberDelivery &member);
    int countOf(MemberState state) const;

    ScreenWorld &m_world;
    ChatId m_chat;
    std::optional<MessageId> m_message;
    std::optional<DeliveryDetails> m_details;
    QString m_plain;
    quint64 m_ticket = 0;
};

} // namespace parley
