// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config.h"

#include <QtNetwork/QSslConfiguration>

namespace parley {

/// TLS 1.2 or newer with the configured certificate and key; nothing when none is configured.
/// Damaged, naming the file, when one of them cannot be used.
Result<std::optional<QSslConfiguration>> tlsSettings(const Config::Listen &listen);

} // namespace parley
