// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/deliveryclaim.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <functional>
#include <map>
#include <set>

namespace parley {

/// Compares what clients were told with what the server holds. Pure: the log comes as pages that
/// somebody else reads. Belongs to one audit.
class DeliveryAudit {
public:
    /// Gives a page of a chat's log as logPage() does, or its error.
    using Read = std::function<Result<QJsonObject>(const QJsonObject &question)>;

    enum class Fault : quint8 { Missing, Doubled, Altered };
    struct Finding {
        Fault fault = Fault::Missing;
        ChatId chat;
        MessageId id;
        QString text;
    };

    /// Claims of one journal; the same operation in several counts once.
    void take(const ReadDeliveryJournal &journal);
    /// Reads the whole log of every chat that a claim names. An error: it cannot be read.
    Status compare(const Read &read);

    qint64 claims() const { return m_claimCount; }
    qint64 found() const { return m_found; }
    /// Claims whose text cannot be compared, since it was edited or deleted later.
    qint64 changedSince() const { return m_changedSince; }
    qint64 count(Fault fault) const;
    const std::vector<Finding> &findings() const { return m_findings; }

    /// With `ok`, which says whether it could be read, and `clean`.
    QJsonObject answer() const;
    QString forPeople() const;

private:
    struct HeldEntry {
        qint64 seq = 0;
        UserId actor;
        Kind kind = Kind::Message;
        qint64 timeMs = 0;
        MessageId target; ///< the row that it touched; its own where none is named
    };
    struct HeldRow {
        UserId sender;
        QByteArray payloadHash;
        int count = 0;
    };
    struct Log {
        std::map<MessageId, std::vector<HeldEntry>> entries;
        std::map<MessageId, HeldRow> rows;
        /// By row: the last entry that wrote its payload.
        std::map<MessageId, qint64> written;
    };

    static Status takePage(const QJsonObject &page, Log &log);
    static Result<Log> readLog(const ChatId &chat, const Read &read);
    void compareClaim(const DeliveryClaim &claim, const Log &log);
    void comparePayload(const DeliveryClaim &claim, const HeldEntry &entry, const Log &log);
    void find(Fault fault, const DeliveryClaim &claim, const QString &text);

    std::map<ChatId, std::map<MessageId, DeliveryClaim>> m_claims;
    qint64 m_claimCount = 0;
    qint64 m_found = 0;
    qint64 m_changedSince = 0;
    int m_tornLines = 0;
    std::vector<Finding> m_findings;
};

} // namespace parley
