// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/smalldisk.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype blockBytes = 4096;

} // namespace

SmallDisk::SmallDisk()
{
    m_isMounted = QProcess::execute(u"mount"_s,
                      {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=8m"_s, u"tmpfs"_s, m_folder.path()})
        == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted)
        QProcess::execute(u"umount"_s, {u"--lazy"_s, m_folder.path()});
}

void SmallDisk::fill()
{
    QFile filler(path(u"filler"_s));
    if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return;
    const QByteArray block(blockBytes, 'f');
    while (filler.write(block) == blockBytes) { }
}

void SmallDisk::makeRoom()
{
    QFile::remove(path(u"filler"_s));
}

} // namespace parley
