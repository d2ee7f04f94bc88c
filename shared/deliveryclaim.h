// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/content.h"
#include "shared/result.h"

namespace parley {

/// One line of a delivery journal: what a client was told is in the log. The client writes it, an
/// audit reads it beside the server's log. A value; bodies are in it as hashes alone.
struct DeliveryClaim {
    ChatId chat;
    MessageId id;
    qint64 seq = 0; ///< 0: accepted, at a place that the client was not told
    UserId sender;
    Kind kind = Kind::Message;
    qint64 timeMs = 0; ///< of the server; 0 with seq 0
    QByteArray payloadHash; ///< SHA-256

    /// The first line of every journal.
    static QByteArray header();
    static QByteArray hashOf(QByteArrayView payload);

    QByteArray text() const;
    /// Nothing for a line that is none.
    static std::optional<DeliveryClaim> read(QByteArrayView line);
    friend bool operator==(const DeliveryClaim &, const DeliveryClaim &) = default;
};

struct ReadDeliveryJournal {
    std::vector<DeliveryClaim> claims; ///< in the order of their writing
    int tornLines = 0; ///< at whose writing the client was stopped
};

/// Malformed, naming the line, for what is no journal. A line that was torn by a crash is the last
/// one, or stands before a header: the next start of the client writes that first.
Result<ReadDeliveryJournal> readDeliveryJournal(const QByteArray &bytes);

} // namespace parley
