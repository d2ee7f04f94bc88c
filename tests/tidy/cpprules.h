// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/tidy/sourcetree.h"
#include "tests/tidy/text.h"

namespace parley::tidy {

Findings singletons(const SourceFile &file);
Findings vagueNames(const SourceFile &file);
Findings platformHeaders(const SourceFile &file);
Findings forbiddenIncludes(const SourceFile &file);
Findings looseHeaders(const SourceFile &file);
Findings unfinishedWork(const SourceFile &file);

} // namespace parley::tidy
