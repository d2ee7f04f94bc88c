// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/tidy/cpprules.h"

#include <utility>

namespace parley::tidy {

namespace {

struct Arrow {
    QLatin1String from;
    QLatin1String to; // as an include begins
};

// Who may never know whom; the parts of CMake enforce most of it, but headers need no linking.
constexpr Arrow forbiddenArrows[] = {
    {QLatin1String("shared/"), QLatin1String("\"server/")},
    {QLatin1String("shared/"), QLatin1String("\"client/")},
    {QLatin1String("server/"), QLatin1String("\"client/")},
    {QLatin1String("client/"), QLatin1String("\"server/")},
    {QLatin1String("server/messages/"), QLatin1String("<QtSql")},
    {QLatin1String("server/messages/"), QLatin1String("<QSql")},
    {QLatin1String("server/messages/"), QLatin1String("<QtWebSockets")},
    {QLatin1String("server/messages/"), QLatin1String("<QWebSocket")},
    {QLatin1String("server/messages/"), QLatin1String("\"shared/sqlite/")},
    {QLatin1String("server/messages/"), QLatin1String("\"server/gateway/")},
    {QLatin1String("server/messages/"), QLatin1String("\"server/store/sqlite/")},
};

const QRegularExpression &includeLine()
{
    static const QRegularExpression pattern(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([<\"][^>\"\\n]+[>\"])"),
        QRegularExpression::MultilineOption);
    return pattern;
}

bool isPlatformCode(const SourceFile &file)
{
    return file.path.contains(QLatin1String("/platform/")) || file.isUnder(QLatin1String("tests/"));
}

} // namespace

Findings singletons(const SourceFile &file)
{
    // Qt has its own, and they cannot be avoided: QCoreApplication::instance().
    static const QRegularExpression pattern(QStringLiteral(
        "\\b((?!Q[A-Z])\\w+)::instance\\(|\\bstatic\\s+\\w+\\s*[&*]\\s*instance\\("));
    return matches(file.path, withoutCommentsAndStrings(file.text), pattern,
        QStringLiteral("a singleton; let main() make it and pass it on"));
}

Findings vagueNames(const SourceFile &file)
{
    static const QRegularExpression typeName(
        QStringLiteral("\\b(?:class|struct|enum)\\s+(?:class\\s+)?"
                       "(\\w*(?:Manager|Controller|Helper|Util)\\w*|\\w+(?:Data|Info))"
                       "(?:\\s+final)?\\s*(?::[^;{]*)?\\{"));
    static const QRegularExpression pathName(
        QStringLiteral("(manager|controller|helper|utils?|misc)s?(\\.\\w+)?(/|$)"),
        QRegularExpression::CaseInsensitiveOption);

    auto findings = matches(file.path, withoutCommentsAndStrings(file.text), typeName,
        QStringLiteral("the name %1 says nothing; if the name will not come, the class is two"));
    if (pathName.match(file.path).hasMatch())
        findings.append(finding(file.path, 1, QStringLiteral("the file's name says nothing")));
    return findings;
}

Findings platformHeaders(const SourceFile &file)
{
    static const QRegularExpression pattern(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ "
                       "\\t]*<((?:unistd|windows|winsock2|fcntl|signal|poll|pwd|termios|"
                       "dlfcn|dirent)\\.h|(?:sys|linux|netinet|arpa|net)/[^>]+)>"),
        QRegularExpression::MultilineOption);
    if (isPlatformCode(file))
        return {};
    return matches(file.path, withoutComments(file.text), pattern,
        QStringLiteral("<%1> belongs in a platform/ folder"));
}

Findings forbiddenIncludes(const SourceFile &file)
{
    Findings findings;
    const auto text = withoutComments(file.text);
    auto found = includeLine().globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        for (const auto &arrow : forbiddenArrows)
            if (file.isUnder(arrow.from) && match.captured(1).startsWith(arrow.to))
                findings.append(finding(file.path, lineAt(text, match.capturedStart(1)),
                    QStringLiteral("%1 may not include %2").arg(arrow.from, match.captured(1))));
    }
    return findings;
}

Findings looseHeaders(const SourceFile &file)
{
    static const QRegularExpression usingNamespace(QStringLiteral("\\busing\\s+namespace\\s+\\w"));
    if (!file.hasSuffix({QStringLiteral(".h")}))
        return {};
    auto findings = matches(file.path, withoutCommentsAndStrings(file.text), usingNamespace,
        QStringLiteral("a header imposes a namespace on all who include it"));
    if (!file.text.contains(QLatin1String("#pragma once")))
        findings.append(finding(file.path, 1, QStringLiteral("no #pragma once")));
    return findings;
}

Findings unfinishedWork(const SourceFile &file)
{
    // In two halves, or this line would be its own first finding.
    static const QRegularExpression pattern(QStringLiteral("\\b(TO"
                                                           "DO|FIX"
                                                           "ME|XX"
                                                           "X)\\b"));
    return matches(file.path, file.text, pattern, QStringLiteral("%1: do it, or file an issue"));
}

} // namespace parley::tidy
