// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/mailbox.h"
#include "server/notifications/notifier.h"
#include "server/queue/queue.h"

namespace parley {

/// Sends what the message service and presence let go on to where it belongs: one batch for each
/// gateway, changes of people to presence, who missed something to the notifier, answers to the
/// admin. Any thread, once everything is set.
class Router : public ServiceOutlet {
public:
    /// Sessions of this gateway are the admin's.
    static constexpr quint32 adminGateway = 0;

    explicit Router(Notifier &notifier)
        : m_notifier(notifier)
    {
    }

    /// The gateways' numbers are 1, 2, … in the order of these calls.
    void addGateway(Mailbox &mailbox) { m_mailboxes.push_back(&mailbox); }
    void setPresence(std::function<void(UserChanged)> presence)
    {
        m_presence = std::move(presence);
    }
    void setAdmin(std::function<void(InternalAnswer)> admin) { m_admin = std::move(admin); }

    void deliver(std::vector<ServiceOutput> outputs) override;

private:
    using Batches = std::vector<std::vector<GatewayInput>>;
    void route(Outbound delivery, Batches &batches) const;
    void route(InternalAnswer answer, Batches &batches) const;
    void route(EndSessions ending, Batches &batches) const;
    void route(UserChanged change, Batches &batches) const;
    void route(Missed missed, Batches &batches) const;

    Notifier &m_notifier;
    std::vector<Mailbox *> m_mailboxes;
    std::function<void(UserChanged)> m_presence;
    std::function<void(InternalAnswer)> m_admin;
};

} // namespace parley
