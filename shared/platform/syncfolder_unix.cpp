// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/platform/syncfolder.h"

#include <QtCore/QFile>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace parley {

Status syncFolder(const QString &folder)
{
    const int opened = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_CLOEXEC);
    if (opened == -1)
        return Error(ErrorCode::Unavailable, QStringLiteral("cannot open the folder ") + folder);
    // Some file systems cannot sync a folder, and need not.
    const bool isDone = ::fsync(opened) == 0 || errno == EINVAL;
    ::close(opened);
    if (!isDone)
        return Error(ErrorCode::Unavailable, QStringLiteral("cannot sync the folder ") + folder);
    return Done{};
}

} // namespace parley
