// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/hotframes.h"

#include <cstring>

namespace parley::bench {

/// What the bare relay understands: who to, who from, which message. Text follows a message.
struct RelayFrame {
    enum class Kind : quint32 {
        Hello, ///< of a client: who it is, in `from`
        Message,
        Acknowledged, ///< of the relay: the message is on its disk
        Receipt, ///< of a client, passed on: the message has come
    };

    Kind kind = Kind::Hello;
    quint32 to = 0;
    quint32 from = 0;
    quint32 run = 0;
    quint64 message = 0;

    std::string_view view() const
    {
        return std::string_view(reinterpret_cast<const char *>(this), sizeof *this);
    }
    static std::optional<RelayFrame> of(std::string_view bytes)
    {
        if (bytes.size() < sizeof(RelayFrame))
            return std::nullopt;
        RelayFrame frame;
        std::memcpy(&frame, bytes.data(), sizeof frame);
        return frame;
    }
};

} // namespace parley::bench
