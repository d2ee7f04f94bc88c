// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/tidy/sourcetree.h"
#include "tests/tidy/text.h"

namespace parley::tidy {

/// Whether the house's own Label pins a format for all who use it.
enum class LabelFormat { Pinned, Open };

Findings untranslatedText(const SourceFile &file);
LabelFormat labelFormat(const SourceFile &label);
Findings textWithoutFormat(const SourceFile &file, LabelFormat label);
Findings markupFormats(const SourceFile &file);
Findings hexColours(const SourceFile &file);

/// Words that no one should read on the screen, in QML and in C++.
Findings bannedWords(const SourceFile &file);

} // namespace parley::tidy
