// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/emoji.h"

#include <QtCore/QTextBoundaryFinder>

namespace parley {

namespace {

constexpr char32_t textSelector = 0xFE0E;
constexpr char32_t emojiSelector = 0xFE0F;
constexpr char32_t keycap = 0x20E3;

struct Range {
    char32_t first;
    char32_t last;
};

// Emoji_Presentation of Unicode 15: shown as emoji unless a text selector follows.
constexpr Range emojiByDefault[] = {{0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0},
    {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F},
    {0x2693, 0x2693}, {0x26A1, 0x26A1}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5},
    {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5},
    {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728},
    {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
    {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F1E6, 0x1F1FF}, {0x1F201, 0x1F201}, {0x1F21A, 0x1F21A}, {0x1F22F, 0x1F22F},
    {0x1F232, 0x1F236}, {0x1F238, 0x1F23A}, {0x1F250, 0x1F251}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0}, {0x1F90C, 0x1F9FF},
    {0x1FA70, 0x1FAFF}};

// Extended_Pictographic that is text by itself and an emoji with the selector.
constexpr Range emojiBySelector[] = {{0xA9, 0xA9}, {0xAE, 0xAE}, {0x203C, 0x203C}, {0x2049, 0x2049},
    {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2194, 0x21AA}, {0x2300, 0x23FF}, {0x24C2, 0x24C2},
    {0x25AA, 0x25FE}, {0x2600, 0x27BF}, {0x2934, 0x2935}, {0x2B05, 0x2B55}, {0x3030, 0x3030},
    {0x303D, 0x303D}, {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1F000, 0x1F2FF}, {0x1F650, 0x1F67F}};

template <size_t Size>
bool isIn(const Range (&ranges)[Size], char32_t point)
{
    return std::any_of(std::begin(ranges), std::end(ranges),
        [&](const Range &range) { return point >= range.first && point <= range.last; });
}

bool isKeycapBase(char32_t point)
{
    return (point >= U'0' && point <= U'9') || point == U'#' || point == U'*';
}

bool contains(QStringView cluster, char32_t point)
{
    return cluster.contains(QChar(static_cast<char16_t>(point)));
}

char32_t firstPoint(QStringView text)
{
    if (text.size() > 1 && text[0].isHighSurrogate() && text[1].isLowSurrogate())
        return QChar::surrogateToUcs4(text[0], text[1]);
    return text[0].unicode();
}

} // namespace

bool isEmoji(QStringView cluster)
{
    if (cluster.isEmpty() || contains(cluster, textSelector))
        return false;
    const auto first = firstPoint(cluster);
    if (isKeycapBase(first))
        return contains(cluster, keycap);
    return isIn(emojiByDefault, first)
        || (contains(cluster, emojiSelector) && isIn(emojiBySelector, first));
}

std::vector<EmojiRun> emojiRuns(const QString &text)
{
    std::vector<EmojiRun> runs;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    for (auto end = finder.toNextBoundary(); end >= 0; end = finder.toNextBoundary()) {
        if (isEmoji(QStringView(text).mid(begin, end - begin))) {
            if (!runs.empty() && runs.back().end == begin) {
                runs.back().end = end;
                ++runs.back().clusters;
            } else {
                runs.push_back({begin, end, 1});
            }
        }
        begin = end;
    }
    return runs;
}

} // namespace parley
