// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace parley::simulation {

/// Where the stand-ins of short-lived files are made: they are small, and memory is the place for
/// them.
inline QString temporaryPlace()
{
    const QString memory = QStringLiteral("/dev/shm");
    const QString place = QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    return place + QStringLiteral("/parley-stage-XXXXXX");
}

} // namespace parley::simulation
