// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/platform/syncfolder.h"

#include <QtCore/QFileInfo>

namespace parley {

// NTFS writes names through its own log; a folder cannot be synced.
Status syncFolder(const QString &folder)
{
    if (!QFileInfo(folder).isDir())
        return Error(ErrorCode::Unavailable, QStringLiteral("cannot open the folder ") + folder);
    return Done{};
}

} // namespace parley
