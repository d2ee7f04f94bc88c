// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/deliveryjournal.h"

#include "shared/deliveryclaim.h"

#include <QtCore/QLoggingCategory>

namespace parley {

Q_LOGGING_CATEGORY(journalLog, "parley.journal")

Result<std::unique_ptr<DeliveryJournal>> DeliveryJournal::open(const QString &path)
{
    std::unique_ptr<DeliveryJournal> journal(new DeliveryJournal(path));
    QFile &file = journal->m_file;
    // Unbuffered: what is written is the kernel's, so that only a power loss can tear a line.
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return Error(ErrorCode::Unavailable,
            QStringLiteral("The delivery journal %1 cannot be written: %2.")
                .arg(path, file.errorString()));
    const qint64 sizeBytes = file.size();
    file.seek(std::max<qint64>(sizeBytes - 1, 0));
    if (sizeBytes > 0 && file.read(1) != "\n")
        journal->write({});
    file.seek(file.size());
    journal->write(DeliveryClaim::header());
    return journal;
}

void DeliveryJournal::write(const UserId &me, const notice::OperationAccepted &accepted)
{
    const Operation &operation = accepted.operation;
    write(DeliveryClaim{accepted.chat, operation.id, accepted.seq, me, operation.kind,
        accepted.timeMs, DeliveryClaim::hashOf(operation.payload)}
              .text());
}

void DeliveryJournal::write(const QByteArray &line)
{
    const QByteArray bytes = line + '\n';
    if (m_file.write(bytes) == bytes.size() || m_hasFailed)
        return;
    m_hasFailed = true;
    qCWarning(journalLog, "the delivery journal has holes from here on: %s",
        qPrintable(m_file.errorString()));
}

} // namespace parley
