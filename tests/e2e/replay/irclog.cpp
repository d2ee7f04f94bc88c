// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/irclog.h"

#include <QtCore/QStringDecoder>
#include <QtCore/QStringList>

#include <algorithm>
#include <optional>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int minutesPerDay = 24 * 60;
constexpr char16_t byteOrderMark = 0xfeff;

struct Decoded {
    QString text;
    bool wasNotUtf8 = false;
};

Decoded decoded(QByteArrayView bytes)
{
    // Stateless, and without taking a byte-order mark for a header.
    QStringDecoder decoder(QStringDecoder::Utf8,
        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    Decoded result;
    result.text = decoder.decode(bytes);
    result.wasNotUtf8 = decoder.hasError();
    return result;
}

bool isVisible(const QString &text)
{
    const auto points = text.toUcs4();
    return std::any_of(points.begin(), points.end(), [](char32_t point) {
        return !QChar::isSpace(point) && QChar::category(point) != QChar::Other_Control
            && QChar::category(point) != QChar::Other_Format;
    });
}

bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
        [](QChar character) { return character.category() == QChar::Other_Control; });
}

// At a character's border: never inside a surrogate pair.
bool cutToLimit(QString &text)
{
    if (text.toUtf8().size() <= ircTextBytes)
        return false;
    qsizetype sizeBytes = 0;
    qsizetype end = 0;
    while (end < text.size()) {
        const bool isPair = text[end].isHighSurrogate() && end + 1 < text.size();
        const qsizetype units = isPair ? 2 : 1;
        sizeBytes += QStringView(text).mid(end, units).toUtf8().size();
        if (sizeBytes > ircTextBytes)
            break;
        end += units;
    }
    text.truncate(end);
    return true;
}

std::optional<int> digits(QStringView text)
{
    if (text.size() != 2 || !text[0].isDigit() || !text[1].isDigit())
        return std::nullopt;
    return text.toInt();
}

// "[HH:MM]" on top; what is inside may still be no time.
bool hasTimeBrackets(QStringView line)
{
    return line.size() >= 7 && line[0] == u'[' && line[3] == u':' && line[6] == u']';
}

std::optional<int> minuteOf(QStringView line)
{
    const auto hour = digits(line.mid(1, 2));
    const auto minute = digits(line.mid(4, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    return *hour * 60 + *minute;
}

void setSaid(IrcLine &line, IrcKind kind, QStringView nick, QStringView text)
{
    line.kind = kind;
    line.nick = nick.trimmed().toString();
    line.text = text.toString();
    line.hasByteOrderMark = line.text.contains(QChar(byteOrderMark));
    line.hasControlCharacters = hasControlCharacter(line.text);
    line.wasCut = cutToLimit(line.text);
    if (line.nick.isEmpty())
        line.kind = IrcKind::Malformed;
    else if (!isVisible(line.text))
        line.kind = IrcKind::Empty;
}

/// After the time: " <nick> text" or "  * nick text".
void parseTimed(IrcLine &line, QStringView rest)
{
    if (rest.startsWith(" <"_L1)) {
        const auto end = rest.indexOf(u'>', 2);
        if (end < 0)
            return;
        auto text = rest.mid(end + 1);
        if (text.startsWith(u' '))
            text = text.mid(1);
        setSaid(line, IrcKind::Message, rest.mid(2, end - 2), text);
        return;
    }
    const auto action = rest.trimmed();
    if (!action.startsWith("* "_L1))
        return;
    const auto words = action.mid(2);
    const auto end = words.indexOf(u' ');
    setSaid(line, IrcKind::Action, end < 0 ? words : words.left(end),
        end < 0 ? QStringView() : words.mid(end + 1));
}

void parseTopic(IrcLine &line, QStringView rest)
{
    const auto nickBegin = rest.indexOf(u':');
    const auto nickEnd = rest.indexOf(u']');
    const auto textBegin = rest.indexOf(" : "_L1);
    if (nickBegin < 0 || nickEnd < nickBegin || textBegin < 0)
        return;
    line.kind = IrcKind::Topic;
    line.nick = rest.mid(nickBegin + 1, nickEnd - nickBegin - 1).toString();
    line.text = rest.mid(textBegin + 3).toString();
}

/// After "=== ".
void parseNotice(IrcLine &line, QStringView rest)
{
    if (rest.startsWith("mode/"_L1)) {
        line.kind = IrcKind::Mode;
        return;
    }
    if (rest.startsWith("..[topic/"_L1)) {
        parseTopic(line, rest);
        return;
    }
    const auto end = rest.indexOf(u' ');
    if (end <= 0)
        return;
    const auto nick = rest.left(end);
    auto what = rest.mid(end + 1);
    line.nick = nick.toString();
    constexpr auto knownAs = "is now known as "_L1;
    if (what.startsWith(knownAs)) {
        line.kind = IrcKind::NickChange;
        line.text = what.mid(knownAs.size()).trimmed().toString();
        return;
    }
    auto afterAddress = what;
    if (const auto close = what.indexOf("] "_L1); what.startsWith(u'[') && close > 0)
        afterAddress = what.mid(close + 2).trimmed();
    if (afterAddress.startsWith("has joined #"_L1))
        line.kind = IrcKind::Joined;
    else if (afterAddress.startsWith("has left #"_L1) || what.startsWith("was kicked off #"_L1)
        || what.startsWith("has quit"_L1))
        line.kind = IrcKind::Left;
    else
        setSaid(line, IrcKind::Action, nick, what);
}

QStringList kindWords()
{
    return {u"messages"_s, u"actions"_s, u"joins"_s, u"leaves"_s, u"nick changes"_s, u"topics"_s,
        u"mode changes"_s, u"empty"_s, u"malformed"_s};
}

} // namespace

std::vector<IrcLine> parseIrcLog(const QByteArray &bytes)
{
    std::vector<IrcLine> lines;
    int day = 0;
    int last = 0;
    auto raw = bytes.split('\n');
    if (!raw.isEmpty() && raw.last().isEmpty())
        raw.removeLast();
    for (auto &bytesOfLine : raw) {
        if (bytesOfLine.endsWith('\r'))
            bytesOfLine.chop(1);
        const auto [text, wasNotUtf8] = decoded(bytesOfLine);
        IrcLine line;
        line.wasNotUtf8 = wasNotUtf8;
        line.minute = last;
        if (hasTimeBrackets(text)) {
            const auto minute = minuteOf(text);
            // A clock that falls by half a day passed midnight; by less, it was set back.
            if (minute && day * minutesPerDay + *minute < last - minutesPerDay / 2)
                ++day;
            const int now = day * minutesPerDay + minute.value_or(0);
            line.hadStrangeTime = !minute || now < last;
            last = line.minute = line.hadStrangeTime ? last : now;
            parseTimed(line, QStringView(text).mid(7));
        } else if (text.startsWith("=== "_L1)) {
            parseNotice(line, QStringView(text).mid(4));
        }
        if (line.kind == IrcKind::Malformed)
            line.text = text;
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<std::map<qsizetype, qsizetype>> parseIrcReplies(const QByteArray &bytes)
{
    std::map<qsizetype, qsizetype> replies;
    qsizetype number = 0;
    for (const auto &line : bytes.split('\n')) {
        ++number;
        const auto words = line.simplified().split(' ');
        if (words == QByteArrayList{QByteArray()})
            continue;
        bool isFirstNumber = false;
        bool isSecondNumber = false;
        const auto first = words.value(0).toLongLong(&isFirstNumber);
        const auto second = words.value(1).toLongLong(&isSecondNumber);
        if (!isFirstNumber || !isSecondNumber || first < 0 || second < 0 || words.size() > 3)
            return Error(ErrorCode::Malformed, u"line %1 is no link of two lines"_s.arg(number));
        const auto answered = std::min(first, second);
        const auto answer = std::max(first, second);
        if (answered == answer)
            continue;
        auto &known = replies.try_emplace(answer, answered).first->second;
        known = std::max<qsizetype>(known, answered);
    }
    return replies;
}

IrcCounts countIrcLines(const std::vector<IrcLine> &lines)
{
    IrcCounts counts;
    for (const auto &line : lines) {
        ++counts.kinds[line.kind];
        counts.byteOrderMarks += line.hasByteOrderMark ? 1 : 0;
        counts.controlCharacters += line.hasControlCharacters ? 1 : 0;
        counts.notUtf8 += line.wasNotUtf8 ? 1 : 0;
        counts.cut += line.wasCut ? 1 : 0;
        counts.strangeTimes += line.hadStrangeTime ? 1 : 0;
    }
    return counts;
}

QString IrcCounts::text() const
{
    QStringList parts;
    const auto words = kindWords();
    for (const auto &[kind, count] : kinds)
        parts += u"%1 %2"_s.arg(count).arg(words[static_cast<int>(kind)]);
    const auto strange = [&parts](int count, const QString &what) {
        if (count > 0)
            parts += u"%1 %2"_s.arg(count).arg(what);
    };
    strange(byteOrderMarks, u"with byte-order marks"_s);
    strange(controlCharacters, u"with control characters"_s);
    strange(notUtf8, u"not UTF-8"_s);
    strange(cut, u"cut"_s);
    strange(strangeTimes, u"with a strange time"_s);
    return parts.join(u", "_s);
}

} // namespace parley
