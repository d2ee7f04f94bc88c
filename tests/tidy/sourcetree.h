// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace parley::tidy {

/// A text file of the repository, as a rule sees it.
struct SourceFile {
    QString path; // from the root, with slashes
    QString text;

    QString folder() const;
    QString name() const;
    bool hasSuffix(const QStringList &suffixes) const;
    bool isUnder(QLatin1String folder) const;
};

/// What the repository holds: the files that git tracks, or, without git, all but what is built.
class SourceTree {
public:
    static SourceTree read(const QString &root);
    static SourceTree of(std::vector<SourceFile> files);

    const std::vector<SourceFile> &files() const { return m_files; }
    std::vector<SourceFile> cpp() const;
    std::vector<SourceFile> qml() const;
    const SourceFile *find(const QString &path) const;

private:
    std::vector<SourceFile> m_files;
};

} // namespace parley::tidy
