// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QObject>
#include <QtNetwork/QLocalServer>

class QLocalSocket;
class QQuickWindow;

namespace parley {

/// Tells programs of the same user what a window shows, by lines of JSON on a local socket
/// (docs/automation.md). It only reads: keys and pointer come the way they come from people.
/// Made by main() when the command line asks for it; lives on the screen's thread.
class Automation : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype lineBytes = 64 * 1024;
    static constexpr int connectionsMost = 4;

    explicit Automation(QQuickWindow &window, QObject *parent = nullptr);

    Status listen(const QString &socket);
    /// The answer to one line.
    QByteArray answer(const QByteArray &line) const;

private:
    void accept();
    void read(QLocalSocket &socket);

    QQuickWindow &m_window;
    QLocalServer m_server;
};

} // namespace parley
