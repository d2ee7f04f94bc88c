// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/tidy/sourcetree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>

#include <algorithm>
#include <utility>

namespace parley::tidy {

namespace {

QStringList filesByGit(const QString &root)
{
    QProcess git;
    git.start(QStringLiteral("git"),
        {QStringLiteral("-C"), root, QStringLiteral("ls-files"), QStringLiteral("-z")});
    if (!git.waitForFinished() || git.exitStatus() != QProcess::NormalExit || git.exitCode() != 0)
        return {};
    return QString::fromUtf8(git.readAllStandardOutput()).split(QChar(u'\0'), Qt::SkipEmptyParts);
}

QStringList filesByFolder(const QString &root)
{
    QStringList paths;
    QDirIterator walk(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const auto path = QDir(root).relativeFilePath(walk.next());
        if (!path.startsWith(QLatin1String("build/")) && !path.startsWith(QLatin1String(".git/")))
            paths.append(path);
    }
    return paths;
}

bool isText(const QString &path)
{
    static const QStringList suffixes{QStringLiteral(".cpp"), QStringLiteral(".h"),
        QStringLiteral(".in"), QStringLiteral(".qml"), QStringLiteral(".js"),
        QStringLiteral(".sql"), QStringLiteral(".sh"), QStringLiteral(".py"),
        QStringLiteral(".cmake"), QStringLiteral(".md"), QStringLiteral("CMakeLists.txt"),
        QStringLiteral(".ci/run")};
    return std::any_of(suffixes.cbegin(), suffixes.cend(),
        [&path](const QString &suffix) { return path.endsWith(suffix); });
}

} // namespace

QString SourceFile::folder() const
{
    return path.contains(u'/') ? path.section(u'/', 0, -2) : QString();
}

QString SourceFile::name() const
{
    return path.section(u'/', -1);
}

bool SourceFile::hasSuffix(const QStringList &suffixes) const
{
    return std::any_of(suffixes.cbegin(), suffixes.cend(),
        [this](const QString &suffix) { return path.endsWith(suffix); });
}

bool SourceFile::isUnder(QLatin1String folder) const
{
    return path.startsWith(folder);
}

SourceTree SourceTree::read(const QString &root)
{
    auto paths = filesByGit(root);
    if (paths.isEmpty())
        paths = filesByFolder(root);
    paths.sort();

    std::vector<SourceFile> files;
    for (const auto &path : std::as_const(paths)) {
        QFile file(root + u'/' + path);
        // A tracked file may just have been deleted, or be a picture.
        if (isText(path) && file.open(QIODevice::ReadOnly))
            files.push_back({path, QString::fromUtf8(file.readAll())});
    }
    return of(std::move(files));
}

SourceTree SourceTree::of(std::vector<SourceFile> files)
{
    SourceTree tree;
    tree.m_files = std::move(files);
    return tree;
}

std::vector<SourceFile> SourceTree::cpp() const
{
    std::vector<SourceFile> found;
    for (const auto &file : m_files)
        if (file.hasSuffix({QStringLiteral(".cpp"), QStringLiteral(".h")}))
            found.push_back(file);
    return found;
}

std::vector<SourceFile> SourceTree::qml() const
{
    std::vector<SourceFile> found;
    for (const auto &file : m_files)
        if (file.hasSuffix({QStringLiteral(".qml")}))
            found.push_back(file);
    return found;
}

const SourceFile *SourceTree::find(const QString &path) const
{
    const auto file = std::find_if(m_files.cbegin(), m_files.cend(),
        [&path](const SourceFile &candidate) { return candidate.path == path; });
    return file == m_files.cend() ? nullptr : &*file;
}

} // namespace parley::tidy
