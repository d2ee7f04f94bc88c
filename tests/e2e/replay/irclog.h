// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QString>

#include <map>
#include <vector>

/// A day of a public IRC channel as it was logged, read without judgement and without loss: what a
/// line is, who said it, and everything that is strange about it. docs/replay.md says what becomes
/// of each.
namespace parley {

enum class IrcKind : quint8 {
    Message, ///< [HH:MM] <nick> text
    Action, ///< [HH:MM]  * nick text; in older logs === nick text
    Joined, ///< === nick [address] has joined #channel
    Left, ///< === nick [address] has left #channel; quits and kicks too
    NickChange, ///< === nick is now known as text
    Topic, ///< === ..[topic/#channel:nick] : text
    Mode, ///< === mode/#channel …
    Empty, ///< a message or action with nothing to see in it
    Malformed, ///< none of these
};

struct IrcLine {
    IrcKind kind = IrcKind::Malformed;
    int minute = 0; ///< since the midnight before the first line; never falls
    QString nick;
    QString text;
    bool hasByteOrderMark = false; ///< kept
    bool hasControlCharacters = false; ///< kept
    bool wasNotUtf8 = false; ///< the faulty bytes became U+FFFD
    bool wasCut = false; ///< longer than a message may be
    bool hadStrangeTime = false; ///< none, impossible, or falling: the time of the line before

    /// Somebody says something that can be sent.
    bool isSaid() const { return kind == IrcKind::Message || kind == IrcKind::Action; }
};

/// How many lines there were of each kind, and of each strangeness among those that are said.
struct IrcCounts {
    std::map<IrcKind, int> kinds;
    int byteOrderMarks = 0;
    int controlCharacters = 0;
    int notUtf8 = 0;
    int cut = 0;
    int strangeTimes = 0;

    /// For people: "1308 messages, 3 actions, …", without what did not occur.
    QString text() const;
};

/// The longest text of one line, in bytes; what is above it is cut at a character's border.
inline constexpr qsizetype ircTextBytes = 60'000;

/// Never fails: a line that is nothing known is Malformed. Lines keep their numbers from 0.
std::vector<IrcLine> parseIrcLog(const QByteArray &bytes);

/// `A B -` a line: B replies to A. For each B its nearest earlier A. Lines that say something else
/// are an error, which names the line.
Result<std::map<qsizetype, qsizetype>> parseIrcReplies(const QByteArray &bytes);

IrcCounts countIrcLines(const std::vector<IrcLine> &lines);

} // namespace parley
