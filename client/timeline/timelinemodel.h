// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/facts.h"
#include "client/timeline/reactionchip.h"
#include "client/timeline/timeline.h"
#include "client/timeline/timelineloader.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QTimer>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// The list of an open chat for a ListView from bottom to top: row 0 is the newest, the last row
/// says what lies before the oldest. Thin: Timeline knows the order, TimelineLoader fetches.
/// Owned by Chat.
class TimelineModel : public QAbstractListModel, private TimelineObserver {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Chat has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool atStart READ isAtStart NOTIFY edgesChanged)
    Q_PROPERTY(bool atEnd READ isAtEnd NOTIFY edgesChanged)
    Q_PROPERTY(bool loading READ isLoading NOTIFY loadingChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY loadedChanged)
    Q_PROPERTY(int firstUnreadRow READ firstUnreadRow NOTIFY firstUnreadRowChanged)
    Q_PROPERTY(int newBelow READ newBelow NOTIFY newBelowChanged)
public:
    enum Kind { Message, System, Hole, Loading, LoadFailed, Start };
    Q_ENUM(Kind)
    enum SystemKind {
        NoSystem,
        Created,
        Added,
        Removed,
        Left,
        TitleChanged,
        RoleChanged,
        Accepted,
        OtherSystem,
    };
    Q_ENUM(SystemKind)
    enum FailReason {
        NoReason,
        NotAllowed,
        TooLarge,
        TargetGone,
        TooMany,
        NotSupported,
        OtherReason,
    };
    Q_ENUM(FailReason)
    enum Role {
        MessageIdRole = Qt::UserRole + 1,
        KindRole,
        OutgoingRole,
        SenderIdRole,
        SenderNameRole,
        HueRole,
        AvatarKeyRole,
        FirstInGroupRole,
        LastInGroupRole,
        DayLabelRole,
        UnreadLineRole,
        MarkupRole,
        PlainRole,
        MarkedRole,
        RtlRole,
        TallScriptRole,
        BigEmojiRole,
        UnreadableRole,
        TimeTextRole,
        TimeExactRole,
        EditedRole,
        DeletedRole,
        StatusRole,
        FailReasonRole,
        QuoteSenderRole,
        QuoteHueRole,
        QuoteTextRole,
        QuoteIdRole,
        QuoteGoneRole,
        ReactionsRole,
        AccessibleTextRole,
        SystemKindRole,
        SystemActorRole,
        SystemSubjectRole,
        SystemTextRole,
        SystemMineRole,
        SystemMeRole,
        SystemRoleRole,
        CanEditRole,
        CanDeleteRole,
        RoleEnd,
    };

    TimelineModel(ScreenWorld &world, const ChatSummary &chat, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return rowCount(); }
    bool isAtStart() const { return m_timeline.isAtStart(); }
    bool isAtEnd() const { return m_timeline.reachesEnd(); }
    bool isLoading() const { return m_loader.isLoading(); }
    bool isLoaded() const { return m_loader.isLoaded(); }
    int firstUnreadRow() const { return m_timeline.firstUnreadRow(); }
    int newBelow() const { return m_newBelow; }

    Q_INVOKABLE void loadEarlier();
    Q_INVOKABLE void loadLater();
    Q_INVOKABLE void fillHole(int row);
    Q_INVOKABLE int rowOf(const QString &messageId) const;
    /// `jumped` follows, once the message is there.
    Q_INVOKABLE void jumpTo(const QString &messageId);
    /// `jumped(0)` follows, once the newest part is there.
    Q_INVOKABLE void jumpToLatest();

    static SystemKind systemKindOf(parley::Kind kind);
    const Timeline &timeline() const { return m_timeline; }
    const ChatSummary &chat() const { return m_chat; }
    bool canEdit(const TimelineLine &line) const;
    bool canDelete(const TimelineLine &line) const;
    void setChat(const ChatSummary &chat);
    void apply(const PreparedChange &change);
    /// What is on the screen: loads what comes next, fills holes, counts what is new below.
    void setVisibleRange(int newest, int oldest);
    void startDay();
    /// Its texts are to be made ready anew.
    void refresh() { m_loader.refresh(); }

signals:
    void countChanged();
    void edgesChanged();
    void loadingChanged();
    void loadedChanged();
    void firstUnreadRowChanged();
    void newBelowChanged();
    void jumped(int row);
    /// The message of jumpTo is not held on this device.
    void jumpFailed();

private:
    void aboutToInsert(int first, int last) override;
    void inserted() override;
    void aboutToRemove(int first, int last) override;
    void removed() override;
    void aboutToMove(int from, int to) override;
    void moved() override;
    void aboutToReset() override;
    void wasReset() override;
    void changed(int row) override;
    void edgesMoved() override;

    QVariant edgeValue(int role) const;
    QVariant holeValue(int role) const;
    QVariant emptyValue(int role) const;
    std::vector<ReactionChip> chips(const TimelineLine &line) const;
    QVariant messageValue(const TimelineLine &line, int role) const;
    QVariant quoteValue(const TimelineLine &line, int role) const;
    QVariant systemValue(const TimelineLine &line, int role) const;
    void tellDelivery(const ChatSummary &old);
    static Delivery deliveryOf(const TimelineLine &line, const ChatSummary &chat);
    QVariantList reactions(const TimelineLine &line) const;
    QString accessibleText(const TimelineLine &line) const;
    void refreshUsers(const QSet<UserId> &users);
    void countNewBelow(const std::vector<PreparedRow> &rows);
    void fillVisibleHoles(int newest, int oldest);
    void changedEverywhere(const QList<int> &roles);
    void setNewBelow(int count);
    void tellUnreadRow();

    ScreenWorld &m_world;
    ChatSummary m_chat;
    Timeline m_timeline;
    TimelineLoader m_loader;
    QDate m_today;
    int m_newBelow = 0;
    int m_newestVisible = 0;
    int m_unreadRow = -1;
    qint64 m_topSeq = 0; ///< the newest place that was told
};

} // namespace parley
