// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QFile>

namespace parley {

/// Keeps every byte that both ends of one connection said, in a file that the auditor reads:
/// records of a direction ('>' to the server, '<' to the client), the microseconds since 1970 as 8
/// bytes, the length as 4 (both big endian), and the bytes. Belongs to a link of the proxy, on its
/// thread.
class LinkCapture {
public:
    enum class Direction : char { ToServer = '>', ToClient = '<' };

    /// `number` is that of the connection, in the order of their coming.
    LinkCapture(const QString &folder, int number);
    void write(Direction direction, const QByteArray &bytes);

private:
    QFile m_file;
};

} // namespace parley
