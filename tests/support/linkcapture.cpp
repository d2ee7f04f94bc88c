// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/linkcapture.h"

#include <QtCore/QtEndian>

#include <chrono>

namespace parley {

using namespace Qt::StringLiterals;

LinkCapture::LinkCapture(const QString &folder, int number)
    : m_file(u"%1/%2.link"_s.arg(folder).arg(number, 6, 10, QLatin1Char('0')))
{
    if (!m_file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(m_file.fileName()));
}

void LinkCapture::write(Direction direction, const QByteArray &bytes)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    char head[13];
    head[0] = static_cast<char>(direction);
    qToBigEndian<qint64>(
        std::chrono::duration_cast<std::chrono::microseconds>(now).count(), head + 1);
    qToBigEndian<quint32>(static_cast<quint32>(bytes.size()), head + 9);
    m_file.write(head, sizeof(head));
    m_file.write(bytes);
    m_file.flush();
}

} // namespace parley
