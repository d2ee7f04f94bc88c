// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/tidy/treerules.h"

#include <QDir>
#include <QHash>
#include <QSet>

#include <utility>

namespace parley::tidy {

namespace {

constexpr int linesPerFile = 500;
constexpr int licenceLines = 6; // a shebang or a version line may come first

const QStringList &sourceSuffixes()
{
    static const QStringList suffixes{QStringLiteral(".cpp"), QStringLiteral(".h"),
        QStringLiteral(".in"), QStringLiteral(".qml"), QStringLiteral(".js"),
        QStringLiteral(".sql"), QStringLiteral(".sh"), QStringLiteral(".py"),
        QStringLiteral(".cmake"), QStringLiteral("CMakeLists.txt"), QStringLiteral(".ci/run")};
    return suffixes;
}

const QStringList &compiledSuffixes()
{
    static const QStringList suffixes{
        QStringLiteral(".cpp"), QStringLiteral(".h"), QStringLiteral(".qml")};
    return suffixes;
}

QSet<QString> sourceFolders(const SourceTree &tree)
{
    QSet<QString> folders;
    for (const auto &file : tree.files())
        if (file.hasSuffix(sourceSuffixes()) && !file.name().startsWith(QLatin1String("CMake"))
            && !file.folder().isEmpty() && !file.path.startsWith(u'.'))
            folders.insert(file.folder());
    return folders;
}

// tests/server/store needs no line when server/store has one: the trees mirror each other.
bool isMirror(const QString &folder, const QSet<QString> &folders)
{
    return folder.startsWith(QLatin1String("tests/"))
        && folders.contains(folder.mid(QLatin1String("tests/").size()));
}

bool hasALine(const QString &map, const QString &folder)
{
    const QRegularExpression line(
        QStringLiteral("(?<![\\w/-])%1/(?![\\w-])").arg(QRegularExpression::escape(folder)));
    return line.match(map).hasMatch();
}

// Every word of every CMakeLists.txt, as a path from the root.
QSet<QString> namesInCMake(const SourceTree &tree)
{
    static const QRegularExpression separator(QStringLiteral("[\\s()\";]+"));
    static const QRegularExpression variable(QStringLiteral("^\\$\\{\\w+\\}/"));
    QSet<QString> names;
    for (const auto &file : tree.files()) {
        if (file.name() != QLatin1String("CMakeLists.txt")
            && !file.path.endsWith(QLatin1String(".cmake")))
            continue;
        const auto folder = file.folder().isEmpty() ? QString() : file.folder() + u'/';
        for (auto word : file.text.split(separator, Qt::SkipEmptyParts)) {
            const bool rooted = word.startsWith(QLatin1String("${CMAKE_SOURCE_DIR}/"))
                || word.startsWith(QLatin1String("${PROJECT_SOURCE_DIR}/"));
            word.remove(variable);
            names.insert(QDir::cleanPath(rooted ? word : folder + word));
        }
    }
    return names;
}

QSet<QString> includedFiles(const SourceTree &tree)
{
    static const QRegularExpression include(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*\"([^\"\\n]+)\""),
        QRegularExpression::MultilineOption);
    QSet<QString> included;
    for (const auto &file : tree.cpp()) {
        auto found = include.globalMatch(file.text);
        while (found.hasNext()) {
            const auto path = found.next().captured(1);
            included.insert(path);
            included.insert(file.folder() + u'/' + path);
        }
    }
    return included;
}

// Qt Quick Test runs every tst_*.qml of the folder that its program names.
QSet<QString> quickTestFolders(const SourceTree &tree)
{
    QSet<QString> folders;
    for (const auto &file : tree.files())
        if (file.name() == QLatin1String("CMakeLists.txt")
            && file.text.contains(QLatin1String("QUICK_TEST_SOURCE_DIR")))
            folders.insert(file.folder());
    return folders;
}

} // namespace

Findings missingLicence(const SourceFile &file)
{
    // In two halves, or the licence checker would read them as this file's own.
    static const QString copyrightTag =
        QStringLiteral("SPDX-") + QStringLiteral("FileCopyrightText: ");
    static const QString licenceTag =
        QStringLiteral("SPDX-") + QStringLiteral("License-Identifier: ");
    if (!file.hasSuffix(sourceSuffixes()))
        return {};
    const auto top = file.text.section(u'\n', 0, licenceLines - 1);
    if (top.contains(copyrightTag) && top.contains(licenceTag))
        return {};
    return {finding(file.path, 1, QStringLiteral("the two SPDX lines are missing"))};
}

Findings tooLong(const SourceFile &file)
{
    if (!file.hasSuffix(sourceSuffixes()))
        return {};
    const auto lines = file.text.count(u'\n');
    if (lines <= linesPerFile)
        return {};
    return {finding(
        file.path, linesPerFile + 1, QStringLiteral("%1 lines; a file is one noun").arg(lines))};
}

Findings foldersWithoutALine(const SourceTree &tree)
{
    const auto *map = tree.find(QStringLiteral("ARCHITECTURE.md"));
    if (map == nullptr)
        return {finding(QStringLiteral("ARCHITECTURE.md"), 1, QStringLiteral("does not exist"))};
    Findings findings;
    const auto folders = sourceFolders(tree);
    for (const auto &folder : folders)
        if (!isMirror(folder, folders) && !hasALine(map->text, folder))
            findings.append(
                finding(map->path, 1, QStringLiteral("has no line for %1/").arg(folder)));
    findings.sort();
    return findings;
}

Findings deadFiles(const SourceTree &tree)
{
    const auto named = namesInCMake(tree);
    const auto included = includedFiles(tree);
    const auto quickTests = quickTestFolders(tree);

    const auto isAlive = [&](const SourceFile &file) {
        if (named.contains(file.path))
            return true;
        if (file.path.endsWith(QLatin1String(".h")))
            return included.contains(file.path);
        if (file.path.endsWith(QLatin1String(".cpp")))
            return named.contains(file.path.chopped(4)); // parley_test(tst_name ...)
        return file.name().startsWith(QLatin1String("tst_")) && quickTests.contains(file.folder());
    };
    Findings findings;
    for (const auto &file : tree.files())
        if (file.hasSuffix(compiledSuffixes()) && !isAlive(file))
            findings.append(finding(file.path, 1, QStringLiteral("no CMakeLists.txt names it")));
    return findings;
}

Findings staleDocument(const SourceFile &document, const QString &generated)
{
    if (document.text == generated)
        return {};
    const auto have = document.text.split(u'\n');
    const auto want = generated.split(u'\n');
    qsizetype line = 0;
    while (line < have.size() && line < want.size() && have[line] == want[line])
        ++line;
    return {finding(document.path, static_cast<int>(line) + 1,
        QStringLiteral("is not what its generator prints; write it anew"))};
}

} // namespace parley::tidy
