// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/presenter.h"

#include "client/timeline/emoji.h"
#include "client/timeline/links.h"

namespace parley {

namespace {

constexpr char16_t firstStrongIsolate = 0x2068;
constexpr char16_t popIsolate = 0x2069;
constexpr char16_t replacement = 0xFFFD;
constexpr char16_t noBreakSpace = 0x00A0;

enum Style : quint16 {
    BoldStyle = 1,
    ItalicStyle = 2,
    UnderlineStyle = 4,
    StrikeStyle = 8,
    EmojiStyle = 16,
    MarkStyle = 32,
};

/// How one code unit is shown.
struct Look {
    quint16 style = 0;
    quint16 link = 0; // 1 + index, 0 for none
    friend bool operator==(const Look &, const Look &) = default;
};

bool isEmbedding(char32_t point)
{
    return point >= 0x202A && point <= 0x202E;
}

bool isBidiControl(char32_t point)
{
    return isEmbedding(point) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E
        || point == 0x200F || point == 0x061C;
}

bool isNoncharacter(char32_t point)
{
    return (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
}

bool isTag(char32_t point)
{
    return point >= 0xE0000 && point <= 0xE007F;
}

// Draws nothing, or something that is not a character: control, object replacement, annotation.
bool isHarmful(char32_t point)
{
    if (point == U'\n' || point == U'\t')
        return false;
    return QChar::category(point) == QChar::Other_Control || isEmbedding(point)
        || isNoncharacter(point) || point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFC)
        || (point >= 0x206A && point <= 0x206F);
}

bool isCombining(char32_t point)
{
    const auto category = QChar::category(point);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

bool isLineBreak(char32_t point)
{
    return point == U'\n' || point == 0x0B || point == 0x0C || point == 0x85 || point == 0x2028
        || point == 0x2029;
}

/// Takes code points one by one and keeps those that may be painted.
class Cleaner {
public:
    explicit Cleaner(qsizetype size) { m_kept.reserve(size); }

    void take(char32_t point)
    {
        if (isLineBreak(point))
            point = U'\n';
        if (isHarmful(point) || (isTag(point) && !followsEmoji()))
            return;
        m_marks = isCombining(point) ? m_marks + 1 : 0;
        if (m_marks > combiningMarksMost)
            return;
        m_kept.append(QChar::fromUcs4(point));
        m_last = point;
    }
    QString take() { return std::move(m_kept); }

private:
    // Tags draw nothing and hide whole sentences, unless a flag is made of them.
    bool followsEmoji() const { return isTag(m_last) || m_last == 0x1F3F4; }

    QString m_kept;
    char32_t m_last = 0;
    int m_marks = 0;
};

bool isTall(char32_t point)
{
    return point >= 0x0590 && point <= 0x0FFF;
}

void mark(std::vector<Look> &looks, qsizetype begin, qsizetype end, quint16 style)
{
    for (auto at = begin; at < end; ++at)
        looks[static_cast<size_t>(at)].style |= style;
}

void link(std::vector<Look> &looks, qsizetype begin, qsizetype end, size_t index)
{
    for (auto at = begin; at < end; ++at)
        looks[static_cast<size_t>(at)].link = static_cast<quint16>(index + 1);
}

quint16 styleOf(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Bold:
    case EntityKind::Mention:
        return BoldStyle;
    case EntityKind::Italic:
        return ItalicStyle;
    case EntityKind::Underline:
        return UnderlineStyle;
    case EntityKind::Strike:
        return StrikeStyle;
    default:
        return 0;
    }
}

QString openTags(const Look &look, const QStringList &targets)
{
    QString tags;
    if (look.link)
        tags += QStringLiteral("<a href=\"%1\">").arg(targets.at(look.link - 1).toHtmlEscaped());
    if (look.style & (BoldStyle | MarkStyle))
        tags += u"<b>";
    if (look.style & ItalicStyle)
        tags += u"<i>";
    if (look.style & UnderlineStyle)
        tags += u"<u>";
    if (look.style & StrikeStyle)
        tags += u"<s>";
    if (look.style & MarkStyle)
        tags += QLatin1String(searchMark);
    if (look.style & EmojiStyle)
        tags += u"<font size=\"4\">";
    return tags;
}

QString closeTags(const Look &look)
{
    QString tags;
    if (look.style & EmojiStyle)
        tags += u"</font>";
    if (look.style & MarkStyle)
        tags += u"</font>";
    if (look.style & StrikeStyle)
        tags += u"</s>";
    if (look.style & UnderlineStyle)
        tags += u"</u>";
    if (look.style & ItalicStyle)
        tags += u"</i>";
    if (look.style & (BoldStyle | MarkStyle))
        tags += u"</b>";
    if (look.link)
        tags += u"</a>";
    return tags;
}

// Styled text swallows all spaces but one, and those at the start of a line.
void appendSpace(QString &markup, QChar before)
{
    if (before == u'\n' || before == u' ')
        markup += u"&nbsp;";
    else
        markup += u' ';
}

void appendEscaped(QString &markup, QChar c, QChar before)
{
    switch (c.unicode()) {
    case u'<':
        markup += u"&lt;";
        break;
    case u'>':
        markup += u"&gt;";
        break;
    case u'&':
        markup += u"&amp;";
        break;
    case u'"':
        markup += u"&quot;";
        break;
    case u'\n':
        markup += u"<br/>";
        break;
    case u'\t':
        markup += u"&nbsp;&nbsp;&nbsp; ";
        break;
    case noBreakSpace:
        markup += u"&nbsp;";
        break;
    case u' ':
        appendSpace(markup, before);
        break;
    default:
        markup += c;
    }
}

QString markupOf(const QString &text, const std::vector<Look> &looks, const QStringList &targets)
{
    QString markup;
    markup.reserve(text.size() + 32);
    Look open;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto &look = looks[static_cast<size_t>(at)];
        const bool isHalf = text[at].isLowSurrogate(); // never a tag between the two of a pair
        if (look != open && !isHalf) {
            markup += closeTags(open) + openTags(look, targets);
            open = look;
        }
        appendEscaped(markup, text[at], at > 0 ? text[at - 1] : QChar(u'\n'));
    }
    return markup + closeTags(open);
}

// The places are those of the text as it was sent; where cleaning took something away, they no
// longer hold, and formatting is the lesser loss.
void applyEntities(const TextBody &body, std::vector<Look> &looks, QStringList &targets)
{
    const auto size = static_cast<qsizetype>(looks.size());
    for (const auto &entity : body.entities) {
        const auto begin = std::min<qsizetype>(entity.offset, size);
        const auto end = std::min<qsizetype>(begin + entity.length, size);
        mark(looks, begin, end, styleOf(entity.kind));
        const auto target =
            entity.kind == EntityKind::Link && entity.url ? safeLink(*entity.url) : QString();
        if (target.isEmpty())
            continue;
        targets.append(target);
        link(looks, begin, end, static_cast<size_t>(targets.size()) - 1);
    }
}

// What is drawn as one stays one: accents belong to the letter before them, and emoji, which have
// colours of their own, are left alone.
bool applyMarks(
    const QString &text, const std::vector<FoldedText::Span> &marks, std::vector<Look> &looks)
{
    bool isMarked = false;
    for (const auto &span : marks) {
        auto end = span.end;
        while (end < text.size() && (text[end].isMark() || isBidiControl(text[end].unicode())))
            ++end;
        for (auto at = span.begin; at < end; ++at) {
            auto &look = looks[static_cast<size_t>(at)];
            if (look.style & EmojiStyle)
                continue;
            look.style |= MarkStyle;
            isMarked = true;
        }
    }
    return isMarked;
}

void append(QString &text, std::vector<Look> &looks, QChar c, Look look)
{
    text += c;
    looks.push_back(look);
}

// At a word's beginning, and never within a pair.
qsizetype snippetBegin(const QString &text, const std::vector<FoldedText::Span> &marks)
{
    const auto first = marks.empty() ? 0 : marks.front().begin;
    if (first <= snippetLead)
        return 0;
    const auto least = first - snippetLead;
    const auto gap = QStringView(text).mid(least, snippetLead).indexOf(u' ');
    const auto begin = gap < 0 ? least : least + gap + 1;
    return text[begin].isLowSurrogate() ? begin - 1 : begin;
}

int bigEmojiOf(const QString &text, const std::vector<EmojiRun> &runs)
{
    int clusters = 0;
    qsizetype at = 0;
    for (const auto &run : runs) {
        if (!QStringView(text).mid(at, run.begin - at).trimmed().isEmpty())
            return 0;
        clusters += run.clusters;
        at = run.end;
    }
    const bool alone = QStringView(text).mid(at).trimmed().isEmpty();
    return alone && clusters <= bigEmojiMost ? clusters : 0;
}

bool containsTall(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return isTall(c.unicode()); });
}

QString withoutBidiControls(const QString &text)
{
    QString kept;
    kept.reserve(text.size());
    for (const auto c : text)
        if (!isBidiControl(c.unicode()))
            kept += c;
    return kept;
}

} // namespace

QString cleaned(const QString &text)
{
    Cleaner cleaner(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto c = text[at];
        if (c == u'\r') {
            if (at + 1 >= text.size() || text[at + 1] != u'\n')
                cleaner.take(U'\n');
        } else if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()) {
            cleaner.take(QChar::surrogateToUcs4(c, text[at + 1]));
            ++at;
        } else {
            cleaner.take(c.isSurrogate() ? replacement : c.unicode());
        }
    }
    return cleaner.take();
}

PresentedText present(const TextBody &body, const std::vector<FoldedText::Span> &marks)
{
    PresentedText shown;
    shown.plain = cleaned(body.text);
    std::vector<Look> looks(static_cast<size_t>(shown.plain.size()));
    QStringList targets;
    if (shown.plain.size() == body.text.size())
        applyEntities(body, looks, targets);
    for (const auto &found : findLinks(shown.plain)) {
        if (looks[static_cast<size_t>(found.begin)].link)
            continue; // the writer's own link holds
        targets.append(found.target);
        link(looks, found.begin, found.end, static_cast<size_t>(targets.size()) - 1);
    }
    const auto runs = emojiRuns(shown.plain);
    for (const auto &run : runs)
        mark(looks, run.begin, run.end, EmojiStyle);
    shown.marked = applyMarks(shown.plain, marks, looks);
    shown.markup = markupOf(shown.plain, looks, targets);
    shown.rtl = shown.plain.isRightToLeft();
    shown.tallScript = containsTall(shown.plain);
    shown.bigEmoji = bigEmojiOf(shown.plain, runs);
    return shown;
}

PresentedText presentSnippet(const QString &text, const std::vector<FoldedText::Span> &marks)
{
    const auto begin = snippetBegin(text, marks);
    const auto end = std::min(text.size(), begin + oneLineLength);
    PresentedText shown;
    std::vector<Look> looks;
    if (begin > 0)
        append(shown.plain, looks, u'…', {});
    auto mark = marks.begin();
    for (auto at = begin; at < end; ++at) {
        while (mark != marks.end() && mark->end <= at)
            ++mark;
        const bool isMarked = mark != marks.end() && at >= mark->begin;
        const bool isGap = text[at].isSpace();
        if (!isGap)
            append(shown.plain, looks, text[at], {quint16(isMarked ? MarkStyle : 0), 0});
        else if (!shown.plain.isEmpty() && shown.plain.back() != u' ')
            append(shown.plain, looks, u' ', {});
    }
    if (!shown.plain.isEmpty() && shown.plain.back().isHighSurrogate()) {
        shown.plain.chop(1);
        looks.pop_back();
    }
    if (end < text.size())
        append(shown.plain, looks, u'…', {});
    shown.markup = markupOf(shown.plain, looks, {});
    shown.rtl = shown.plain.isRightToLeft();
    return shown;
}

QString oneLine(const QString &text)
{
    // Cut first: a preview of a long text must not cost what the text costs.
    auto cut = text.left(4 * oneLineLength);
    if (!cut.isEmpty() && cut.back().isHighSurrogate())
        cut.chop(1);
    auto line = cleaned(cut).simplified();
    if (line.size() <= oneLineLength)
        return line;
    line.truncate(oneLineLength - 1);
    if (line.back().isHighSurrogate())
        line.chop(1);
    return line + u'…';
}

QString cleanName(const QString &name)
{
    return withoutBidiControls(oneLine(name)).trimmed();
}

QString isolated(const QString &name)
{
    return QChar(firstStrongIsolate) + cleanName(name) + QChar(popIsolate);
}

} // namespace parley
