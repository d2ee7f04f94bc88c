// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

namespace parley {

/// Loads the bundled faces and makes them the application's font. Call it once, after the
/// QGuiApplication exists and before the first window.
void setUpFonts();

} // namespace parley
