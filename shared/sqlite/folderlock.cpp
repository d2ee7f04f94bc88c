// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/folderlock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QMutex>
#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

// In a container every start has the process id 1: a lock file with our own id may be a dead
// process's, and only the process itself knows. This is that knowledge.
class HeldPaths {
public:
    static bool insert(const QString &path)
    {
        QMutexLocker locker(&s_mutex);
        if (s_paths.contains(path))
            return false;
        s_paths.insert(path);
        return true;
    }
    static void remove(const QString &path)
    {
        QMutexLocker locker(&s_mutex);
        s_paths.remove(path);
    }

private:
    static inline QBasicMutex s_mutex;
    static inline QSet<QString> s_paths;
};

Error heldBy(const QString &folder, const QString &name, qint64 processId)
{
    return {ErrorCode::Busy,
        u"The folder %1 is in use by %2 (process %3). Stop it first, or name another folder."_s.arg(
            folder, name.isEmpty() ? u"another program"_s : name, QString::number(processId))};
}

} // namespace

FolderLock::FolderLock(const QString &path)
    : m_path(path)
    , m_file(path)
{
    m_file.setStaleLockTime(0); // never by age: only the death of its process frees it
}

FolderLock::~FolderLock()
{
    if (!m_isHeld)
        return;
    m_file.unlock();
    HeldPaths::remove(m_path);
}

Result<std::unique_ptr<FolderLock>> FolderLock::take(const QString &folder)
{
    const QString canonical = QDir(folder).canonicalPath();
    if (canonical.isEmpty())
        return Error(ErrorCode::Unavailable, u"There is no folder %1"_s.arg(folder));
    std::unique_ptr<FolderLock> lock(new FolderLock(QDir(canonical).filePath(u"lock"_s)));
    if (auto locked = lock->lock(folder); !locked)
        return locked.error();
    return lock;
}

Status FolderLock::lock(const QString &folder)
{
    if (!HeldPaths::insert(m_path))
        return heldBy(
            folder, QCoreApplication::applicationName(), QCoreApplication::applicationPid());
    qint64 processId = 0;
    QString host;
    QString name;
    m_isHeld = m_file.tryLock(0);
    if (!m_isHeld && m_file.getLockInfo(&processId, &host, &name)
        && processId == QCoreApplication::applicationPid() && m_file.removeStaleLockFile())
        m_isHeld = m_file.tryLock(0);
    if (m_isHeld)
        return Done{};
    HeldPaths::remove(m_path);
    if (m_file.error() == QLockFile::LockFailedError) {
        m_file.getLockInfo(&processId, &host, &name);
        return heldBy(folder, name, processId);
    }
    return Error(ErrorCode::Unavailable,
        u"The folder %1 cannot be locked: it must be writable by this user."_s.arg(folder));
}

} // namespace parley
