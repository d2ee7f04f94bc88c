// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"
#include "shared/result.h"

#include <QtCore/QObject>

#include <memory>

namespace parley {

/// How the way to the server is.
enum class ConnectionState : quint8 {
    SignedOut, ///< no account, or its token is no longer accepted (see `problem`)
    Offline, ///< this machine has no network
    Connecting, ///< on the way, or catching up for the first time
    Unreachable, ///< tried in vain; trying again at `retryAtMs`
    Online,
    UpgradeRequired, ///< this program is too old for the server
};

/// Why a server could not be used, or a sign-in did not succeed.
enum class ConnectProblem : quint8 {
    None,
    InvalidAddress, ///< not something that could be a server's address
    ServerNotFound, ///< no such host name
    NotEncrypted, ///< plain, and not on this machine
    CertificateUnknown, ///< self-signed: show the fingerprint, then trustCertificate()
    CertificateChanged, ///< not the one that was trusted: refused
    CertificateInvalid, ///< expired, wrong host, or signed by nobody we know
    Unreachable, ///< refused, timed out, or cut
    NotAServer, ///< something answers there, but not this protocol
    TooOld, ///< no common version
    Refused, ///< by the server, with an error code
    Replaced, ///< the same device connected from elsewhere
    KeepingToken, ///< the token could not be kept
};

struct ConnectionStatus {
    ConnectionState state = ConnectionState::SignedOut;
    ConnectProblem problem = ConnectProblem::None;
    std::optional<ErrorCode> refusal; ///< with Refused
    qint64 retryAtMs = 0; ///< Unreachable: by this machine's clock
    friend bool operator==(const ConnectionStatus &, const ConnectionStatus &) = default;
};

/// What is at an address.
struct LookUp {
    ConnectProblem problem = ConnectProblem::None;
    QString address; ///< as it will be kept: wss://host:port/
    QString serverName;
    bool canSignIn = false; ///< with a name and a password
    bool canSignUp = false; ///< with an invite
    QByteArray fingerprint; ///< SHA-256 of a self-signed certificate, 32 bytes
    QByteArray trustedFingerprint; ///< CertificateChanged: the one that was trusted
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
};

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
    /// Closes connection and files; `closed` follows. Call before the thread is ended.
    void close();

    // Account
    void lookUp(const QString &address);
    /// Pins a self-signed certificate that lookUp has shown. Never replaces another pin.
    void trustCertificate(const QString &address, const QByteArray &fingerprint);
    void signIn(const parley::SignInRequest &request);
    void signUp(const parley::SignUpRequest &request);
    /// The person's answer to `tokenConsentNeeded`: keep the token in a file of mode 0600, or not.
    void allowTokenFile(bool allowed);
    /// Ends this device on the server if it can be reached, and wipes the profile.
    void signOut();

    // Connection
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
    void closed();
    void connectionChanged(const parley::ConnectionStatus &status);
    void lookedUp(const parley::LookUp &result);
    void signInFinished(const parley::SignInResult &result);
    /// There is no keychain: ask the person, then allowTokenFile().
    void tokenConsentNeeded(const QString &path);
    void accountChanged(const std::optional<parley::Account> &account);
    /// What changed, at most one set every 16 ms.
    void changed(const parley::Changes &changes);

    void chatsReady(quint64 ticket, const std::vector<parley::ChatSummary> &chats);
    void windowReady(quint64 ticket, const parley::TimelineWindow &window);
    void membersReady(
        quint64 ticket, const parley::ChatId &chat, const std::vector<parley::MemberRow> &members);
    void deliveryReady(quint64 ticket, const parley::DeliveryDetails &details);
    void draftReady(quint64 ticket, const parley::ChatId &chat, const parley::Draft &draft);
    void userFound(quint64 ticket, const std::optional<parley::UserRow> &user);
    void devicesReady(quint64 ticket, const std::vector<parley::DeviceRow> &devices);
    void chatCreated(quint64 ticket, const parley::ChatId &chat);
    /// A request with a ticket was done, or refused with a code.
    void answered(quint64 ticket, const std::optional<parley::ErrorCode> &refusal);
    /// Something that the person wanted cannot be: nothing was stored.
    void refused(const parley::ChatId &chat, parley::ErrorCode code, const QString &sentence);
    /// The history of a chat could not be fetched now.
    void historyFailed(const parley::ChatId &chat);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace parley
