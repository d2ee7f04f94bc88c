// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/limiter.h"

namespace parley {

/// A place among the admitted connections, given back when it is destroyed. Owned by whoever has
/// the connection at the moment.
class Visit {
public:
    /// Nothing when this address, or everybody together, has too many.
    static std::unique_ptr<Visit> admit(Limiter &limiter, const QString &address)
    {
        if (limiter.admit(address) == Limiter::Admission::Refused)
            return nullptr;
        return std::unique_ptr<Visit>(new Visit(limiter, address));
    }
    ~Visit() { m_limiter.release(m_address, m_stage); }
    Visit(const Visit &) = delete;
    Visit &operator=(const Visit &) = delete;

    void signedIn()
    {
        if (std::exchange(m_stage, Limiter::Stage::SignedIn) == Limiter::Stage::Pending)
            m_limiter.signedIn(m_address);
    }
    const QString &address() const { return m_address; }

private:
    Visit(Limiter &limiter, QString address)
        : m_limiter(limiter)
        , m_address(std::move(address))
    {
    }

    Limiter &m_limiter;
    QString m_address;
    Limiter::Stage m_stage = Limiter::Stage::Pending;
};

} // namespace parley
