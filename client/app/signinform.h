// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/client.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// The form by which a person signs in or makes an account. Owned by App.
class SignInForm : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(SignIn)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(
        QString serverAddress READ serverAddress WRITE setServerAddress NOTIFY serverAddressChanged)
    Q_PROPERTY(QString userName MEMBER m_userName NOTIFY userNameChanged)
    Q_PROPERTY(QString password MEMBER m_password NOTIFY passwordChanged)
    Q_PROPERTY(QString displayName MEMBER m_displayName NOTIFY displayNameChanged)
    Q_PROPERTY(QString inviteCode MEMBER m_inviteCode NOTIFY inviteCodeChanged)
    Q_PROPERTY(QString deviceName MEMBER m_deviceName NOTIFY deviceNameChanged)
    Q_PROPERTY(bool creatingAccount MEMBER m_creatingAccount NOTIFY creatingAccountChanged)
    Q_PROPERTY(LookUp lookUp READ lookUp NOTIFY lookUpChanged)
    Q_PROPERTY(QString serverName READ serverName NOTIFY lookUpChanged)
    Q_PROPERTY(bool allowsInvite READ allowsInvite NOTIFY lookUpChanged)
    Q_PROPERTY(QString certificateFingerprint READ certificateFingerprint NOTIFY lookUpChanged)
    Q_PROPERTY(QString trustedFingerprint READ trustedFingerprint NOTIFY lookUpChanged)
    Q_PROPERTY(QString certificateIssuer READ certificateIssuer NOTIFY lookUpChanged)
    Q_PROPERTY(QString certificateValidity READ certificateValidity NOTIFY lookUpChanged)
    Q_PROPERTY(QString lookUpDetail READ lookUpDetail NOTIFY lookUpChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(int retryAfterSeconds READ retryAfterSeconds NOTIFY retryAfterSecondsChanged)
    Q_PROPERTY(QString tokenFile READ tokenFile NOTIFY stateChanged)
public:
    enum LookUp {
        Unchecked,
        Checking,
        Found,
        FoundLocal, ///< plain, on this machine
        NotFound,
        NotEncrypted,
        CertificateUnknown,
        CertificateChanged,
        CertificateInvalid,
        Unreachable,
        TooOld,
    };
    Q_ENUM(LookUp)
    enum State {
        Idle,
        Submitting,
        WrongCredentials,
        RateLimited,
        InviteInvalid,
        NameTaken,
        WeakPassword,
        InvalidName,
        Offline,
        NeedsTokenConsent, ///< no keychain: may the token be kept in `tokenFile`?
        Refused, ///< for any other reason
        TooManyDevices, ///< one of the others has to go first
    };
    Q_ENUM(State)

    explicit SignInForm(Client &client, QObject *parent = nullptr);

    QString serverAddress() const { return m_serverAddress; }
    void setServerAddress(const QString &address);
    LookUp lookUp() const { return m_lookUp; }
    QString serverName() const { return m_answer.serverName; }
    bool allowsInvite() const { return m_answer.canSignUp; }
    QString certificateFingerprint() const;
    QString trustedFingerprint() const;
    QString certificateIssuer() const;
    QString certificateValidity() const;
    QString lookUpDetail() const { return m_answer.detail; }
    State state() const { return m_state; }
    int retryAfterSeconds() const { return m_retryAfterSeconds; }
    QString tokenFile() const { return m_tokenFile; }

    Q_INVOKABLE void checkServer();
    /// After the person has compared the fingerprint.
    Q_INVOKABLE void trustCertificate();
    Q_INVOKABLE void submit();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void allowFileToken(bool allowed);

    /// Forgets password and invite: they are of no more use.
    void forgetSecrets();
    /// What is known from the last time, or from the command line.
    void offer(const QString &address, const QString &userName);

signals:
    void serverAddressChanged();
    void userNameChanged();
    void passwordChanged();
    void displayNameChanged();
    void inviteCodeChanged();
    void deviceNameChanged();
    void creatingAccountChanged();
    void lookUpChanged();
    void stateChanged();
    void retryAfterSecondsChanged();

private:
    void receiveLookUp(const parley::LookUp &answer);
    void receiveResult(const SignInResult &result);
    void setLookUp(LookUp lookUp);
    void setState(State state);
    void startCountDown(qint64 retryAfterMs);
    void countDown();

    Client &m_client;
    QString m_serverAddress;
    QString m_userName;
    QString m_password;
    QString m_displayName;
    QString m_inviteCode;
    QString m_deviceName;
    QString m_tokenFile;
    bool m_creatingAccount = false;
    LookUp m_lookUp = Unchecked;
    parley::LookUp m_answer;
    int m_lookUpsUnderWay = 0;
    bool m_isStale = false; ///< the address changed while it was looked up
    State m_state = Idle;
    int m_retryAfterSeconds = 0;
    QTimer m_debounce;
    QTimer m_countDown;
};

} // namespace parley
