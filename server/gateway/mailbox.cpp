// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/mailbox.h"

namespace parley {

void Mailbox::post(GatewayInput input)
{
    std::vector<GatewayInput> inputs;
    inputs.push_back(std::move(input));
    post(std::move(inputs));
}

void Mailbox::post(std::vector<GatewayInput> inputs)
{
    if (inputs.empty())
        return;
    bool wakes = false;
    {
        const QMutexLocker lock(&m_mutex);
        wakes = m_inputs.empty() && m_losers.empty();
        for (GatewayInput &input : inputs)
            add(std::move(input));
    }
    if (wakes && m_wake)
        m_wake();
}

void Mailbox::add(GatewayInput input)
{
    const auto *delivery = std::get_if<Outbound>(&input);
    if (delivery && delivery->urgency != Urgency::Answer) {
        if (m_pushBytes + delivery->frame.size() > pushBytesMost) {
            // Nobody misses typing; a lost push is made up for by catching up.
            if (delivery->urgency == Urgency::Push)
                m_losers.insert(delivery->to.begin(), delivery->to.end());
            return;
        }
        m_pushBytes += delivery->frame.size();
    }
    m_inputs.push_back(std::move(input));
}

std::vector<GatewayInput> Mailbox::take()
{
    const QMutexLocker lock(&m_mutex);
    std::vector<GatewayInput> taken = std::exchange(m_inputs, {});
    for (const SessionRef &loser : std::exchange(m_losers, {}))
        taken.push_back(PushesLost{loser});
    m_pushBytes = 0;
    return taken;
}

} // namespace parley
