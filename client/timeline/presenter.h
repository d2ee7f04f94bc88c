// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/foldedtext.h"
#include "shared/protocol/text.h"

#include <QtCore/QString>

/// The one place where remote text becomes ready to paint. Pure; any thread.
namespace parley {

/// A base may carry so many combining marks; what is stacked above is cut.
inline constexpr int combiningMarksMost = 8;
/// Up to so many emoji and nothing else are shown large.
inline constexpr int bigEmojiMost = 3;
/// What is kept of a text that is shown on one line.
inline constexpr qsizetype oneLineLength = 300;
/// So much of a snippet stands before what was found, which is to be seen on a phone too.
inline constexpr qsizetype snippetLead = 24;

/// What a search looks for stands in bold and in this tag; the page puts a colour in its place.
inline constexpr auto searchMark = "<font color=\"mark\">";

/// A message's text for a Text element with StyledText: the only tags in `markup` are b, i, u, s,
/// a, br, font with a size, and searchMark; whatever else was in the text is escaped.
struct PresentedText {
    QString markup;
    QString plain; ///< cleaned, for copying and for assistive technology
    bool marked = false; ///< some of it was looked for, and stands in searchMark
    bool rtl = false; ///< by the first strong character
    bool tallScript = false; ///< its natural line is higher than a Latin one
    int bigEmoji = 0; ///< number of emoji when there is nothing else, else 0
    friend bool operator==(const PresentedText &, const PresentedText &) = default;
};

/// `marks` are places of the cleaned text.
PresentedText present(const TextBody &body, const std::vector<FoldedText::Span> &marks = {});

/// A line of a cleaned text, around the first of its marks, which alone are formatted.
PresentedText presentSnippet(const QString &text, const std::vector<FoldedText::Span> &marks);

/// Without what would harm a line: control characters, bidirectional embeddings and overrides, lone
/// surrogates, stacks of combining marks. Line breaks become \n.
QString cleaned(const QString &text);
/// `cleaned` on one line of bounded length, for previews and quotes.
QString oneLine(const QString &text);
/// A name, ready to paint by itself: one line, no bidirectional control at all.
QString cleanName(const QString &name);
/// A name or number that stands within a sentence of another direction.
QString isolated(const QString &name);

} // namespace parley
