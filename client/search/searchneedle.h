// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/foldedtext.h"

#include <QtCore/QStringList>

/// What is looked for in folded texts: a text is found when its FoldedText contains the needle.
namespace parley {

/// Words as they are typed: anywhere in a text, even within a word, from three characters on; the
/// beginning of a word when there are two; the whole word when it is a single one (an ideograph, a
/// symbol, the language C). Empty when there is nothing to look for.
QString looseNeedle(const QString &words);
/// Whole words, one after the other.
QString exactNeedle(const QString &words);
/// Words of which the last is a beginning; a single letter is a whole word.
QString beginningNeedle(const QString &words);

/// Where `needles` stand in the text that was folded, in order; what overlaps is joined.
std::vector<FoldedText::Span> findNeedles(const FoldedText &text, const QStringList &needles);
bool containsAll(const FoldedText &text, const QStringList &needles);

} // namespace parley
