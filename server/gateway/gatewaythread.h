// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/gateway.h"

#include <QtCore/QThread>

namespace parley {

/// One gateway on a thread of its own. Owned by the server; `parts` and `mailbox` outlive it.
class GatewayThread {
public:
    GatewayThread(quint32 number, GatewayParts parts, Mailbox &mailbox);
    ~GatewayThread();
    GatewayThread(const GatewayThread &) = delete;
    GatewayThread &operator=(const GatewayThread &) = delete;

    /// Closes its connections once what was written is gone, within a few seconds. Blocks. What is
    /// posted afterwards is dropped.
    void stop();

private:
    Mailbox &m_mailbox;
    QThread m_thread;
    std::unique_ptr<Gateway> m_gateway;
};

} // namespace parley
