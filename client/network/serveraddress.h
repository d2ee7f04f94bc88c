// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/connectproblem.h"

#include <QtCore/QUrl>

#include <variant>

namespace parley {

/// Where a server is: always wss, or ws on this very machine.
struct ServerAddress {
    QUrl url;
    bool isLoopback = false;

    QString text() const { return url.toString(); }

    /// From what a person types: host, host:port, or a URL of http, https, ws or wss. A bare name
    /// of this machine means ws, every other wss. NotEncrypted for a plain one elsewhere.
    static std::variant<ServerAddress, ConnectProblem> parse(const QString &text);
};

} // namespace parley
