// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/logpage.h"

#include "shared/deliveryclaim.h"

#include <QtCore/QJsonArray>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

template <typename T>
QString hex(const Id<T> &id)
{
    return QString::fromLatin1(id.bytes().toHex());
}

QJsonArray entryValues(const Entry &entry)
{
    return {entry.seq, hex(entry.id), hex(entry.actor), static_cast<int>(entry.kind), entry.time,
        entry.target ? hex(*entry.target) : QString()};
}

QJsonArray rowValues(const Row &row)
{
    return {row.seq, hex(row.id), hex(row.sender),
        QString::fromLatin1(DeliveryClaim::hashOf(row.payload).toHex())};
}

} // namespace

Result<QJsonObject> logPage(StoreReader &reader, const QJsonObject &question)
{
    const auto chat =
        ChatId::fromBytes(QByteArray::fromHex(question.value("chat"_L1).toString().toLatin1()));
    const qint64 after = question.value("after"_L1).toInteger(-1);
    if (!chat || after < 0)
        return Error(ErrorCode::Malformed, u"a page of a log wants its chat, and where to begin"_s);
    const auto head = reader.head(*chat);
    if (!head)
        return head.error();
    const qint64 last = std::min(*head, after + logPageEntries);
    const auto entries = reader.entries(*chat, after + 1, last);
    if (!entries)
        return entries.error();
    const auto rows = reader.rows(*chat, after + 1, last);
    if (!rows)
        return rows.error();
    QJsonArray entryList;
    for (const Entry &entry : *entries)
        entryList.append(entryValues(entry));
    QJsonArray rowList;
    for (const Row &row : *rows)
        rowList.append(rowValues(row));
    return QJsonObject{
        {u"head"_s, *head}, {u"last"_s, last}, {u"entries"_s, entryList}, {u"rows"_s, rowList}};
}

} // namespace parley
