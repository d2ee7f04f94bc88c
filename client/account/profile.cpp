// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/profile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace parley {

Result<Profile> Profile::at(const QString &dataFolder, const QString &name)
{
    const QString used = name.isEmpty() ? u"default"_s : name;
    static const QRegularExpression allowed(u"\\A[A-Za-z0-9_-][A-Za-z0-9._-]*\\z"_s);
    if (used.size() > nameBytes || !allowed.match(used).hasMatch())
        return Error(ErrorCode::InvalidName,
            u"A profile's name has at most 64 letters, digits, '-', '_' and '.', and does not "
            u"begin "
            "with '.': %1"_s.arg(used));
    const QString base = dataFolder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        : dataFolder;
    const QString folder = QDir(base).absoluteFilePath(u"profiles/"_s + used);
    return Profile(used, QDir::cleanPath(folder));
}

Status Profile::make() const
{
    if (!QDir().mkpath(m_folder))
        return Error(ErrorCode::Unavailable,
            u"The folder %1 cannot be made: it must be in a place that you may write to."_s.arg(
                m_folder));
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return Done{};
}

QString Profile::file(const QString &name) const
{
    return QDir(m_folder).filePath(name);
}

Status writePrivately(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten)
        return Error(
            ErrorCode::Unavailable, u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return Done{};
}

} // namespace parley
