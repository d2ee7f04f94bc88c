// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config/configkeys.h"

namespace parley {

/// Sets what the TOML text sets. What is no TOML, no known key, or of the wrong type is Malformed,
/// with "path:line: section.key: what is wrong". `places` gets "path:line: section.key" of each
/// key.
Status readToml(const QByteArray &toml, const QString &path, const std::vector<ConfigKey> &keys,
    QMap<QString, QString> &places);

} // namespace parley
