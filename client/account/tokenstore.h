// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/account/profile.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace parley {

/// Where a device's token is kept.
enum class TokenPlace : quint8 {
    Keychain, ///< the system's: Secret Service, KWallet, Windows' and macOS' own
    File, ///< in the profile's folder, mode 0600: the person agreed, or passed it in a file
    Memory, ///< nowhere: gone when the program ends
};

/// Keeps the token of one profile: in the system's keychain; in a file where there is none and the
/// person has agreed, or where the token came out of one. Never silently. One at a time per
/// operation; one thread, with an event loop.
class TokenStore : public QObject {
    Q_OBJECT
public:
    /// A keychain that waits for its password may take long; one that hangs must not stop us.
    static constexpr int keychainMs = 20'000;

    explicit TokenStore(const Profile &profile, QObject *parent = nullptr);

    QString filePath() const;
    /// loaded() follows, unless something is saved or removed before; once, too, when it is asked
    /// again meanwhile.
    void load(TokenPlace place);
    /// saved() follows, or consentNeeded() when there is no keychain.
    void save(const QByteArray &token, TokenPlace wanted = TokenPlace::Keychain);
    /// After consentNeeded(): keeps the token in the file, or forgets it.
    void consent(bool allowed);
    /// From everywhere. removed() follows.
    void remove();

signals:
    /// NotFound when none is kept there. Unavailable when the keychain does not answer or does not
    /// give it: it may have one, and may give it the next time.
    void loaded(const parley::Result<QByteArray> &token);
    void saved(parley::TokenPlace place);
    void consentNeeded(const QString &path);
    void failed(const QString &detail);
    void removed();

private:
    void beginWrite();
    void saveToKeychain();
    void readKeychain();
    void readFile();
    void writeFile();

    Profile m_profile;
    QByteArray m_waiting;
    quint64 m_writes = 0;
    QTimer *m_keychainRead = nullptr; ///< the patience of the read that is under way
};

} // namespace parley
