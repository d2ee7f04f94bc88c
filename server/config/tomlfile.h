// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config/configkeys.h"

namespace parley {

/// Sets what the TOML text sets. What is no TOML, no known key, or of the wrong type is Malformed,
/// with "path:line: section.key: what is wrong".
Status readToml(const QByteArray &toml, const QString &path, const std::vector<ConfigKey> &keys);

} // namespace parley
