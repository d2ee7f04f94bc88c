// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QCborValue>
#include <QtCore/QString>

#include <map>
#include <optional>

namespace parley::compare {

/// A row as docs/protocol.md names its fields, whatever file it came from; what may be left out
/// (nothing, false, an empty list) is left out.
using PlainRow = std::map<QString, QCborValue>;

/// Nothing when the bytes are no CBOR map with texts as keys.
std::optional<PlainRow> plainRow(const QByteArray &cbor);
void put(PlainRow &row, const QString &key, const QCborValue &value);

/// Names and values of the fields that differ; payloads only by their lengths. Empty when equal.
QString difference(const PlainRow &server, const PlainRow &device);

} // namespace parley::compare
