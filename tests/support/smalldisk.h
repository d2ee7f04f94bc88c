// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QTemporaryDir>

namespace parley {

/// A file system in memory with a few megabytes, so that a disk can be full. Needs Linux, and the
/// right to mount; unmounted by its end.
class SmallDisk {
public:
    SmallDisk();
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_isMounted; }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Takes all room that is left.
    void fill();
    void makeRoom();

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace parley
