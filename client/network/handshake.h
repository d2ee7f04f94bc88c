// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connection.h"

#include <QtCore/QTimer>

namespace parley {

/// Asks a server one `hello`, and ends: to see what is there, or to sign in. Made for one use;
/// deletes itself after finished(). One thread, with an event loop.
class Handshake : public QObject {
    Q_OBJECT
public:
    struct Outcome {
        ConnectProblem problem = ConnectProblem::None;
        std::optional<Welcome> welcome;
        std::optional<Refusal> refusal;
        QByteArray fingerprint;
        QString issuer;
        qint64 validFromMs = 0;
        qint64 validToMs = 0;
        QString detail;
    };

    /// A password hash takes its time on a small server: longer than any other answer.
    static constexpr int mostMs = 30'000;

    /// `device` is what this one was called when it was signed in last.
    Handshake(const ServerAddress &address, const QByteArray &pin, const Auth &auth,
        const std::optional<DeviceId> &device, QObject *parent = nullptr);

signals:
    void finished(const parley::Handshake::Outcome &outcome);

private:
    void onOpened();
    void onClosed(ConnectProblem problem);
    void onReceived(const ServerFrame &frame);
    void finish(ConnectProblem problem);

    Connection m_connection;
    QTimer m_timer;
    ServerAddress m_address;
    QByteArray m_pin;
    Auth m_auth;
    std::optional<DeviceId> m_device;
    Outcome m_outcome;
    bool m_hasTriedAgain = false;
    bool m_isFinished = false;
};

/// The program and its version, as the list of devices shows it.
QString appName();

} // namespace parley
