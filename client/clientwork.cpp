// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/clientwork.h"

#include <QtCore/QLoggingCategory>
#include <QtNetwork/QSslCertificate>

namespace parley {

Q_LOGGING_CATEGORY(clientLog, "parley.client")

namespace {

/// The tickets of the screen are its own business; this one is ours.
constexpr quint64 signOutTicket = ~quint64(0);
/// How long the server is waited for before the profile is wiped anyway.
constexpr int signOutMs = 3'000;

} // namespace

Client::Work::Work(Client &client, const ClientOptions &options)
    : m_client(client)
    , m_options(options)
    , m_link(m_random)
{
    m_signOutTimer.setSingleShot(true);
    connect(&m_signOutTimer, &QTimer::timeout, this, &Work::finishSignOut);
    connect(&m_link, &ServerLink::statusChanged, &m_client, &Client::connectionChanged);
}

Client::Work::~Work()
{
    m_link.disconnect(&m_client);
    m_link.stop();
}

void Client::Work::loadToken()
{
    m_link.stop({ConnectionState::Connecting, ConnectProblem::None, {}, 0});
    if (m_token.isEmpty())
        m_tokens->load(m_account->tokenPlace);
    else
        connectToServer(m_token);
}

void Client::Work::onTokenLoaded(const Result<QByteArray> &token)
{
    // A keychain that answers late may find that the person has signed in meanwhile.
    if (!m_account || m_link.isStarted())
        return;
    if (token) {
        connectToServer(*token);
        return;
    }
    qCInfo(clientLog, "no token: %s", qPrintable(token.error().text));
    // Only where there surely is none has the person to sign in again. A keychain to which it was
    // given says that it has none, too, when the person does not unlock it.
    if (token.error().code == ErrorCode::NotFound && m_account->tokenPlace != TokenPlace::Keychain)
        endSession(ErrorCode::NotSignedIn);
    else
        m_link.stop({ConnectionState::KeychainSilent, ConnectProblem::None, {}, 0});
}

void Client::Work::connectToServer(const QByteArray &token)
{
    const auto address = ServerAddress::parse(m_account->address);
    if (const auto *problem = std::get_if<ConnectProblem>(&address)) {
        m_link.stop({ConnectionState::SignedOut, *problem, {}, 0});
        return;
    }
    m_token = token;
    m_driver->setGreeting({token, m_account->device, appName()});
    m_link.start(std::get<ServerAddress>(address), m_account->fingerprint);
}

QByteArray Client::Work::pinFor(const QString &address) const
{
    if (m_account && m_account->address == address && !m_account->fingerprint.isEmpty())
        return m_account->fingerprint;
    const auto pin = m_pins.find(address);
    return pin == m_pins.end() ? QByteArray() : pin->second;
}

LookUp Client::Work::lookUpOf(const ServerAddress &address, const Handshake::Outcome &outcome)
{
    LookUp result;
    result.problem = outcome.problem;
    result.address = address.text();
    result.fingerprint = outcome.fingerprint;
    result.issuer = outcome.issuer;
    result.validFromMs = outcome.validFromMs;
    result.validToMs = outcome.validToMs;
    result.detail = outcome.detail;
    if (outcome.welcome) {
        result.serverName = outcome.welcome->serverName;
        const auto offers = [&](QLatin1String way) {
            return std::ranges::any_of(
                outcome.welcome->signIn, [&](const QString &each) { return each == way; });
        };
        result.canSignIn = offers(QLatin1String("password"));
        result.canSignUp = offers(QLatin1String("invite"));
    }
    return result;
}

void Client::Work::lookUp(const QString &text)
{
    const auto parsed = ServerAddress::parse(text);
    if (const auto *problem = std::get_if<ConnectProblem>(&parsed)) {
        LookUp result;
        result.problem = *problem;
        result.address = text;
        emit m_client.lookedUp(result);
        return;
    }
    const auto address = std::get<ServerAddress>(parsed);
    const QByteArray pin = pinFor(address.text());
    auto *handshake = new Handshake(address, pin, Auth{}, std::nullopt, this);
    connect(handshake, &Handshake::finished, this,
        [this, address, pin](const Handshake::Outcome &outcome) {
            LookUp result = lookUpOf(address, outcome);
            if (result.problem == ConnectProblem::CertificateChanged)
                result.trustedFingerprint = pin;
            emit m_client.lookedUp(result);
        });
}

void Client::Work::trustCertificate(const QString &text, const QByteArray &fingerprint)
{
    const auto parsed = ServerAddress::parse(text);
    const auto *address = std::get_if<ServerAddress>(&parsed);
    // A changed certificate is never accepted over the one that was trusted.
    if (!address || !pinFor(address->text()).isEmpty())
        return;
    m_pins.insert_or_assign(address->text(), fingerprint);
}

void Client::Work::signIn(const QString &text, const Auth &auth)
{
    const auto parsed = ServerAddress::parse(text);
    if (const auto *problem = std::get_if<ConnectProblem>(&parsed)) {
        emit m_client.signInFinished({*problem, {}, 0, {}});
        return;
    }
    if (m_signIn || !m_profile)
        return;
    if (auth.token && m_account && m_link.isStarted()) {
        emit m_client.signInFinished({});
        return;
    }
    const auto address = std::get<ServerAddress>(parsed);
    std::optional<DeviceId> device;
    if (m_account && m_account->address == address.text())
        device = m_account->device;
    m_signIn = new Handshake(address, pinFor(address.text()), auth, device, this);
    connect(m_signIn, &Handshake::finished, this,
        [this, address, token = auth.token](Handshake::Outcome outcome) {
            m_signIn = nullptr;
            // A token that was given is not given again.
            if (outcome.welcome && !outcome.welcome->token)
                outcome.welcome->token = token;
            onSignedIn(address, outcome);
        });
}

void Client::Work::signInWithToken(const QString &address, const QByteArray &token)
{
    m_passedToken = token;
    Auth auth;
    auth.token = token;
    signIn(address, auth);
}

void Client::Work::cancelSignIn()
{
    if (!m_signIn)
        return;
    m_signIn->disconnect(this);
    m_signIn->deleteLater();
    m_signIn = nullptr;
    emit m_client.signInFinished({ConnectProblem::Refused, ErrorCode::Cancelled, 0, {}});
}

void Client::Work::onSignedIn(const ServerAddress &address, const Handshake::Outcome &outcome)
{
    SignInResult result{outcome.problem, {}, 0, outcome.fingerprint};
    if (outcome.refusal) {
        result.refusal = outcome.refusal->code;
        result.retryAfterMs = outcome.refusal->retryAfterMs.value_or(0);
    }
    if (outcome.problem != ConnectProblem::None) {
        emit m_client.signInFinished(result);
        return;
    }
    const Welcome &welcome = *outcome.welcome;
    if (!welcome.user || !welcome.device || !welcome.token) {
        result.problem = ConnectProblem::NotAServer;
        emit m_client.signInFinished(result);
        return;
    }
    StoredAccount account;
    account.address = address.text();
    account.serverName = welcome.serverName;
    account.user = welcome.user->id;
    account.userName = welcome.user->userName;
    account.device = *welcome.device;
    account.fingerprint = pinFor(account.address);
    account.tokenPlace = TokenPlace::Memory; // until it is kept
    adopt(account, *welcome.token);
}

void Client::Work::adopt(const StoredAccount &account, const QByteArray &token)
{
    const bool isOther = !m_account || m_account->user != account.user;
    m_link.stop();
    m_account = account;
    m_token = token;
    if (auto saved = AccountFile(*m_profile).save(account); !saved) {
        emit m_client.signInFinished({ConnectProblem::KeepingToken, saved.error().code, 0, {}});
        return;
    }
    if (isOther || !m_driver) {
        m_driver.reset();
        const CachedMeta meta = m_cache->meta();
        if (meta.user && *meta.user != account.user) {
            // Somebody else's copy has no place in this person's profile.
            m_cache.reset();
            (void)SqliteCache::wipe(m_profile->folder());
            auto cache = SqliteCache::open(m_profile->folder());
            if (!cache) {
                emit m_client.openFailed(cache.error().text);
                return;
            }
            m_cache = *std::move(cache);
        }
        startDriver();
        if (!m_driver)
            return;
    }
    tellAccount();
    emit m_client.signInFinished({});
    const bool wasPassed = token == m_passedToken;
    m_tokens->save(token, wasPassed ? TokenPlace::File : m_options.tokenPlace);
    connectToServer(token);
}

void Client::Work::onTokenSaved(TokenPlace place)
{
    if (place == TokenPlace::File)
        emit m_client.tokenInFile(m_tokens->filePath());
    if (!m_account || m_account->tokenPlace == place)
        return;
    m_account->tokenPlace = place;
    if (auto saved = AccountFile(*m_profile).save(*m_account); !saved)
        emit m_client.refused({}, saved.error().code, saved.error().text);
}

void Client::Work::allowTokenFile(bool allowed)
{
    if (m_tokens)
        m_tokens->consent(allowed);
}

void Client::Work::tellAccount()
{
    emit m_client.accountChanged(toldAccount());
}

std::optional<Account> Client::Work::toldAccount() const
{
    if (!m_account)
        return std::nullopt;
    return Account{m_account->address, m_account->serverName, m_account->user, m_account->userName,
        m_account->device};
}

void Client::Work::retryNow()
{
    // Replaced by the same device elsewhere: only the person can want this one back. And only the
    // person can unlock a keychain.
    const ConnectionStatus &status = m_link.status();
    const bool waitsForThePerson = status.problem == ConnectProblem::Replaced
        || status.state == ConnectionState::KeychainSilent;
    if (!m_link.isStarted() && m_account && waitsForThePerson)
        loadToken();
    else
        m_link.retryNow();
}

void Client::Work::signOut()
{
    if (!m_account || m_isSigningOut)
        return;
    m_isSigningOut = true;
    if (!m_driver || !m_driver->core().isLive()) {
        finishSignOut();
        return;
    }
    m_signOutTimer.start(signOutMs);
    withCore(
        [this](ClientCore &core) { core.ask(RevokeDevice{m_account->device}, signOutTicket); });
}

void Client::Work::finishSignOut()
{
    if (!m_isSigningOut)
        return;
    m_isSigningOut = false;
    m_signOutTimer.stop();
    m_link.stop();
    m_driver.reset();
    m_cache.reset();
    m_account.reset();
    m_token.clear();
    m_tokens->remove();
    (void)AccountFile(*m_profile).remove();
    if (auto wiped = SqliteCache::wipe(m_profile->folder()); !wiped)
        emit m_client.refused({}, wiped.error().code, wiped.error().text);
    auto cache = SqliteCache::open(m_profile->folder());
    if (!cache) {
        emit m_client.openFailed(cache.error().text);
        return;
    }
    m_cache = *std::move(cache);
    Changes changes;
    changes.isReset = true;
    emit m_client.changed(changes);
    tellAccount();
}

void Client::Work::endSession(ErrorCode code)
{
    if (m_isSigningOut) {
        m_signOutTimer.start(0);
        return;
    }
    m_token.clear();
    m_link.stop({ConnectionState::SignedOut, ConnectProblem::Refused, code, 0});
}

void Client::Work::onSessionRefused(const Refusal &refusal)
{
    switch (refusal.errorClass) {
    case ErrorClass::Auth:
        endSession(refusal.code);
        break;
    case ErrorClass::Upgrade:
        m_link.stop({ConnectionState::UpgradeRequired, ConnectProblem::TooOld, refusal.code, 0});
        break;
    default:
        m_link.refused(refusal.code, refusal.retryAfterMs.value_or(0));
        break;
    }
}

void Client::Work::onNotice(const notice::Any &any)
{
    if (const auto *welcomed = std::get_if<notice::Welcomed>(&any)) {
        if (m_account && m_account->serverName != welcomed->welcome.serverName) {
            m_account->serverName = welcomed->welcome.serverName;
            (void)AccountFile(*m_profile).save(*m_account);
            tellAccount();
        }
    } else if (const auto *refused = std::get_if<notice::SessionRefused>(&any)) {
        onSessionRefused(refused->refusal);
    } else if (std::holds_alternative<notice::CaughtUp>(any)) {
        m_link.caughtUp();
    } else if (const auto *closed = std::get_if<notice::ClosedByServer>(&any)) {
        if (closed->reason == CloseReason::Replaced)
            m_link.stop({ConnectionState::Unreachable, ConnectProblem::Replaced, {}, 0});
        else if (closed->reason == CloseReason::Revoked)
            endSession(ErrorCode::NotSignedIn);
    } else if (const auto *away = std::get_if<notice::GoneAway>(&any)) {
        m_link.goneAway(away->windowMs);
    } else if (const auto *failed = std::get_if<notice::CacheFailed>(&any)) {
        emit m_client.refused({}, failed->error.code, failed->error.text);
    } else if (const auto *history = std::get_if<notice::HistoryFailed>(&any)) {
        emit m_client.historyFailed(history->chat);
    } else if (const auto *operation = std::get_if<notice::OperationRefused>(&any)) {
        emit m_client.refused(operation->chat, operation->code, QString());
    } else if (const auto *accepted = std::get_if<notice::OperationAccepted>(&any)) {
        if (m_journal)
            m_journal->write(m_account->user, *accepted);
    } else if (const auto *answered = std::get_if<notice::Answered>(&any)) {
        // Later: the driver that tells this ends with it.
        if (answered->ticket == signOutTicket)
            m_signOutTimer.start(0);
        else
            emit m_client.answered(answered->ticket, answered->refusal);
    } else if (const auto *found = std::get_if<notice::UserFound>(&any)) {
        emit m_client.userFound(found->ticket, found->user);
    } else if (const auto *devices = std::get_if<notice::DevicesListed>(&any)) {
        emit m_client.devicesReady(devices->ticket, devices->devices);
    } else if (const auto *delivery = std::get_if<notice::DeliveryKnown>(&any)) {
        emit m_client.deliveryReady(delivery->ticket, delivery->details);
    }
}

void Client::Work::store(const ChatId &chat, const std::function<Status(ClientCore &)> &want)
{
    if (!m_driver) {
        emit m_client.refused(chat, ErrorCode::NotSignedIn, QString());
        return;
    }
    const auto done = m_driver->run(want);
    if (!done)
        emit m_client.refused(chat, done.error().code, done.error().text);
}

void Client::Work::ask(quint64 ticket, const Command &command)
{
    if (!m_driver)
        emit m_client.answered(ticket, ErrorCode::NotSignedIn);
    else
        withCore([&](ClientCore &core) { core.ask(command, ticket); });
}

} // namespace parley
