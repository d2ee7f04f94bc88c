// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QStringList>

#include <vector>

namespace parley {

class Database;

/// The only schema of a kind of file: numbered scripts `NNNN_what.sql` in one folder, usually of
/// compiled-in resources, from 0001 without a hole. A new file runs them all, an older one those it
/// lacks, each in a transaction of its own together with the number it reaches.
///
/// A script's first comment lines say who may still open a file that it has changed:
///
///     -- oldest schema: 3        the newest script of the oldest program that gets along with it
///     -- oldest program: 0.4.0   the same as a person reads it
///
/// Both are kept in the file (table `compatibility`), so that an older program knows. Values in
/// memory; any thread, one at a time per Database.
class Migrations {
public:
    /// `applicationId` marks the kind of file (PRAGMA application_id, not 0); `fileNoun` names it
    /// in sentences ("store", "cache").
    Migrations(const QString &folder, qint32 applicationId, QString fileNoun);

    /// The number of the last script.
    int newest() const { return int(m_scripts.size()); }

    /// Brings the file up to date. UpgradeRequired, saying what to do, for a file of a newer
    /// program that this one must not open; Damaged for a database of another kind.
    Status apply(Database &database) const { return applyUpTo(database, newest()); }
    /// The same but stops at `number`: how golden files of old schemas are made.
    Status applyUpTo(Database &database, int number) const;
    /// Refuses as apply() does, and a file that is older than the newest script; changes nothing.
    Status check(Database &database) const;

private:
    struct Script {
        QString name;
        QStringList statements;
        int oldestSchema = 0;
        QString oldestProgram;
    };
    static Script read(const QString &path);
    Result<int> version(Database &database) const;
    Status refuseNewer(Database &database, int version) const;
    Status run(Database &database, int number) const;

    qint32 m_applicationId;
    QString m_fileNoun;
    std::vector<Script> m_scripts;
};

} // namespace parley
