// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QJsonObject>
#include <QtNetwork/QLocalSocket>

namespace parley {

/// Where the server of a data folder listens for its admin.
QString adminSocketPath(const QString &dataFolder);

/// Asks a running server of this machine, one question at a time, and waits for each answer. For
/// parleyctl, tools and tests; any thread, without an event loop.
class AdminClient {
public:
    /// Unavailable, saying what to do, when no server runs on this folder.
    static Result<std::unique_ptr<AdminClient>> connect(const QString &dataFolder);

    static constexpr int answerMs = 60'000; ///< how long an answer is waited for
    static constexpr int backupMs = 24 * 3'600'000; ///< the same of a backup, which takes its time

    /// The answer's object, or its error with the text that the server gave.
    Result<QJsonObject> ask(const QJsonObject &question, int mostMs = answerMs);

private:
    AdminClient() = default;

    QLocalSocket m_socket;
};

} // namespace parley
