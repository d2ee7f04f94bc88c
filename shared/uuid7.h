// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"
#include "shared/random.h"

namespace parley {

/// Makes UUIDs of version 7 (RFC 9562, section 5.7) that rise strictly within one object: 48 bits
/// of milliseconds, a 12 bit counter in rand_a (method 1 of section 6.2), 62 random bits. A clock
/// that goes back does not make them fall. One thread.
class Uuid7 {
public:
    explicit Uuid7(Random &random)
        : m_random(random)
    {
    }

    /// `nowMs` is Unix time in milliseconds.
    MessageId next(qint64 nowMs);

    /// The pure layout: 48 bits of time, 12 bits of `randA`, 62 bits of `randB`.
    static MessageId compose(quint64 unixMs, quint16 randA, quint64 randB);
    /// The milliseconds in an id made by `compose`.
    static qint64 timeMs(const MessageId &id);
    /// True for the version and variant bits of RFC 9562.
    static bool isVersion7(const MessageId &id);

private:
    Random &m_random;
    quint64 m_lastMs = 0;
    quint16 m_counter = 0;
};

} // namespace parley
