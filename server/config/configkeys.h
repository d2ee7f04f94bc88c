// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/config.h"

#include <variant>

namespace parley {

/// One key of the configuration file: where its value lives, and what it may be.
struct ConfigKey {
    const char *section;
    const char *key;
    std::variant<QString *, QStringList *, qint64 *, quint32 *, bool *> target;
    qint64 least = 0; ///< of numbers
    qint64 most = 0;

    QString name() const;
    /// PARLEY_SECTION_KEY
    QString environmentName() const;
    /// Takes a text as the environment gives it, lists by commas. An error says what
    /// would have been right.
    Status setFromText(const QString &text) const;
    Status setNumber(qint64 number) const;
};

/// Every key there is, pointing into `config`, which must outlive the answer.
std::vector<ConfigKey> keysOf(Config &config);

} // namespace parley
