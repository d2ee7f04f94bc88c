// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

class Database;

/// A transaction from begin() to commit(); rolled back when it goes out of scope before. On the
/// thread of its Database, which it must not outlive; not nested.
class Transaction {
public:
    enum class Kind {
        Write, ///< takes the write lock at once, so that it can fail only there or at the commit
        Read, ///< all reads in it see one moment
    };

    static Result<Transaction> begin(Database &database, Kind kind = Kind::Write);
    Transaction(Transaction &&other) noexcept;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    /// Durable when it succeeds. When it fails nothing was changed.
    Status commit();

private:
    explicit Transaction(Database &database)
        : m_database(&database)
    {
    }

    Database *m_database; // nullptr when it is over
};

} // namespace parley
