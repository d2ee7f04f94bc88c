// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/compare/devicefile.h"

namespace parley::compare {

/// What is to be compared.
struct Files {
    QString server; ///< the store's file, or the data folder that holds it
    QStringList devices; ///< caches, or folders in which they lie at any depth
    QStringList journals;
    Rest rest = Rest::AtRest;
};

/// An error: a file cannot be read at all. Everything else is in the findings.
Result<Findings> compareAll(const Files &files);

} // namespace parley::compare
