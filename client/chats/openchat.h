// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/chats/membersmodel.h"
#include "client/chats/messagedelivery.h"
#include "client/composer/composer.h"
#include "client/search/chatsearch.h"
#include "client/timeline/readmarker.h"
#include "client/timeline/timelinemodel.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace parley {

/// The open chat: its head, timeline, composer, members and search, and everything one can do
/// there. Owned by App, one at a time.
class OpenChat : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Chat)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(QString chatId READ chatId CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(int hue READ hue CONSTANT)
    Q_PROPERTY(QString avatarKey READ avatarKey NOTIFY titleChanged)
    Q_PROPERTY(bool isGroup READ isGroup CONSTANT)
    Q_PROPERTY(QString otherId READ otherId CONSTANT)
    Q_PROPERTY(int presence READ presence NOTIFY presenceChanged)
    Q_PROPERTY(QString lastSeenText READ lastSeenText NOTIFY presenceChanged)
    Q_PROPERTY(int memberCount READ memberCount NOTIFY stateChanged)
    Q_PROPERTY(int onlineCount READ onlineCount NOTIFY onlineCountChanged)
    Q_PROPERTY(QStringList typingNames READ typingNames NOTIFY typingNamesChanged)
    Q_PROPERTY(bool request READ isRequest NOTIFY stateChanged)
    Q_PROPERTY(bool canWrite READ canWrite NOTIFY stateChanged)
    Q_PROPERTY(WhyNot whyNot READ whyNot NOTIFY stateChanged)
    Q_PROPERTY(bool isBlocked READ isBlocked NOTIFY stateChanged)
    Q_PROPERTY(bool isMuted READ isMuted NOTIFY stateChanged)
    Q_PROPERTY(bool isMarkedUnread READ isMarkedUnread NOTIFY stateChanged)
    Q_PROPERTY(MyRole myRole READ myRole NOTIFY stateChanged)
    Q_PROPERTY(parley::TimelineModel *timeline READ timeline CONSTANT)
    Q_PROPERTY(parley::Composer *composer READ composer CONSTANT)
    Q_PROPERTY(parley::MembersModel *members READ members CONSTANT)
    Q_PROPERTY(parley::MessageDelivery *delivery READ delivery CONSTANT)
    Q_PROPERTY(parley::ChatSearch *search READ search CONSTANT)
public:
    enum WhyNot { None, Removed, Left, Blocked, RequestPending };
    Q_ENUM(WhyNot)
    enum MyRole { Member, Admin, Owner };
    Q_ENUM(MyRole)

    OpenChat(ScreenWorld &world, const PreparedChat &chat, QObject *parent = nullptr);
    ~OpenChat() override;

    QString chatId() const { return id().text(); }
    const ChatId &id() const { return m_summary.id; }
    QString title() const;
    int hue() const;
    QString avatarKey() const;
    bool isGroup() const { return m_summary.kind == ChatKind::Group; }
    QString otherId() const { return m_summary.other ? m_summary.other->text() : QString(); }
    int presence() const;
    QString lastSeenText() const;
    int memberCount() const { return static_cast<int>(m_summary.members); }
    int onlineCount() const { return m_members.onlineCount(); }
    QStringList typingNames() const;
    bool isRequest() const { return m_summary.membership == MemberState::Invited; }
    bool canWrite() const { return whyNot() == None; }
    WhyNot whyNot() const;
    bool isBlocked() const { return m_summary.isBlocking; }
    bool isMuted() const { return m_summary.isMuted; }
    bool isMarkedUnread() const { return m_summary.isMarkedUnread; }
    MyRole myRole() const;
    TimelineModel *timeline() { return &m_timeline; }
    Composer *composer() { return &m_composer; }
    MembersModel *members() { return &m_members; }
    MessageDelivery *delivery() { return &m_delivery; }
    ChatSearch *search() { return &m_search; }

    Q_INVOKABLE void accept();
    Q_INVOKABLE void block();
    Q_INVOKABLE void unblock();
    Q_INVOKABLE void setMuted(bool muted);
    Q_INVOKABLE void markUnread(bool unread);
    Q_INVOKABLE void setTitle(const QString &title);
    Q_INVOKABLE void addMember(const QString &userId);
    Q_INVOKABLE void removeMember(const QString &userId);
    Q_INVOKABLE void setRole(const QString &userId, int role);
    Q_INVOKABLE void leave();
    Q_INVOKABLE void toggleReaction(const QString &messageId, const QString &emoji);
    Q_INVOKABLE void remove(const QString &messageId);
    Q_INVOKABLE void retry(const QString &messageId);
    Q_INVOKABLE void discard(const QString &messageId);
    Q_INVOKABLE void copyText(const QString &messageId);
    Q_INVOKABLE void showDelivery(const QString &messageId);
    Q_INVOKABLE void hideDelivery();
    /// Rows of the model that are at least half on the screen, in any order.
    Q_INVOKABLE void setVisibleRange(int firstRow, int lastRow, bool windowActive);

    /// Another chat takes its place: drafts are kept, and nothing is told to it any more.
    void leaveScreen();
    void setSummary(const PreparedChat &chat);
    void setTyping(const std::vector<UserId> &users);
    void apply(const PreparedChange &change);
    void refreshMembers() { m_members.refresh(); }
    void receiveRefusal() { m_composer.receiveRefusal(); }
    void startDay() { m_timeline.startDay(); }
    bool isLoaded() const { return m_timeline.isLoaded() && !m_timeline.isLoading(); }
    /// Everyone whose presence is shown here.
    std::vector<UserId> watched() const;

signals:
    void titleChanged();
    void presenceChanged();
    void onlineCountChanged();
    void typingNamesChanged();
    void stateChanged();
    void copied();
    /// A message of one's own is stored: the view goes to the end.
    void sent();

private:
    static ScreenWorld &open(ScreenWorld &world, const ChatSummary &chat);
    const TimelineLine *find(const QString &messageId) const;
    void refreshUsers(const QSet<UserId> &users);
    void lookAtRange();
    void startReadTimer();
    void tellRead();

    ScreenWorld &m_world;
    ChatSummary m_summary;
    TimelineModel m_timeline;
    Composer m_composer;
    MembersModel m_members;
    MessageDelivery m_delivery;
    ChatSearch m_search;
    ReadMarker m_marker;
    int m_newestVisible = 0;
    int m_oldestVisible = -1; ///< -1: nobody looks
    std::vector<UserId> m_typing;
    QTimer m_readTimer;
};

} // namespace parley
