// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <functional>

namespace parley {

class Client;
class Preparer;
class KnownUsers;

/// Numbers for questions, so that everyone knows their own answers.
class Tickets {
public:
    quint64 next() { return ++m_last; }

private:
    quint64 m_last = 0;
};

/// What the view-models need of everything around them. main() makes it; whoever is handed it does
/// not own what it refers to. The client and the preparer live on the worker's thread.
struct ScreenWorld {
    Client &client;
    Preparer &preparer;
    KnownUsers &users;
    Tickets &tickets;
    std::function<qint64()> nowMs;
};

} // namespace parley
