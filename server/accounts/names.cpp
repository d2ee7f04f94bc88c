// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/names.h"

#include "shared/limits.h"

namespace parley {
namespace {

using namespace Qt::StringLiterals;

bool isNamePart(char32_t point, bool isFirst)
{
    if (QChar::isLetterOrNumber(point))
        return true;
    if (isFirst)
        return false;
    // Marks belong to the letters of many scripts.
    return point == U'.' || point == U'_' || point == U'-' || QChar::isMark(point);
}

bool isInvisible(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return point != 0x200d; // joins the parts of an emoji
    default:
        return false;
    }
}

QString folded(const QString &name)
{
    const QString once = name.normalized(QString::NormalizationForm_KC).toCaseFolded();
    return once.normalized(QString::NormalizationForm_KC);
}

} // namespace

Result<UserName> userName(const QString &text)
{
    const QString name = text.normalized(QString::NormalizationForm_C);
    const qsizetype sizeBytes = name.toUtf8().size();
    if (sizeBytes < userNameBytesLeast || sizeBytes > limits::nameBytes)
        return Error(ErrorCode::InvalidName, u"a user name has 2 to 32 bytes"_s);
    bool isFirst = true;
    for (const char32_t point : name.toUcs4()) {
        if (!isNamePart(point, std::exchange(isFirst, false)))
            return Error(ErrorCode::InvalidName,
                u"a user name has letters, digits, and after the first also . _ -"_s);
    }
    return UserName{name, folded(name)};
}

Result<QString> displayName(const QString &text)
{
    const QString name = text.trimmed().normalized(QString::NormalizationForm_C);
    const qsizetype sizeBytes = name.toUtf8().size();
    if (sizeBytes == 0 || sizeBytes > limits::displayNameBytes)
        return Error(ErrorCode::InvalidName, u"a display name has 1 to 128 bytes"_s);
    const auto points = name.toUcs4();
    if (std::any_of(
            points.begin(), points.end(), [](char32_t point) { return isInvisible(point); }))
        return Error(ErrorCode::InvalidName, u"a display name has visible characters only"_s);
    return name;
}

} // namespace parley
