// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QLockFile>

namespace parley {

/// Keeps everybody else from writing in a folder, from take() until it is destroyed: other
/// processes and other objects of this one. What a killed process left behind is recognised and
/// taken over. Any thread.
class FolderLock {
public:
    /// Busy, naming who holds it, if somebody does; Unavailable if the folder cannot be written.
    static Result<std::unique_ptr<FolderLock>> take(const QString &folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    explicit FolderLock(const QString &path);
    Status lock(const QString &folder);

    QString m_path;
    QLockFile m_file;
    bool m_isHeld = false;
};

} // namespace parley
