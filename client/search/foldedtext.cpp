// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/foldedtext.h"

#include <QtCore/QList>

namespace parley {

namespace {

constexpr int kanaVoicing = 8; // combining classes
constexpr int virama = 9;

/// Letters that people type as another one and that Unicode does not take apart.
struct Letter {
    char16_t from;
    QLatin1String to;
};
constexpr Letter letters[] = {{u'ø', QLatin1String("o")}, {u'đ', QLatin1String("d")},
    {u'ł', QLatin1String("l")}, {u'ħ', QLatin1String("h")}, {u'ı', QLatin1String("i")},
    {u'ß', QLatin1String("ss")}, {u'æ', QLatin1String("ae")}, {u'œ', QLatin1String("oe")}};

bool isMark(char32_t point)
{
    const auto category = QChar::category(point);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining;
}

bool isVariationSelector(char32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

// What is neither written nor heard, or what one writes or leaves out: accents, points, joiners.
bool isIgnored(char32_t point)
{
    constexpr char32_t tatweel = 0x0640;
    const auto category = QChar::category(point);
    if (category == QChar::Other_Format || category == QChar::Mark_Enclosing || point == tatweel
        || isVariationSelector(point))
        return true;
    const int weight = QChar::combiningClass(point);
    return isMark(point) && weight != 0 && weight != kanaVoicing && weight != virama;
}

bool isLater(char32_t point) // the second or third part of a syllable that was taken apart
{
    return QChar::combiningClass(point) == kanaVoicing || (point >= 0x1161 && point <= 0x11C2);
}

bool isSymbol(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
        return true;
    default:
        return false;
    }
}

bool standsAlone(char32_t point)
{
    constexpr char32_t longVowel = 0x30FC;
    switch (QChar::script(point)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
        return true;
    default:
        return point == longVowel || isSymbol(point);
    }
}

bool isOfAWord(char32_t point)
{
    return QChar::isLetterOrNumber(point) || isMark(point);
}

} // namespace

/// Takes code points one by one and writes words.
class Folder {
public:
    explicit Folder(FoldedText &folded)
        : m_text(folded.m_folded)
        , m_sources(folded.m_sources)
    {
    }

    void take(char32_t point, FoldedText::Span source)
    {
        m_source = source;
        if (point < 0x80) {
            const auto c = QChar(char16_t(point));
            add(c.toLower().unicode());
            return;
        }
        const auto apart =
            QString::fromUcs4(&point, 1).toCaseFolded().normalized(QString::NormalizationForm_KD);
        for (const char32_t part : apart.toCaseFolded().toUcs4())
            addPart(part);
    }

    void end()
    {
        if (!m_text.isEmpty())
            write(u' ');
    }

private:
    void addPart(char32_t point)
    {
        if (isIgnored(point))
            return;
        for (const auto &letter : letters) {
            if (letter.from != point)
                continue;
            for (const char c : letter.to)
                add(char32_t(c));
            return;
        }
        if (!isLater(point) || !join(point))
            add(point);
    }

    void add(char32_t point)
    {
        const bool isAlone = standsAlone(point);
        if (!isAlone && !isOfAWord(point)) {
            m_isWithin = m_isBeside = false;
            return;
        }
        if (!m_isWithin || isAlone)
            write(u' ');
        write(point);
        m_isWithin = !isAlone;
    }

    // か and its voicing mark are が, three parts of Hangul are one syllable.
    bool join(char32_t point)
    {
        if (!m_isBeside)
            return false;
        const auto pair = m_text.last(1) + QString::fromUcs4(&point, 1);
        const auto joined = pair.normalized(QString::NormalizationForm_C);
        if (joined.size() != 1)
            return false;
        m_text.back() = joined.front();
        m_sources.back().end = m_source.end;
        return true;
    }

    void write(char32_t point)
    {
        for (const char16_t unit : QChar::fromUcs4(point)) {
            m_text += QChar(unit);
            m_sources.push_back(m_source);
        }
        m_isBeside = true;
    }

    QString &m_text;
    std::vector<FoldedText::Span> &m_sources;
    FoldedText::Span m_source;
    bool m_isWithin = false; // a word
    bool m_isBeside = false; // the character before is the one that was written last
};

FoldedText::FoldedText(const QString &text)
{
    m_folded.reserve(text.size() + text.size() / 4 + 2);
    m_sources.reserve(static_cast<size_t>(m_folded.capacity()));
    Folder folder(*this);
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool isPair =
            text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char32_t point = isPair ? QChar::surrogateToUcs4(text[at], text[at + 1])
            : text[at].isSurrogate()  ? U' '
                                      : text[at].unicode();
        folder.take(point, {at, at + (isPair ? 2 : 1)});
        at += isPair ? 1 : 0;
    }
    folder.end();
}

FoldedText::Span FoldedText::source(qsizetype begin, qsizetype end) const
{
    while (begin < end && m_folded[begin] == u' ')
        ++begin;
    while (end > begin && m_folded[end - 1] == u' ')
        --end;
    if (begin == end)
        return {};
    return {
        m_sources[static_cast<size_t>(begin)].begin, m_sources[static_cast<size_t>(end - 1)].end};
}

} // namespace parley
