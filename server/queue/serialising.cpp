// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/queue/serialising.h"

#include "server/queue/serialise.h"
#include "shared/assert.h"

namespace parley {
namespace {

void passOn(const ServiceOutput &output, std::vector<ServiceOutput> &passed)
{
    auto read = outputFromBytes(toBytes(output));
    PARLEY_ASSERT(read);
    passed.push_back(*std::move(read));
}

/// More receivers than a list may hold become several deliveries.
void passInParts(const Outbound &delivery, std::vector<ServiceOutput> &passed)
{
    const size_t most = size_t(limits::arrayItems);
    for (size_t first = 0; first < delivery.to.size(); first += most) {
        const size_t end = std::min(first + most, delivery.to.size());
        Outbound part{{}, delivery.urgency, delivery.frame};
        part.to.assign(
            delivery.to.begin() + qsizetype(first), delivery.to.begin() + qsizetype(end));
        passOn(part, passed);
    }
}

} // namespace

CommandQueue::Offered SerialisingQueue::offer(Queued command)
{
    return m_batches.offer(toBytes(command)) ? Offered::Accepted : Offered::Full;
}

std::vector<Queued> SerialisingQueue::take(size_t most)
{
    std::vector<Queued> taken;
    for (const QByteArray &bytes : m_batches.take(most)) {
        auto command = queuedFromBytes(bytes);
        PARLEY_ASSERT(command);
        taken.push_back(*std::move(command));
    }
    return taken;
}

void SerialisingOutlet::deliver(std::vector<ServiceOutput> outputs)
{
    std::vector<ServiceOutput> passed;
    passed.reserve(outputs.size());
    for (const ServiceOutput &output : outputs) {
        if (const auto *delivery = std::get_if<Outbound>(&output))
            passInParts(*delivery, passed);
        else
            passOn(output, passed);
    }
    m_inner.deliver(std::move(passed));
}

} // namespace parley
