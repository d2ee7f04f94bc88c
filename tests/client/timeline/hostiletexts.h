// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QStringList>

namespace parley {

/// Texts that somebody would send to reach what lies behind a bubble.
QStringList hostileTexts();
/// Pieces of them, put together by chance: the same for the same seed.
QStringList generatedHostileTexts(int count, quint32 seed);

} // namespace parley
