// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/reader.h"

#include <QtCore/QJsonObject>

namespace parley {

/// Entries of one page at most.
inline constexpr qint64 logPageEntries = 500;

/// A part of a chat's log as an audit compares it: entries and rows as the store holds them,
/// payloads as hashes alone. The question names the chat and the seq after which to read; the
/// answer says the head. Asked of a running server, or of the reader of a closed store.
Result<QJsonObject> logPage(StoreReader &reader, const QJsonObject &question);

} // namespace parley
