// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

namespace parley::compare {

/// What was looked at, and everything that was not as it must be. A value that is passed along.
struct Findings {
    QStringList faults; ///< a sentence each; none: all is equal
    int chats = 0;
    int entries = 0;
    int serverRows = 0;
    int devices = 0;
    int intervals = 0;
    int deviceRows = 0; ///< compared with the server's, one by one
    int acknowledged = 0; ///< of the journals

    void fault(const QString &sentence) { faults += sentence; }
    QString summary() const
    {
        return QStringLiteral("%1 chats, %2 entries, %3 rows; %4 devices, %5 intervals, %6 rows; "
                              "%7 acknowledged: %8 faults")
            .arg(chats)
            .arg(entries)
            .arg(serverRows)
            .arg(devices)
            .arg(intervals)
            .arg(deviceRows)
            .arg(acknowledged)
            .arg(faults.size());
    }
};

/// Ids as the product prints them.
inline QString idText(const QByteArray &id)
{
    return QString::fromLatin1(
        id.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace parley::compare
