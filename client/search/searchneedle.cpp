// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchneedle.h"

#include <algorithm>

namespace parley {

QString exactNeedle(const QString &words)
{
    return FoldedText(words).text();
}

QString beginningNeedle(const QString &words)
{
    const auto whole = exactNeedle(words);
    const auto needle = whole.chopped(std::min<qsizetype>(1, whole.size()));
    // One letter begins too many words to look for, and is no part of the index.
    return needle.toUcs4().size() <= 2 ? whole : needle;
}

QString looseNeedle(const QString &words)
{
    const auto whole = exactNeedle(words);
    const auto bare = whole.mid(1, whole.size() - 2);
    const auto length = bare.toUcs4().size();
    if (length <= 1)
        return whole;
    return length == 2 ? beginningNeedle(words) : bare;
}

std::vector<FoldedText::Span> findNeedles(const FoldedText &text, const QStringList &needles)
{
    std::vector<FoldedText::Span> found;
    for (const auto &needle : needles) {
        auto at = needle.isEmpty() ? -1 : text.text().indexOf(needle);
        for (; at >= 0; at = text.text().indexOf(needle, at + 1))
            found.push_back(text.source(at, at + needle.size()));
    }
    std::ranges::sort(found, {}, &FoldedText::Span::begin);
    std::vector<FoldedText::Span> joined;
    for (const auto &span : found) {
        if (!joined.empty() && span.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, span.end);
        else
            joined.push_back(span);
    }
    return joined;
}

bool containsAll(const FoldedText &text, const QStringList &needles)
{
    return std::ranges::all_of(
        needles, [&](const QString &needle) { return text.text().contains(needle); });
}

} // namespace parley
