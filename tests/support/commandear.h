// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QFile>
#include <QtCore/QSocketNotifier>

#include <functional>

namespace parley {

/// Hears what the process is told on its standard input: commands, a line each, as words. Whoever
/// started it being gone is the command "end". Lives on the main thread, with an event loop.
class CommandEar {
public:
    using Follow = std::function<void(const QByteArrayList &words)>;

    explicit CommandEar(Follow follow);

private:
    void hear();

    const Follow m_follow;
    QFile m_input;
    QSocketNotifier m_notifier;
    QByteArray m_heard;
};

} // namespace parley
