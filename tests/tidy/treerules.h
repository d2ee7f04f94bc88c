// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/tidy/sourcetree.h"
#include "tests/tidy/text.h"

namespace parley::tidy {

Findings missingLicence(const SourceFile &file);
Findings tooLong(const SourceFile &file);
Findings foldersWithoutALine(const SourceTree &tree);
Findings deadFiles(const SourceTree &tree);

/// Where a generated document differs from what its generator prints now.
Findings staleDocument(const SourceFile &document, const QString &generated);

} // namespace parley::tidy
