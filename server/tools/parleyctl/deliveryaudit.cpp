// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/tools/parleyctl/deliveryaudit.h"

#include <algorithm>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

template <typename T>
T idOf(const QJsonValue &value)
{
    return T::fromBytes(QByteArray::fromHex(value.toString().toLatin1())).value_or(T());
}

template <typename T>
QString hex(const Id<T> &id)
{
    return QString::fromLatin1(id.bytes().toHex());
}

QString nameOf(DeliveryAudit::Fault fault)
{
    switch (fault) {
    case DeliveryAudit::Fault::Missing:
        return u"missing"_s;
    case DeliveryAudit::Fault::Doubled:
        return u"doubled"_s;
    case DeliveryAudit::Fault::Altered:
        return u"altered"_s;
    }
    Q_UNREACHABLE();
}

/// What writes the payload of a row; reactions and the like leave it as it is.
bool writesPayload(Kind kind)
{
    return kind == Kind::Message || kind == Kind::Edit || kind == Kind::Delete;
}

} // namespace

void DeliveryAudit::take(const ReadDeliveryJournal &journal)
{
    m_tornLines += journal.tornLines;
    for (const DeliveryClaim &claim : journal.claims) {
        const auto [place, isNew] = m_claims[claim.chat].try_emplace(claim.id, claim);
        m_claimCount += isNew ? 1 : 0;
        // A restored server acknowledges again, elsewhere; a place is better than none.
        if (claim.seq > 0)
            place->second = claim;
    }
}

Status DeliveryAudit::compare(const Read &read)
{
    for (const auto &[chat, claims] : m_claims) {
        const auto log = readLog(chat, read);
        if (!log)
            return log.error();
        for (const auto &[id, claim] : claims)
            compareClaim(claim, *log);
    }
    return Done{};
}

Result<DeliveryAudit::Log> DeliveryAudit::readLog(const ChatId &chat, const Read &read)
{
    Log log;
    qint64 after = 0;
    for (;;) {
        const auto page =
            read({{u"command"_s, u"log.page"_s}, {u"chat"_s, hex(chat)}, {u"after"_s, after}});
        // A chat that the server does not have has lost everything: that is a finding.
        if (!page && page.error().code == ErrorCode::NotFound)
            return log;
        if (!page)
            return page.error();
        if (const auto taken = takePage(*page, log); !taken)
            return taken.error();
        const qint64 last = page->value("last"_L1).toInteger();
        if (last <= after || last >= page->value("head"_L1).toInteger())
            return log;
        after = last;
    }
}

Status DeliveryAudit::takePage(const QJsonObject &page, Log &log)
{
    const QJsonArray entries = page.value("entries"_L1).toArray();
    for (const auto &each : entries) {
        const QJsonArray values = each.toArray();
        if (values.size() != 6)
            return Error(ErrorCode::Malformed, u"the server's answer cannot be read"_s);
        const auto id = idOf<MessageId>(values[1]);
        HeldEntry entry{values[0].toInteger(), idOf<UserId>(values[2]),
            static_cast<Kind>(values[3].toInt()), values[4].toInteger(),
            values[5].toString().isEmpty() ? id : idOf<MessageId>(values[5])};
        if (writesPayload(entry.kind))
            log.written[entry.target] = std::max(log.written[entry.target], entry.seq);
        log.entries[id].push_back(entry);
    }
    const QJsonArray rows = page.value("rows"_L1).toArray();
    for (const auto &each : rows) {
        const QJsonArray values = each.toArray();
        if (values.size() != 4)
            return Error(ErrorCode::Malformed, u"the server's answer cannot be read"_s);
        HeldRow &row = log.rows[idOf<MessageId>(values[1])];
        row.sender = idOf<UserId>(values[2]);
        row.payloadHash = QByteArray::fromHex(values[3].toString().toLatin1());
        ++row.count;
    }
    return Done{};
}

void DeliveryAudit::compareClaim(const DeliveryClaim &claim, const Log &log)
{
    const auto entries = log.entries.find(claim.id);
    if (entries == log.entries.end())
        return find(Fault::Missing, claim, u"is not in the log"_s);
    if (entries->second.size() > 1)
        return find(Fault::Doubled, claim, u"is in the log %1 times"_s.arg(entries->second.size()));
    const HeldEntry &entry = entries->second.front();
    if (entry.actor != claim.sender)
        return find(Fault::Altered, claim, u"is another sender's"_s);
    if (entry.kind != claim.kind)
        return find(Fault::Altered, claim,
            u"was of kind %1, is of kind %2"_s.arg(static_cast<int>(claim.kind))
                .arg(static_cast<int>(entry.kind)));
    if (claim.seq > 0 && entry.seq != claim.seq)
        return find(
            Fault::Altered, claim, u"was told as %1, is at %2"_s.arg(claim.seq).arg(entry.seq));
    if (claim.timeMs > 0 && entry.timeMs != claim.timeMs)
        return find(Fault::Altered, claim, u"has another time"_s);
    comparePayload(claim, entry, log);
}

void DeliveryAudit::comparePayload(
    const DeliveryClaim &claim, const HeldEntry &entry, const Log &log)
{
    if (!writesPayload(claim.kind)) {
        ++m_found;
        return;
    }
    const auto row = log.rows.find(entry.target);
    if (row == log.rows.end())
        return find(Fault::Missing, claim, u"is in the log, its row is gone"_s);
    if (row->second.count > 1)
        return find(Fault::Doubled, claim, u"has %1 rows"_s.arg(row->second.count));
    if (claim.kind == Kind::Message && row->second.sender != claim.sender)
        return find(Fault::Altered, claim, u"its row is another sender's"_s);
    const auto written = log.written.find(entry.target);
    const bool isLast = written != log.written.end() && written->second == entry.seq;
    if (!isLast)
        ++m_changedSince;
    else if (claim.kind != Kind::Delete && row->second.payloadHash != claim.payloadHash)
        return find(Fault::Altered, claim, u"has another text"_s);
    ++m_found;
}

void DeliveryAudit::find(Fault fault, const DeliveryClaim &claim, const QString &text)
{
    m_findings.push_back({fault, claim.chat, claim.id, text});
}

qint64 DeliveryAudit::count(Fault fault) const
{
    return std::ranges::count(m_findings, fault, &Finding::fault);
}

QJsonObject DeliveryAudit::answer() const
{
    QJsonArray list;
    for (const Finding &finding : m_findings)
        list.append(QJsonObject{{u"fault"_s, nameOf(finding.fault)}, {u"chat"_s, hex(finding.chat)},
            {u"id"_s, hex(finding.id)}, {u"text"_s, finding.text}});
    return {{u"ok"_s, true}, {u"clean"_s, m_findings.empty()}, {u"claims"_s, m_claimCount},
        {u"found"_s, m_found}, {u"changedSince"_s, m_changedSince},
        {u"missing"_s, count(Fault::Missing)}, {u"doubled"_s, count(Fault::Doubled)},
        {u"altered"_s, count(Fault::Altered)}, {u"tornLines"_s, m_tornLines},
        {u"findings"_s, list}};
}

QString DeliveryAudit::forPeople() const
{
    QString text;
    for (const Finding &finding : m_findings)
        text += u"%1: %2 in chat %3 %4\n"_s.arg(
            nameOf(finding.fault), hex(finding.id), hex(finding.chat), finding.text);
    text += u"%1 operations were told as accepted: %2 are there (%3 of them changed since), "
            "%4 missing, %5 doubled, %6 altered\n"_s.arg(m_claimCount)
                .arg(m_found)
                .arg(m_changedSince)
                .arg(count(Fault::Missing))
                .arg(count(Fault::Doubled))
                .arg(count(Fault::Altered));
    return text;
}

} // namespace parley
