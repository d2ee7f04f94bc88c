// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/tidy/text.h"

#include <algorithm>

namespace parley::tidy {

namespace {

enum class Strings { Kept, Blanked };

bool startsAt(const QString &text, qsizetype at, QLatin1String what)
{
    return QStringView(text).mid(at, what.size()) == what;
}

qsizetype endOfString(const QString &text, qsizetype open)
{
    const auto quote = text[open];
    for (auto at = open + 1; at < text.size(); ++at) {
        if (text[at] == u'\\')
            ++at;
        else if (text[at] == quote || (text[at] == u'\n' && quote != u'`'))
            return at + 1;
    }
    return text.size();
}

// R"x( ... )x" is how the samples of these very tests are written.
qsizetype endOfRawString(const QString &text, qsizetype open)
{
    const auto bracket = text.indexOf(u'(', open);
    if (bracket < 0)
        return text.size();
    const QString close = u')' + text.mid(open + 2, bracket - open - 2) + u'"';
    const auto end = text.indexOf(close, bracket);
    return end < 0 ? text.size() : end + close.size();
}

// 1'000'000 is a number, and u'x' a character.
bool isDigitSeparator(const QString &text, qsizetype at)
{
    return text[at] == u'\'' && at > 0 && at + 1 < text.size() && text[at - 1].isDigit()
        && text[at + 1].isDigit();
}

qsizetype endOfComment(const QString &text, qsizetype open)
{
    if (startsAt(text, open, QLatin1String("//"))) {
        const auto end = text.indexOf(u'\n', open);
        return end < 0 ? text.size() : end;
    }
    const auto end = text.indexOf(QLatin1String("*/"), open + 2);
    return end < 0 ? text.size() : end + 2;
}

void blank(QString &text, qsizetype from, qsizetype to)
{
    for (auto at = from; at < to; ++at)
        if (text[at] != u'\n')
            text[at] = u' ';
}

QString blanked(QString text, Strings strings)
{
    qsizetype at = 0;
    while (at < text.size()) {
        if (startsAt(text, at, QLatin1String("//")) || startsAt(text, at, QLatin1String("/*"))) {
            const auto end = endOfComment(text, at);
            blank(text, at, end);
            at = end;
        } else if (startsAt(text, at, QLatin1String("R\""))) {
            const auto end = endOfRawString(text, at);
            if (strings == Strings::Blanked)
                blank(text, at + 2, end - 1);
            at = end;
        } else if ((text[at] == u'"' || text[at] == u'\'' || text[at] == u'`')
            && !isDigitSeparator(text, at)) {
            const auto end = endOfString(text, at);
            if (strings == Strings::Blanked)
                blank(text, at + 1, end - 1);
            at = end;
        } else {
            ++at;
        }
    }
    return text;
}

} // namespace

QString finding(const QString &path, int line, const QString &what)
{
    return QStringLiteral("%1:%2: %3").arg(path, QString::number(line), what);
}

int lineAt(const QString &text, qsizetype offset)
{
    return static_cast<int>(std::count(text.cbegin(), text.cbegin() + offset, u'\n')) + 1;
}

QString withoutComments(const QString &text)
{
    return blanked(text, Strings::Kept);
}

QString withoutCommentsAndStrings(const QString &text)
{
    return blanked(text, Strings::Blanked);
}

qsizetype behindClosing(const QString &code, qsizetype open)
{
    int depth = 0;
    for (auto at = open; at < code.size(); ++at) {
        const auto c = code[at];
        if (c == u'(' || c == u'{' || c == u'[')
            ++depth;
        else if (c == u')' || c == u'}' || c == u']')
            --depth;
        if (depth == 0)
            return at + 1;
    }
    return code.size();
}

Findings matches(const QString &path, const QString &text, const QRegularExpression &pattern,
    const QString &what)
{
    Findings findings;
    auto found = pattern.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        findings.append(finding(path, lineAt(text, match.capturedStart()),
            what.contains(QLatin1String("%1")) ? what.arg(match.captured(1)) : what));
    }
    return findings;
}

} // namespace parley::tidy
