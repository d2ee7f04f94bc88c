// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

namespace parley {

/// The product's working name, here and nowhere else.
inline constexpr char productName[] = "Parley";
inline constexpr char productVersion[] = "0.1.0";

/// The protocol that this program speaks, and the oldest that it still understands.
inline constexpr unsigned protocolVersion = 1;
inline constexpr unsigned oldestProtocolVersion = 1;

} // namespace parley
