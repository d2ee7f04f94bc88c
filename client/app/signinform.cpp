// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/signinform.h"

#include "client/app/times.h"

#include <QtCore/QSysInfo>

namespace parley {

namespace {

constexpr int debounceMs = 600;
constexpr int secondMs = 1'000;

SignInForm::LookUp lookUpOf(const LookUp &answer)
{
    switch (answer.problem) {
    case ConnectProblem::None:
        return answer.address.startsWith(QLatin1String("ws:")) ? SignInForm::FoundLocal
                                                               : SignInForm::Found;
    case ConnectProblem::InvalidAddress:
    case ConnectProblem::ServerNotFound:
    case ConnectProblem::NotAServer:
        return SignInForm::NotFound;
    case ConnectProblem::NotEncrypted:
        return SignInForm::NotEncrypted;
    case ConnectProblem::CertificateUnknown:
        return SignInForm::CertificateUnknown;
    case ConnectProblem::CertificateChanged:
        return SignInForm::CertificateChanged;
    case ConnectProblem::CertificateInvalid:
        return SignInForm::CertificateInvalid;
    case ConnectProblem::TooOld:
        return SignInForm::TooOld;
    default:
        return SignInForm::Unreachable;
    }
}

SignInForm::State stateOf(ErrorCode refusal)
{
    switch (refusal) {
    case ErrorCode::BadCredentials:
        return SignInForm::WrongCredentials;
    case ErrorCode::RateLimited:
    case ErrorCode::Busy:
        return SignInForm::RateLimited;
    case ErrorCode::InvalidInvite:
        return SignInForm::InviteInvalid;
    case ErrorCode::NameTaken:
        return SignInForm::NameTaken;
    case ErrorCode::WeakPassword:
        return SignInForm::WeakPassword;
    case ErrorCode::InvalidName:
        return SignInForm::InvalidName;
    case ErrorCode::LimitReached:
        return SignInForm::TooManyDevices;
    case ErrorCode::Cancelled:
        return SignInForm::Idle;
    default:
        return SignInForm::Refused;
    }
}

bool isOfTheNetwork(ConnectProblem problem)
{
    return problem == ConnectProblem::Unreachable || problem == ConnectProblem::ServerNotFound
        || problem == ConnectProblem::NotAServer;
}

QString fingerprintText(const QByteArray &fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

} // namespace

SignInForm::SignInForm(Client &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_deviceName(QSysInfo::machineHostName())
{
    if (m_deviceName.isEmpty())
        m_deviceName = QSysInfo::prettyProductName();
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounceMs);
    m_countDown.setInterval(secondMs);
    connect(&m_debounce, &QTimer::timeout, this, &SignInForm::checkServer);
    connect(&m_countDown, &QTimer::timeout, this, &SignInForm::countDown);
    connect(&client, &Client::lookedUp, this, &SignInForm::receiveLookUp);
    connect(&client, &Client::signInFinished, this, &SignInForm::receiveResult);
    connect(&client, &Client::tokenConsentNeeded, this, [this](const QString &path) {
        m_tokenFile = path;
        setState(NeedsTokenConsent);
    });
}

void SignInForm::setServerAddress(const QString &address)
{
    if (m_serverAddress == address)
        return;
    m_serverAddress = address;
    m_isStale = m_lookUpsUnderWay > 0;
    emit serverAddressChanged();
    setLookUp(Unchecked);
    if (address.trimmed().isEmpty())
        m_debounce.stop();
    else
        m_debounce.start();
}

void SignInForm::checkServer()
{
    m_debounce.stop();
    if (m_serverAddress.trimmed().isEmpty())
        return;
    m_isStale = false;
    ++m_lookUpsUnderWay;
    setLookUp(Checking);
    m_client.lookUp(m_serverAddress.trimmed());
}

// Answers come in the order of the questions: only the last one is about what the field says.
void SignInForm::receiveLookUp(const parley::LookUp &answer)
{
    m_lookUpsUnderWay = std::max(0, m_lookUpsUnderWay - 1);
    if (m_lookUpsUnderWay > 0 || m_isStale)
        return;
    m_answer = answer;
    setLookUp(lookUpOf(answer));
}

QString SignInForm::certificateFingerprint() const
{
    return fingerprintText(m_answer.fingerprint);
}

QString SignInForm::trustedFingerprint() const
{
    return fingerprintText(m_answer.trustedFingerprint);
}

QString SignInForm::certificateIssuer() const
{
    return m_answer.issuer;
}

QString SignInForm::certificateValidity() const
{
    if (m_answer.validToMs == 0)
        return {};
    return times::date(m_answer.validFromMs) + QStringLiteral(" – ")
        + times::date(m_answer.validToMs);
}

void SignInForm::trustCertificate()
{
    if (m_lookUp != CertificateUnknown)
        return;
    m_client.trustCertificate(m_answer.address, m_answer.fingerprint);
    checkServer();
}

void SignInForm::submit()
{
    if (m_state == Submitting)
        return;
    const bool isFound = m_lookUp == Found || m_lookUp == FoundLocal;
    const auto address = isFound ? m_answer.address : m_serverAddress.trimmed();
    m_countDown.stop();
    setState(Submitting);
    if (m_creatingAccount)
        m_client.signUp({address, m_inviteCode.trimmed(), m_userName.trimmed(),
            m_displayName.trimmed(), m_password, m_deviceName});
    else
        m_client.signIn({address, m_userName.trimmed(), m_password, m_deviceName});
}

void SignInForm::cancel()
{
    if (m_state == Submitting || m_state == NeedsTokenConsent)
        m_client.cancelSignIn();
    setState(Idle);
}

void SignInForm::allowFileToken(bool allowed)
{
    if (m_state != NeedsTokenConsent)
        return;
    setState(Idle); // the sign-in itself was done before
    m_client.allowTokenFile(allowed);
}

void SignInForm::receiveResult(const SignInResult &result)
{
    if (m_state != Submitting && m_state != NeedsTokenConsent)
        return;
    if (result.refusal) {
        setState(stateOf(*result.refusal));
        if (m_state == RateLimited)
            startCountDown(result.retryAfterMs);
    } else if (result.problem == ConnectProblem::None) {
        setState(Idle);
        forgetSecrets();
    } else if (isOfTheNetwork(result.problem)) {
        setState(Offline);
    } else {
        setState(Refused);
        checkServer(); // what is wrong with the server is said at its field
    }
}

void SignInForm::startCountDown(qint64 retryAfterMs)
{
    m_retryAfterSeconds = static_cast<int>(
        std::clamp<qint64>((retryAfterMs + secondMs - 1) / secondMs, 1, 24 * 3600));
    emit retryAfterSecondsChanged();
    m_countDown.start();
}

void SignInForm::countDown()
{
    m_retryAfterSeconds = std::max(0, m_retryAfterSeconds - 1);
    emit retryAfterSecondsChanged();
    if (m_retryAfterSeconds > 0)
        return;
    m_countDown.stop();
    if (m_state == RateLimited)
        setState(Idle);
}

void SignInForm::forgetSecrets()
{
    m_password.clear();
    m_inviteCode.clear();
    emit passwordChanged();
    emit inviteCodeChanged();
}

void SignInForm::offer(const QString &address, const QString &userName)
{
    setServerAddress(address);
    m_userName = userName;
    emit userNameChanged();
}

void SignInForm::setLookUp(LookUp lookUp)
{
    m_lookUp = lookUp;
    emit lookUpChanged();
}

void SignInForm::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged();
}

} // namespace parley
