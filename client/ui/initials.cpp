// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/initials.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

namespace parley {

namespace {

QString firstCharacter(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const auto end = finder.toNextBoundary();
    return end > 0 ? word.left(end) : word;
}

bool startsWithALetter(const QString &word)
{
    return !word.isEmpty() && QChar::isLetterOrNumber(word.toUcs4().constFirst());
}

} // namespace

QString initials(const QString &name)
{
    static const QRegularExpression space(QStringLiteral("\\s+"));
    const QStringList words = name.split(space, Qt::SkipEmptyParts);
    QStringList lettered;
    std::copy_if(words.begin(), words.end(), std::back_inserter(lettered), startsWithALetter);
    if (lettered.isEmpty())
        return words.isEmpty() ? QStringLiteral("?") : firstCharacter(words.constFirst());

    QString letters = firstCharacter(lettered.constFirst());
    if (lettered.size() > 1)
        letters += firstCharacter(lettered.constLast());
    return letters.toUpper();
}

} // namespace parley
