// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"

namespace parley {
namespace {
constexpr qsizetype keyBytes = 32;
} // namespace

bool CborReader::fail(ErrorCode code, const char *what)
{
    if (!m_error)
        m_error = Error(code, QString::fromLatin1(what));
    return false;
}

bool CborReader::enterMap(qsizetype &count, int depth)
{
    if (m_error)
        return false;
    if (depth > limits::depth)
        return fail(ErrorCode::TooLarge, "too deep");
    if (!m_reader.isMap() || !m_reader.isLengthKnown())
        return fail(ErrorCode::Malformed, "expected a map of known length");
    const quint64 length = m_reader.length();
    if (length > quint64(limits::mapKeys))
        return fail(ErrorCode::TooLarge, "too many keys");
    count = static_cast<qsizetype>(length);
    return m_reader.enterContainer() || fail(ErrorCode::Malformed, "broken map");
}

bool CborReader::enterArray(qsizetype &count, qsizetype most, int depth)
{
    if (m_error)
        return false;
    if (depth > limits::depth)
        return fail(ErrorCode::TooLarge, "too deep");
    if (!m_reader.isArray() || !m_reader.isLengthKnown())
        return fail(ErrorCode::Malformed, "expected a list of known length");
    const quint64 length = m_reader.length();
    if (length > quint64(most))
        return fail(ErrorCode::TooLarge, "too many items");
    count = static_cast<qsizetype>(length);
    return m_reader.enterContainer() || fail(ErrorCode::Malformed, "broken list");
}

bool CborReader::leave()
{
    if (m_error)
        return false;
    return m_reader.leaveContainer() || fail(ErrorCode::Malformed, "broken container");
}

bool CborReader::readKey(QByteArray &key)
{
    QString text;
    if (!readText(text, keyBytes))
        return false;
    key = text.toUtf8();
    return true;
}

bool CborReader::skip(QByteArray *raw)
{
    if (m_error)
        return false;
    const qint64 from = m_reader.currentOffset();
    // One more than the depth: the scalar in the innermost container is a step of its own.
    if (!m_reader.next(limits::depth + 1))
        return fail(ErrorCode::Malformed, "broken value");
    if (raw)
        *raw = m_bytes.mid(from, m_reader.currentOffset() - from);
    return true;
}

bool CborReader::atEnd()
{
    if (m_error)
        return false;
    return m_reader.currentOffset() == m_bytes.size()
        || fail(ErrorCode::Malformed, "bytes after the end");
}

bool CborReader::readBytes(QByteArray &value, qsizetype most)
{
    if (m_error)
        return false;
    if (!m_reader.isByteArray() || !m_reader.isLengthKnown())
        return fail(ErrorCode::Malformed, "expected bytes of known length");
    if (m_reader.length() > quint64(most))
        return fail(ErrorCode::TooLarge, "too many bytes");
    const auto size = static_cast<qsizetype>(m_reader.length());
    if (size > m_bytes.size() - m_reader.currentOffset())
        return fail(ErrorCode::Malformed, "broken bytes");
    value.resize(size);
    const auto chunk = m_reader.readStringChunk(value.data(), size);
    if (chunk.status != QCborStreamReader::Ok || chunk.data != size)
        return fail(ErrorCode::Malformed, "broken bytes");
    const auto end = m_reader.readStringChunk(value.data(), 0);
    return end.status == QCborStreamReader::EndOfString
        || fail(ErrorCode::Malformed, "broken bytes");
}

bool CborReader::readText(QString &value, qsizetype most)
{
    if (m_error)
        return false;
    if (!m_reader.isString() || !m_reader.isLengthKnown())
        return fail(ErrorCode::Malformed, "expected a text of known length");
    if (m_reader.length() > quint64(most))
        return fail(ErrorCode::TooLarge, "text too long");
    const auto chunk = m_reader.readString();
    if (chunk.status != QCborStreamReader::Ok)
        return fail(ErrorCode::Malformed, "not UTF-8");
    value = chunk.data;
    const auto end = m_reader.readString();
    return end.status == QCborStreamReader::EndOfString
        || fail(ErrorCode::Malformed, "broken text");
}

bool CborReader::readBool(bool &value)
{
    if (m_error)
        return false;
    if (!m_reader.isBool())
        return fail(ErrorCode::Malformed, "expected true or false");
    value = m_reader.toBool();
    return m_reader.next() || fail(ErrorCode::Malformed, "broken value");
}

bool CborReader::readUnsigned(quint64 &value)
{
    if (m_error)
        return false;
    if (!m_reader.isUnsignedInteger())
        return fail(ErrorCode::Malformed, "expected a number that is not negative");
    value = m_reader.toUnsignedInteger();
    return m_reader.next() || fail(ErrorCode::Malformed, "broken number");
}

bool CborReader::readSigned(qint64 &value)
{
    if (m_error)
        return false;
    if (m_reader.isUnsignedInteger()) {
        const quint64 number = m_reader.toUnsignedInteger();
        if (number > quint64(std::numeric_limits<qint64>::max()))
            return fail(ErrorCode::Malformed, "number out of range");
        value = static_cast<qint64>(number);
    } else if (m_reader.isNegativeInteger()) {
        const auto number = static_cast<quint64>(m_reader.toNegativeInteger());
        // The stream counts n for the number -n; 2^63 is the last that fits.
        if (number == 0 || number > quint64(std::numeric_limits<qint64>::max()) + 1)
            return fail(ErrorCode::Malformed, "number out of range");
        value = static_cast<qint64>(~number + 1);
    } else {
        return fail(ErrorCode::Malformed, "expected a number");
    }
    return m_reader.next() || fail(ErrorCode::Malformed, "broken number");
}

} // namespace parley
