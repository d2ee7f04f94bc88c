// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/account/accountfile.h"
#include "client/client.h"
#include "client/coredriver.h"
#include "client/deliveryjournal.h"
#include "client/network/handshake.h"

#include <QtCore/QPointer>

namespace parley {

/// What the client does on its own thread: profile, account, sign-in, and the core's driver.
class Client::Work : public QObject {
public:
    Work(Client &client, const ClientOptions &options);
    ~Work() override;

    void open();
    void setCacheAside();

    void lookUp(const QString &address);
    void trustCertificate(const QString &address, const QByteArray &fingerprint);
    void signIn(const QString &address, const Auth &auth);
    void signInWithToken(const QString &address, const QByteArray &token);
    void cancelSignIn();
    void allowTokenFile(bool allowed);
    void signOut();
    /// The person asks for a try.
    void retryNow();
    /// The person is back: a try that is waited for comes at once, nothing else.
    void wake() { m_link.retryNow(); }

    /// Calls `want(core)` if there is an account; else nothing.
    template <typename Want>
    void withCore(Want &&want)
    {
        if (m_driver)
            m_driver->run(std::forward<Want>(want));
    }
    /// The same for what may be refused: that is told.
    void store(const ChatId &chat, const std::function<Status(ClientCore &)> &want);
    CoreDriver *driver() { return m_driver.get(); }
    /// A request with a ticket that only the server can answer.
    void ask(quint64 ticket, const Command &command);

private:
    Status openProfile();
    Status openJournal();
    void openAccount();
    void startDriver();
    void loadToken();
    void onTokenLoaded(const Result<QByteArray> &token);
    void connectToServer(const QByteArray &token);
    void onSignedIn(const ServerAddress &address, const Handshake::Outcome &outcome);
    void adopt(const StoredAccount &account, const QByteArray &token);
    void onTokenSaved(TokenPlace place);
    void onNotice(const notice::Any &notice);
    void onSessionRefused(const Refusal &refusal);
    void endSession(ErrorCode code);
    void finishSignOut();
    void tellAccount();
    std::optional<Account> toldAccount() const;
    QByteArray pinFor(const QString &address) const;
    static LookUp lookUpOf(const ServerAddress &address, const Handshake::Outcome &outcome);

    Client &m_client;
    const ClientOptions m_options;
    SystemRandom m_random;
    ServerLink m_link;
    std::optional<Profile> m_profile;
    std::unique_ptr<SqliteCache> m_cache;
    std::unique_ptr<CoreDriver> m_driver;
    std::unique_ptr<TokenStore> m_tokens;
    std::unique_ptr<DeliveryJournal> m_journal;
    std::optional<StoredAccount> m_account;
    std::map<QString, QByteArray> m_pins; ///< trusted before there is an account
    QPointer<Handshake> m_signIn;
    QByteArray m_token; ///< the one of this run, wherever it is kept
    QByteArray m_passedToken; ///< the last one that was passed from outside
    QTimer m_signOutTimer;
    bool m_isSigningOut = false;
};

} // namespace parley
