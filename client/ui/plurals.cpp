// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/plurals.h"

namespace parley {

QString EnglishPlurals::translate(const char *, const char *sourceText, const char *, int n) const
{
    if (n < 0)
        return {};
    const QString text = QString::fromUtf8(sourceText);
    const QString ending = n == 1 ? QString() : QStringLiteral("s");
    return QString(text).replace(QStringLiteral("(s)"), ending);
}

} // namespace parley
