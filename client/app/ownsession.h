// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/client.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// How the way to the server is, and who one is there. Owned by App.
class OwnSession : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Session)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(Link link READ link NOTIFY linkChanged)
    Q_PROPERTY(QString serverName READ serverName NOTIFY accountChanged)
    Q_PROPERTY(QString serverAddress READ serverAddress NOTIFY accountChanged)
    Q_PROPERTY(QString userId READ userId NOTIFY accountChanged)
    Q_PROPERTY(QString userName READ userName NOTIFY accountChanged)
    Q_PROPERTY(QString displayName READ displayName NOTIFY profileChanged)
    Q_PROPERTY(QString avatarKey READ avatarKey NOTIFY profileChanged)
    Q_PROPERTY(QString status READ status NOTIFY profileChanged)
    Q_PROPERTY(int hue READ hue NOTIFY accountChanged)
    Q_PROPERTY(bool savingProfile READ isSavingProfile NOTIFY savingProfileChanged)
public:
    enum Link {
        Online,
        Connecting,
        Offline,
        Unreachable,
        SignedOutByServer,
        UpgradeRequired,
        KeychainSilent, ///< whether one is signed in is not known: tryAgain() asks it again
    };
    Q_ENUM(Link)

    explicit OwnSession(ScreenWorld &world, QObject *parent = nullptr);

    Link link() const { return m_link; }
    QString serverName() const;
    QString serverAddress() const;
    QString userId() const;
    QString userName() const;
    QString displayName() const;
    QString avatarKey() const;
    QString status() const;
    int hue() const;
    bool isSavingProfile() const { return m_profileTicket != 0; }
    const std::optional<Account> &account() const { return m_account; }

    Q_INVOKABLE void tryAgain();
    Q_INVOKABLE void setDisplayName(const QString &name);
    /// For so many minutes; 0: with no end.
    Q_INVOKABLE void setStatus(const QString &status, int minutes);
    Q_INVOKABLE void setPicture(const QUrl &fileUrl);
    Q_INVOKABLE void removePicture();

    void setAccount(const std::optional<Account> &account);
    void setConnection(const ConnectionStatus &status);

signals:
    void linkChanged();
    void accountChanged();
    void profileChanged();
    void savingProfileChanged();
    /// The profile was not changed; ErrorCode of the refusal.
    void profileRefused(int code);
    void profileSaved();
    /// No PNG or JPEG, too large, or damaged.
    void pictureUnusable();

private:
    void save(const SetProfile &profile);

    ScreenWorld &m_world;
    Link m_link = Connecting;
    std::optional<Account> m_account;
    quint64 m_profileTicket = 0;
};

} // namespace parley
