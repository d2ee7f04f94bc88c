// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/plainrow.h"

#include "tests/e2e/compare/findings.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>

#include <set>

namespace parley::compare {

using namespace Qt::StringLiterals;

namespace {

bool mayBeLeftOut(const QCborValue &value)
{
    return value.isNull() || value.isUndefined() || value.isFalse()
        || (value.isArray() && value.toArray().isEmpty());
}

// Bodies are never printed.
QString shown(const PlainRow &row, const QString &key)
{
    const auto found = row.find(key);
    if (found == row.end())
        return u"nothing"_s;
    const auto &value = found->second;
    if (key == "payload"_L1)
        return u"%1 bytes"_s.arg(value.toByteArray().size());
    if (value.isByteArray())
        return idText(value.toByteArray());
    return value.toDiagnosticNotation(QCborValue::Compact);
}

} // namespace

std::optional<PlainRow> plainRow(const QByteArray &cbor)
{
    QCborParserError error;
    const auto value = QCborValue::fromCbor(cbor, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return std::nullopt;
    PlainRow row;
    for (const auto &[key, field] : value.toMap()) {
        if (!key.isString())
            return std::nullopt;
        put(row, key.toString(), field);
    }
    return row;
}

void put(PlainRow &row, const QString &key, const QCborValue &value)
{
    if (!mayBeLeftOut(value))
        row.emplace(key, value);
}

QString difference(const PlainRow &server, const PlainRow &device)
{
    std::set<QString> keys;
    for (const auto &[key, value] : server)
        keys.insert(key);
    for (const auto &[key, value] : device)
        keys.insert(key);
    QStringList differing;
    for (const auto &key : keys) {
        const auto here = server.find(key);
        const auto there = device.find(key);
        if (here == server.end() || there == device.end() || here->second != there->second)
            differing +=
                u"%1 (server %2, device %3)"_s.arg(key, shown(server, key), shown(device, key));
    }
    return differing.join(u", "_s);
}

} // namespace parley::compare
