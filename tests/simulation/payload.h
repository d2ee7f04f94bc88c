// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>

namespace parley::simulation {

/// Each payload of a world begins so, is different from all others, and ends with '>': a deleted
/// one can be looked for in the bytes of a file.
inline constexpr char payloadMark[] = "<sim:";

} // namespace parley::simulation
