// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/tidy/qmlrules.h"

#include <utility>
#include <vector>

namespace parley::tidy {

namespace {

// A QML file twice, letter for letter at the same places.
struct Source {
    QString text; // without comments
    QString code; // without strings too
};

struct Expression {
    qsizetype begin = 0;
    qsizetype end = 0;
};

Source read(const SourceFile &file)
{
    return {withoutComments(file.text), withoutCommentsAndStrings(file.text)};
}

bool isOneOf(QChar c, QLatin1String set)
{
    return set.contains(c);
}

// A line goes on when it ends in an operator, or the next one begins with one.
bool goesOn(const QString &code, qsizetype begin, qsizetype lineEnd)
{
    auto last = lineEnd - 1;
    while (last >= begin && code[last].isSpace())
        --last;
    auto next = lineEnd;
    while (next < code.size() && code[next].isSpace())
        ++next;
    const bool openEnded = last < begin || isOneOf(code[last], QLatin1String("?:+&|=,"));
    return openEnded || (next < code.size() && isOneOf(code[next], QLatin1String("?:+&|.")));
}

qsizetype endOfExpression(const QString &code, qsizetype begin)
{
    auto at = begin;
    while (at < code.size()) {
        if (isOneOf(code[at], QLatin1String("({["))) {
            at = behindClosing(code, at);
            continue;
        }
        if (isOneOf(code[at], QLatin1String(";,)}]")))
            return at;
        if (code[at] == u'\n' && !goesOn(code, begin, at))
            return at;
        ++at;
    }
    return code.size();
}

std::vector<Expression> visibleTexts(const QString &code)
{
    static const QRegularExpression property(
        QStringLiteral("(?:^|[{;,]|\\bproperty\\s+string\\b)[ \\t]*(?:\\w+\\.)*"
                       "(?:text|title|subtitle|placeholderText|label|caption|heading|hint|"
                       "(?:Accessible|accessible)\\.(?:name|description)|"
                       "\\w+(?:Text|Title|Label|Hint))[ \\t]*:"),
        QRegularExpression::MultilineOption);
    std::vector<Expression> found;
    auto match = property.globalMatch(code);
    while (match.hasNext()) {
        const auto begin = match.next().capturedEnd();
        found.push_back({begin, endOfExpression(code, begin)});
    }
    return found;
}

// What is translated, formatted or looked up is not shown as it stands in the source.
void blankCalls(Source &source)
{
    static const QRegularExpression call(
        QStringLiteral("\\b(?:qsTr|qsTrId|qsTranslate|Qt\\.format\\w+|Qt\\.resolvedUrl|"
                       "console\\.\\w+|indexOf|startsWith|endsWith|includes|split|join)\\("));
    auto found = call.globalMatch(source.code);
    while (found.hasNext()) {
        const auto open = found.next().capturedEnd() - 1;
        const auto length = behindClosing(source.code, open) - open;
        source.text.replace(open, length, QString(length, u' '));
    }
}

bool isCompared(const QString &text, qsizetype begin, qsizetype end)
{
    const auto before = QStringView(text).left(begin).trimmed();
    const auto behind = QStringView(text).mid(end).trimmed();
    const bool isSubscript = before.endsWith(u'[') && behind.startsWith(u']');
    return isSubscript || before.endsWith(QLatin1String("=="))
        || before.endsWith(QLatin1String("!=")) || before.endsWith(QLatin1String("case"))
        || behind.startsWith(QLatin1String("==")) || behind.startsWith(QLatin1String("!="));
}

// The element's own lines: those of its children are blanked.
QString ownLines(const QString &code, qsizetype open)
{
    const auto end = behindClosing(code, open);
    QString own;
    for (auto at = open + 1; at < end; ++at) {
        if (code[at] == u'{')
            at = behindClosing(code, at) - 1;
        else
            own.append(code[at]);
    }
    return own;
}

bool declaresFormat(const QString &code, qsizetype open)
{
    static const QRegularExpression declaration(QStringLiteral("\\btextFormat\\s*:"));
    return declaration.match(ownLines(code, open)).hasMatch();
}

bool importsControlsLabel(const QString &text)
{
    static const QRegularExpression import(
        QStringLiteral("^[ \\t]*import[ \\t]+QtQuick\\.Controls[.\\w]*[ \\t\\d.]*(?:;|$)"),
        QRegularExpression::MultilineOption);
    return import.match(text).hasMatch();
}

} // namespace

Findings untranslatedText(const SourceFile &file)
{
    static const QRegularExpression literal(
        QStringLiteral("\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'"));
    static const QRegularExpression letter(QStringLiteral("\\p{L}"));
    auto source = read(file);
    blankCalls(source);
    Findings findings;
    for (const auto &expression : visibleTexts(source.code)) {
        const auto text = source.text.mid(expression.begin, expression.end - expression.begin);
        auto found = literal.globalMatch(text);
        while (found.hasNext()) {
            const auto match = found.next();
            const auto words = match.captured(1) + match.captured(2);
            if (words.contains(letter)
                && !isCompared(text, match.capturedStart(), match.capturedEnd()))
                findings.append(finding(file.path,
                    lineAt(source.text, expression.begin + match.capturedStart()),
                    QStringLiteral("\"%1\" is shown but not in qsTr()").arg(words)));
        }
    }
    return findings;
}

LabelFormat labelFormat(const SourceFile &label)
{
    const auto code = withoutCommentsAndStrings(label.text);
    const auto root = code.indexOf(u'{');
    return root >= 0 && declaresFormat(code, root) ? LabelFormat::Pinned : LabelFormat::Open;
}

Findings textWithoutFormat(const SourceFile &file, LabelFormat label)
{
    static const QRegularExpression element(
        QStringLiteral("(?<![\\w.])((?:\\w+\\.)?(?:Text|Label))\\s*\\{"));
    const auto source = read(file);
    const bool houseLabelIsSafe =
        label == LabelFormat::Pinned && !importsControlsLabel(source.text);

    Findings findings;
    auto found = element.globalMatch(source.code);
    while (found.hasNext()) {
        const auto match = found.next();
        const auto name = match.captured(1);
        if (name == QLatin1String("Label") && houseLabelIsSafe)
            continue;
        if (!declaresFormat(source.code, match.capturedEnd() - 1))
            findings.append(finding(file.path, lineAt(source.code, match.capturedStart()),
                QStringLiteral("%1 declares no textFormat, so remote text would be markup")
                    .arg(name)));
    }
    return findings;
}

Findings markupFormats(const SourceFile &file)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b\\w+\\.(RichText|MarkdownText|AutoText)\\b"));
    return matches(file.path, withoutCommentsAndStrings(file.text), pattern,
        QStringLiteral("%1 reads markup out of remote text"));
}

Findings hexColours(const SourceFile &file)
{
    static const QRegularExpression pattern(
        QStringLiteral("[\"'](#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4}))[\"']"));
    return matches(file.path, withoutComments(file.text), pattern,
        QStringLiteral("the colour %1 has no name; the tokens hold all colours"));
}

Findings bannedWords(const SourceFile &file)
{
    static const QRegularExpression translated(
        QStringLiteral("\\b(?:qsTr|tr)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\""));
    static const QRegularExpression banned(
        QStringLiteral(
            "\\bplease\\b|\\boops\\b|!|\\brooms?\\b|\\bhomeservers?\\b|\\bredact|\\.\\.\\."),
        QRegularExpression::CaseInsensitiveOption);
    Findings findings;
    const auto text = withoutComments(file.text);
    auto found = translated.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        const auto word = banned.match(match.captured(1));
        if (word.hasMatch())
            findings.append(finding(file.path, lineAt(text, match.capturedStart()),
                QStringLiteral("\"%1\" has no place in \"%2\"")
                    .arg(word.captured(), match.captured(1))));
    }
    return findings;
}

} // namespace parley::tidy
