// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/passwords.h"

#include "shared/limits.h"

#include <QtCore/QSet>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype distinctCharactersLeast = 4;
constexpr qsizetype tailMost = 8; ///< characters behind a word that guessing goes through
constexpr qsizetype aroundNameLeast = 4; ///< characters beside a name that make it another word

Error weak(const QString &why)
{
    return Error(ErrorCode::WeakPassword, why);
}

/// What people put instead of letters changes nothing for who guesses.
QString plainLetters(QString text)
{
    static constexpr std::array<std::pair<char16_t, char16_t>, 8> swaps{{{u'0', u'o'}, {u'1', u'l'},
        {u'3', u'e'}, {u'4', u'a'}, {u'5', u's'}, {u'7', u't'}, {u'@', u'a'}, {u'$', u's'}}};
    for (const auto &[from, to] : swaps)
        text.replace(QChar(from), QChar(to));
    return text;
}

/// "password2024!" is "password" to who guesses.
QString withoutTail(const QString &text)
{
    qsizetype end = text.size();
    while (end > 0 && !text.at(end - 1).isLetter())
        --end;
    return text.size() - end > tailMost ? text : text.left(end);
}

bool isRepetition(const QString &text)
{
    for (qsizetype period = 1; period <= text.size() / 2; ++period) {
        bool repeats = true;
        for (qsizetype i = period; repeats && i < text.size(); ++i)
            repeats = text.at(i) == text.at(i - period);
        if (repeats)
            return true;
    }
    return false;
}

bool isRun(const QString &text)
{
    static const std::array<QString, 8> rows{u"abcdefghijklmnopqrstuvwxyz"_s,
        u"01234567890123456789"_s, u"qwertyuiopasdfghjklzxcvbnm"_s, u"qwertzuiopasdfghjklyxcvbnm"_s,
        u"azertyuiopqsdfghjklmwxcvbn"_s, u"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"_s,
        u"q1w2e3r4t5y6u7i8o9p0"_s, u"1q2w3e4r5t6y7u8i9o0p"_s};
    QString reversed = text;
    std::reverse(reversed.begin(), reversed.end());
    return std::any_of(rows.begin(), rows.end(),
        [&](const QString &row) { return row.contains(text) || row.contains(reversed); });
}

bool isMostlyName(const QString &text, const QString &name)
{
    const QString lower = name.toCaseFolded();
    return lower.size() >= 2 && text.contains(lower)
        && text.size() - lower.size() < std::max(aroundNameLeast, lower.size() / 2);
}

bool isCommon(const QString &text)
{
    const QString plain = plainLetters(text);
    return isCommonPassword(text) || isCommonPassword(plain) || isCommonPassword(withoutTail(text))
        || isCommonPassword(withoutTail(plain))
        || isCommonPassword(plainLetters(withoutTail(text)));
}

} // namespace

QByteArray passwordBytes(const QString &password)
{
    return password.normalized(QString::NormalizationForm_C).toUtf8();
}

Status checkNewPassword(const QString &password, const QString &userName, const QString &serverName)
{
    const qsizetype sizeBytes = passwordBytes(password).size();
    if (sizeBytes < limits::passwordBytesLeast || sizeBytes > limits::passwordBytesMost)
        return weak(u"a password has 8 to 1,024 bytes"_s);
    const QString text = password.normalized(QString::NormalizationForm_C).toCaseFolded();
    if (QSet<QChar>(text.begin(), text.end()).size() < distinctCharactersLeast
        || isRepetition(text))
        return weak(u"the password repeats itself"_s);
    if (isRun(text))
        return weak(u"the password is a row of keys, letters or digits"_s);
    if (isCommon(text))
        return weak(u"the password is one of the commonest"_s);
    if (isMostlyName(text, userName) || isMostlyName(text, serverName))
        return weak(u"the password is little more than a name"_s);
    return Done{};
}

} // namespace parley
