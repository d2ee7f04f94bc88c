// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

namespace parley {

/// The folder of one person on this machine: --profile NAME keeps several apart. A value.
class Profile {
public:
    static constexpr qsizetype nameBytes = 64;

    /// `dataFolder` empty: the platform's place for data. `name` empty: "default". Refused unless
    /// the name is letters, digits, '-', '_' or '.', and begins with none of the last.
    static Result<Profile> at(const QString &dataFolder, const QString &name);

    const QString &name() const { return m_name; }
    const QString &folder() const { return m_folder; }
    /// Makes the folder, closed to other users.
    Status make() const;
    QString file(const QString &name) const;

private:
    Profile(QString name, QString folder)
        : m_name(std::move(name))
        , m_folder(std::move(folder))
    {
    }

    QString m_name;
    QString m_folder;
};

/// Writes a file that its owner alone can read, whole or not at all.
Status writePrivately(const QString &path, const QByteArray &bytes);

} // namespace parley
