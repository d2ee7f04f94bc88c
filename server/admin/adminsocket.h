// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/admin/admindesk.h"

#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

namespace parley {

/// The local socket behind parleyctl: one JSON object a line, one answer a line, in order of their
/// completion. Only the user that runs the server may connect. Lives on the control thread.
class AdminSocket : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype lineBytesMost = 64 * 1024;

    /// `desk` outlives it.
    explicit AdminSocket(AdminDesk &desk)
        : m_desk(desk)
    {
    }
    /// Removes what a killed server left behind: call with the data folder's lock held.
    Status listen(const QString &path);

private:
    void connectNext();
    void read(QLocalSocket *socket);

    AdminDesk &m_desk;
    QLocalServer m_server;
};

} // namespace parley
