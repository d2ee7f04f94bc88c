// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/ownsession.h"
#include "client/app/peoplefinder.h"
#include "client/app/signinform.h"
#include "client/chats/chatactions.h"
#include "client/chats/chatlistmodel.h"
#include "client/chats/openchat.h"
#include "client/search/palettesearch.h"
#include "client/settings/profilesettings.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace parley {

struct PreparedChanges;
struct PreparedChat;

/// The one root that QML is given. Owns the view-models, passes on what the worker tells.
/// Made by main(), lives on the screen's thread, and ends before the worker does.
class App : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("main() makes it")
    Q_PROPERTY(Stage stage READ stage NOTIFY stageChanged)
    Q_PROPERTY(parley::SignInForm *signIn READ signIn CONSTANT)
    Q_PROPERTY(parley::ChatListModel *chats READ chats CONSTANT)
    Q_PROPERTY(parley::ChatActions *chatActions READ chatActions CONSTANT)
    Q_PROPERTY(parley::OpenChat *chat READ chat NOTIFY chatChanged)
    Q_PROPERTY(parley::OwnSession *session READ session CONSTANT)
    Q_PROPERTY(parley::PeopleFinder *people READ people CONSTANT)
    Q_PROPERTY(parley::PaletteSearch *search READ search CONSTANT)
    Q_PROPERTY(parley::ProfileSettings *settings READ settings CONSTANT)
    Q_PROPERTY(QString version READ version CONSTANT)
public:
    enum Stage { Starting, SignedOut, SignedIn };
    Q_ENUM(Stage)
    /// What a passing word is about; QML words it.
    enum Notice {
        Copied,
        ActionFailed,
        ServerSaid,
        NotAllowed,
        TooLarge,
        TooMany, ///< too often, or too many of a thing
        NotReachable,
        PictureUnusable,
        ProfileSaved,
    };
    Q_ENUM(Notice)

    App(ScreenWorld &world, ProfileSettings &settings, QObject *parent = nullptr);
    ~App() override;

    Stage stage() const { return m_stage; }
    SignInForm *signIn() { return &m_signIn; }
    ChatListModel *chats() { return &m_chats; }
    ChatActions *chatActions() { return &m_chatActions; }
    OpenChat *chat() const { return m_chat.get(); }
    OwnSession *session() { return &m_session; }
    PeopleFinder *people() { return &m_people; }
    PaletteSearch *search() { return &m_search; }
    ProfileSettings *settings() { return &m_settings; }
    QString version() const;

    Q_INVOKABLE void openChat(const QString &chatId);
    /// Opens the chat at this message, which is held here.
    Q_INVOKABLE void openMessage(const QString &chatId, const QString &messageId);
    Q_INVOKABLE void closeChat();
    /// The window is in front of a person, or not.
    Q_INVOKABLE void setActive(bool active);
    /// The host that a link really leads to, to be shown before it is opened.
    Q_INVOKABLE QString linkHost(const QString &link) const;
    /// Opens http, https and mailto, nothing else.
    Q_INVOKABLE bool openLink(const QString &link);

    /// Opens the first chat with this id or title, now or as soon as it is known.
    void openChatNamed(const QString &idOrTitle);
    /// Everything that was typed goes to the disk.
    void flush();

signals:
    void stageChanged();
    void chatChanged();
    void notice(int kind, const QString &detail);
    /// The profile cannot be opened: a sentence that says what to do.
    void openFailed(const QString &sentence);

private:
    void receiveOpened(const std::optional<Account> &account);
    void receiveAccount(const std::optional<Account> &account);
    void receiveChanges(const PreparedChanges &changes);
    void receiveChats(const std::vector<PreparedChat> &chats);
    void receiveRefusal(const ChatId &chat, ErrorCode code, const QString &sentence);
    void connectClient();
    void connectModels();
    void tellChat(const PreparedChanges &changes);
    void show(const ChatId &chat);
    void letGo();
    void openWanted();
    void watchUsers();
    void startDay();
    void setStage(Stage stage);

    ScreenWorld &m_world;
    ProfileSettings &m_settings;
    SignInForm m_signIn;
    OwnSession m_session;
    ChatListModel m_chats;
    ChatActions m_chatActions;
    PeopleFinder m_people;
    PaletteSearch m_search;
    std::unique_ptr<OpenChat> m_chat;
    std::unique_ptr<OpenChat> m_leaving; ///< until the pages have let go of it
    Stage m_stage = Starting;
    quint64 m_chatsTicket = 0;
    std::optional<ChatId> m_chatToOpen; ///< asked for before it was known
    QString m_titleToOpen;
    std::vector<UserId> m_watched;
    QTimer m_watchTimer;
    QTimer m_dayTimer;
};

} // namespace parley
