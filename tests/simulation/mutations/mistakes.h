// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/mutation.h"

#include <QtCore/QString>

#include <span>

namespace parley::simulation {

/// Where a mistake can show at all.
enum class Ground : quint8 {
    Embedded, ///< the product's engine
    Partitioned, ///< the hostile store: it takes several owners, or SQLite would refuse it
};

/// One mistake that random worlds must notice.
struct Mistake {
    Mutation mutation;
    const char *name; ///< as on the command line
    const char *sentence; ///< what is done wrong
    Ground ground = Ground::Embedded;
};

/// All of them, by name.
std::span<const Mistake> mistakes();
const Mistake *findMistake(const QString &name);

/// For each mistake the seed of a world that is known to notice it.
class RecordedSeeds {
public:
    explicit RecordedSeeds(QString path);

    /// Nothing when no world is known.
    std::optional<quint64> of(const QString &name) const;
    void put(const QString &name, quint64 seed);
    /// False when the file cannot be written.
    bool save() const;

private:
    QString m_path;
    std::map<QString, quint64> m_seeds;
};

} // namespace parley::simulation
