// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/ledger.h"

#include "shared/product.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QStringList>

namespace parley {

using namespace Qt::StringLiterals;

void addToLedger(const QString &path, const LedgerLine &line)
{
    QFile file(path);
    if (!file.open(QIODevice::Append))
        qFatal("%s cannot be written", qPrintable(path));
    if (file.size() == 0)
        file.write("date\tversion\tcommand\tseeds\tsize\tfailures\tfigures\n");
    const QStringList fields{QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate),
        QString::fromLatin1(productVersion), line.command, line.seeds, line.size,
        QString::number(line.failures), line.figures};
    file.write(fields.join(u'\t').toUtf8() + '\n');
}

} // namespace parley
