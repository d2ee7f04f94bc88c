// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/account/tokenstore.h"
#include "client/core/values.h"
#include "client/network/connectionstatus.h"
#include "client/search/searchvalues.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace parley {

/// What is at an address.
struct LookUp {
    ConnectProblem problem = ConnectProblem::None;
    QString address; ///< as it will be kept: wss://host:port/
    QString serverName;
    bool canSignIn = false; ///< with a name and a password
    bool canSignUp = false; ///< with an invite
    QByteArray fingerprint; ///< SHA-256 of a self-signed certificate, 32 bytes
    QByteArray trustedFingerprint; ///< CertificateChanged: the one that was trusted
    QString issuer; ///< of the certificate, when it is what is wrong
    qint64 validFromMs = 0;
    qint64 validToMs = 0;
    QString detail; ///< for a details view, in the network library's words
};

/// Whom this profile is signed in as.
struct Account {
    QString address;
    QString serverName;
    UserId user;
    QString userName;
    DeviceId device;
};

struct SignInRequest {
    QString address;
    QString userName;
    QString password;
    QString deviceName;
};
struct SignUpRequest {
    QString address;
    QString inviteCode;
    QString userName;
    QString displayName;
    QString password;
    QString deviceName;
};

/// What became of signIn and signUp.
struct SignInResult {
    ConnectProblem problem = ConnectProblem::None;
    std::optional<ErrorCode> refusal;
    qint64 retryAfterMs = 0;
    QByteArray fingerprint;
};

struct ClientOptions {
    QString dataFolder; ///< where profiles are; empty: the platform's place for data
    QString profile; ///< empty for the default one
    /// Of what a person's sign-in brings. Another than the keychain is for tests.
    TokenPlace tokenPlace = TokenPlace::Keychain;
    /// Whether history that nobody looks at is fetched while nothing else is to be done.
    bool isBackfilling = true;
    /// Where to write what this client was told is in the log; empty: nowhere.
    QString deliveryJournal;
    /// Reads the whole cache when it is opened: damage anywhere is `cacheDamaged`.
    bool isCheckingCache = false;
};

/// Where a profile's files are; the folder may not exist yet.
QString profileFolder(const ClientOptions &options);

/// The client below the screen: owns cache, core and connection. The screen knows nothing else.
///
/// Lives on one worker thread; every slot may be called from any thread and does its work on the
/// client's, in order. Signals are emitted on the client's thread: connect with a context object on
/// the screen's thread, and they arrive queued, as values. `ticket` is any number of the caller's,
/// given back with the answer. Nothing is told before it is committed.
class Client : public QObject {
    Q_OBJECT
public:
    explicit Client(ClientOptions options, QObject *parent = nullptr);
    ~Client() override;

public slots:
    /// Opens the profile: `opened` or `openFailed` follows, then everything else.
    void open();
    /// After `cacheDamaged`: moves the damaged file out of the way (`cacheSetAside`) and opens
    /// again.
    void setCacheAside();
    /// Closes connection and files; `closed` follows. Call before the thread is ended.
    void close();

    // Account
    void lookUp(const QString &address);
    /// Pins a self-signed certificate that lookUp has shown. Never replaces another pin.
    void trustCertificate(const QString &address, const QByteArray &fingerprint);
    void signIn(const parley::SignInRequest &request);
    void signUp(const parley::SignUpRequest &request);
    /// With a device token that an administrator minted (32 bytes): demos, load runs, automation.
    /// Only succeeds at once, without asking anybody, when the profile has an account already.
    /// Whoever passes a token has it in a file: in one of the profile it gives nothing away.
    void signInWithToken(const QString &address, const QByteArray &token);
    /// The person gave up waiting: signInFinished says Cancelled, and nothing is kept.
    void cancelSignIn();
    /// The person's answer to `tokenConsentNeeded`: keep the token in a file of mode 0600, or not.
    void allowTokenFile(bool allowed);
    /// Ends this device on the server if it can be reached, and wipes the profile.
    void signOut();

    // Connection
    /// The person wants a try, also at what is not tried again by itself: a keychain that did not
    /// answer, a session that the same device took elsewhere.
    void retryNow();
    /// A person is in front of it: renews presence as active, retries at once.
    void setActive(bool active);

    // What is on the screen
    void requestChats(quint64 ticket);
    void requestWindow(quint64 ticket, const parley::WindowRequest &request);
    void requestMembers(quint64 ticket, const parley::ChatId &chat);
    void requestDelivery(
        quint64 ticket, const parley::ChatId &chat, const parley::MessageId &message);
    void requestDraft(quint64 ticket, const parley::ChatId &chat);
    /// Messages that this device holds, from its index, the newest first. Also offline.
    void search(quint64 ticket, const parley::SearchRequest &request);
    void requestUsers(const std::vector<parley::UserId> &users);
    void findUser(quint64 ticket, const QString &userName);
    void requestDevices(quint64 ticket);
    /// A hole came into view: fetch it. `timelines` of `changed` tell when it is there.
    void wantHistory(const parley::ChatId &chat, qint64 low, qint64 high);
    /// The chat on the screen; nothing when none is.
    void focusChat(const std::optional<parley::ChatId> &chat);
    /// The users on the screen (at most 200): their presence and profiles are kept fresh.
    void watchUsers(const std::vector<parley::UserId> &users);

    // Messages. What is wrong is told by `refused`; what was stored by `changed`.
    void sendMessage(const parley::ChatId &chat, const parley::NewMessage &message);
    void editMessage(const parley::ChatId &chat, const parley::MessageId &message,
        const QByteArray &payload, parley::ContentType contentType = parley::ContentType::Text);
    void deleteMessage(const parley::ChatId &chat, const parley::MessageId &message);
    void react(const parley::ChatId &chat, const parley::MessageId &message, const QString &emoji);
    void unreact(
        const parley::ChatId &chat, const parley::MessageId &message, const QString &emoji);
    /// Sends a failed operation again, with a new id.
    void retry(const parley::ChatId &chat, const parley::MessageId &operation);
    /// Forgets a failed operation.
    void discard(const parley::ChatId &chat, const parley::MessageId &operation);
    void markRead(const parley::ChatId &chat, qint64 upTo);
    void setTyping(const parley::ChatId &chat, bool on);
    void setDraft(const parley::ChatId &chat, const parley::Draft &draft);

    // Chats. `chatCreated` answers both creations at once, also offline.
    void createDirect(quint64 ticket, const parley::UserId &other);
    void createGroup(
        quint64 ticket, const QString &title, const std::vector<parley::UserId> &members);
    void setTitle(const parley::ChatId &chat, const QString &title);
    void addMember(const parley::ChatId &chat, const parley::UserId &user);
    void removeMember(const parley::ChatId &chat, const parley::UserId &user);
    void setRole(const parley::ChatId &chat, const parley::UserId &user, parley::Role role);
    void leave(const parley::ChatId &chat);
    void accept(const parley::ChatId &chat);
    void block(const parley::ChatId &chat);
    void unblock(const parley::ChatId &chat);
    void mute(const parley::ChatId &chat, qint64 untilMs); ///< 0: for ever
    void unmute(const parley::ChatId &chat);
    void markUnread(const parley::ChatId &chat, bool unread);

    // The own person
    void setPrivacy(const parley::Privacy &privacy);
    void setProfile(quint64 ticket, const parley::SetProfile &profile);
    void revokeDevice(quint64 ticket, const parley::DeviceId &device);

signals:
    void opened(const std::optional<parley::Account> &account);
    /// A sentence that says what to do: locked by another window, damaged, newer.
    void openFailed(const QString &sentence);
    /// Just before openFailed, when setCacheAside() would help.
    void cacheDamaged();
    /// Where the damaged file lies now, with what only it holds: what was not sent yet.
    void cacheSetAside(const QString &path);
    void closed();
    void connectionChanged(const parley::ConnectionStatus &status);
    void lookedUp(const parley::LookUp &result);
    void signInFinished(const parley::SignInResult &result);
    /// There is no keychain: ask the person, then allowTokenFile().
    void tokenConsentNeeded(const QString &path);
    /// The token lies in this file from now on.
    void tokenInFile(const QString &path);
    void accountChanged(const std::optional<parley::Account> &account);
    /// What changed, at most one set every 16 ms.
    void changed(const parley::Changes &changes);

    void chatsReady(quint64 ticket, const std::vector<parley::ChatSummary> &chats);
    void windowReady(quint64 ticket, const parley::TimelineWindow &window);
    void membersReady(
        quint64 ticket, const parley::ChatId &chat, const std::vector<parley::MemberRow> &members);
    void searchReady(quint64 ticket, const parley::SearchPage &page);
    void deliveryReady(quint64 ticket, const parley::DeliveryDetails &details);
    void draftReady(quint64 ticket, const parley::ChatId &chat, const parley::Draft &draft);
    void userFound(quint64 ticket, const std::optional<parley::UserRow> &user);
    void devicesReady(quint64 ticket, const std::vector<parley::DeviceRow> &devices);
    void chatCreated(quint64 ticket, const parley::ChatId &chat);
    /// A request with a ticket was done, or refused with a code.
    void answered(quint64 ticket, const std::optional<parley::ErrorCode> &refusal);
    /// Something that the person wanted cannot be: nothing was stored, or the server refused it.
    /// The null chat for what concerns none; the sentence may be empty.
    void refused(const parley::ChatId &chat, parley::ErrorCode code, const QString &sentence);
    /// The history of a chat could not be fetched now.
    void historyFailed(const parley::ChatId &chat);

private:
    class Work;
    void post(std::function<void(Work &)> task);
    void run(const std::function<void(Work &)> &task);

    const ClientOptions m_options;
    std::unique_ptr<Work> m_work; ///< made and ended on the client's thread
};

} // namespace parley
