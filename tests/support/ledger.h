// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

namespace parley {

/// What one long run adds to docs/reliability-ledger.tsv; its day and the version come by
/// themselves.
struct LedgerLine {
    QString command;
    QString seeds;
    QString size;
    int failures = 0;
    QString figures;
};

/// Adds a line to the file, which is made with its heading if it is not there.
void addToLedger(const QString &path, const LedgerLine &line);

} // namespace parley
