// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <vector>

namespace parley::tidy {

/// What a rule found, one sentence each: "path:line: what is wrong".
using Findings = QStringList;

QString finding(const QString &path, int line, const QString &what);
int lineAt(const QString &text, qsizetype offset);

/// The same text, of the same length and lines, with comments blanked.
QString withoutComments(const QString &text);
/// The same again, with the inside of string literals blanked too: what is left is code.
QString withoutCommentsAndStrings(const QString &text);

/// The offset behind the bracket that closes the one at `open`, or the end of the text.
/// The text must come from withoutCommentsAndStrings().
qsizetype behindClosing(const QString &code, qsizetype open);

/// One finding for every match, in code without comments.
Findings matches(const QString &path, const QString &text, const QRegularExpression &pattern,
    const QString &what);

} // namespace parley::tidy
