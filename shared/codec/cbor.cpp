// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"

#include <QtCore/QStringDecoder>
#include <QtCore/QUtf8StringView>

#include <array>

namespace parley {
namespace {

constexpr qsizetype keyBytes = 32;
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
/// Below this the number stands in the first byte; from here on it says how many bytes follow.
constexpr quint8 oneByteFollows = 24;
constexpr quint8 eightBytesFollow = 27;
constexpr quint64 simpleFalse = 20;
constexpr quint64 simpleTrue = 21;
constexpr quint64 firstLongSimple = 32;

qsizetype followingBytes(quint8 info)
{
    return info < oneByteFollows ? 0 : qsizetype(1) << (info - oneByteFollows);
}

quint64 bigEndian(const char *bytes, qsizetype size)
{
    quint64 value = 0;
    for (qsizetype i = 0; i < size; ++i)
        value = value << 8 | static_cast<quint8>(bytes[i]);
    return value;
}

} // namespace

void CborWriter::head(CborType type, quint64 value)
{
    const auto first = static_cast<quint8>(quint8(type) << 5);
    if (value < oneByteFollows) {
        m_bytes.append(static_cast<char>(first | value));
        return;
    }
    quint8 info = oneByteFollows;
    if (value > std::numeric_limits<quint32>::max())
        info = eightBytesFollow;
    else if (value > std::numeric_limits<quint16>::max())
        info = oneByteFollows + 2;
    else if (value > std::numeric_limits<quint8>::max())
        info = oneByteFollows + 1;
    std::array<char, 9> bytes{static_cast<char>(first | info)};
    const qsizetype size = followingBytes(info);
    for (qsizetype i = size; i > 0; --i, value >>= 8)
        bytes[size_t(i)] = static_cast<char>(value & 0xFF);
    m_bytes.append(bytes.data(), 1 + size);
}

bool CborReader::fail(ErrorCode code, const char *what)
{
    if (!m_error)
        m_error = Error(code, QString::fromLatin1(what));
    return false;
}

std::optional<CborReader::Head> CborReader::peek(qsizetype &end) const
{
    if (m_at >= m_bytes.size())
        return std::nullopt;
    const auto first = static_cast<quint8>(m_bytes[m_at]);
    const quint8 info = first & 0x1F;
    // Beyond are reserved values, indefinite lengths, and the break that ends these.
    if (info > eightBytesFollow)
        return std::nullopt;
    const qsizetype size = followingBytes(info);
    if (m_bytes.size() - m_at - 1 < size)
        return std::nullopt;
    end = m_at + 1 + size;
    const quint64 value = size == 0 ? info : bigEndian(m_bytes.constData() + m_at + 1, size);
    return Head{static_cast<CborType>(first >> 5), value, size == 0};
}

bool CborReader::take(CborType type, quint64 &value, const char *expected)
{
    if (m_error)
        return false;
    qsizetype end = 0;
    const auto head = peek(end);
    if (!head || head->type != type)
        return fail(ErrorCode::Malformed, expected);
    m_at = end;
    value = head->value;
    return true;
}

bool CborReader::enterMap(qsizetype &count, int depth)
{
    if (m_error)
        return false;
    if (depth > limits::depth)
        return fail(ErrorCode::TooLarge, "too deep");
    quint64 length = 0;
    if (!take(CborType::Map, length, "expected a map of known length"))
        return false;
    if (length > quint64(limits::mapKeys))
        return fail(ErrorCode::TooLarge, "too many keys");
    count = static_cast<qsizetype>(length);
    return true;
}

bool CborReader::enterArray(qsizetype &count, qsizetype most, int depth)
{
    if (m_error)
        return false;
    if (depth > limits::depth)
        return fail(ErrorCode::TooLarge, "too deep");
    quint64 length = 0;
    if (!take(CborType::Array, length, "expected a list of known length"))
        return false;
    if (length > quint64(most))
        return fail(ErrorCode::TooLarge, "too many items");
    count = static_cast<qsizetype>(length);
    return true;
}

bool CborReader::readView(CborType type, qsizetype most, QByteArrayView &value)
{
    const bool isText = type == CborType::Text;
    quint64 size = 0;
    if (!take(type, size,
            isText ? "expected a text of known length" : "expected bytes of known length"))
        return false;
    if (size > quint64(most))
        return fail(ErrorCode::TooLarge, isText ? "text too long" : "too many bytes");
    return takeView(type, size, value);
}

bool CborReader::takeView(CborType type, quint64 size, QByteArrayView &value)
{
    if (size > quint64(m_bytes.size() - m_at))
        return fail(ErrorCode::Malformed, "broken bytes");
    value = QByteArrayView(m_bytes).sliced(m_at, static_cast<qsizetype>(size));
    m_at += value.size();
    if (type == CborType::Text && !QUtf8StringView(value.data(), value.size()).isValidUtf8())
        return fail(ErrorCode::Malformed, "not UTF-8");
    return true;
}

bool CborReader::readKey(QByteArrayView &key)
{
    return readView(CborType::Text, keyBytes, key);
}

bool CborReader::skip(QByteArray *raw)
{
    if (m_error)
        return false;
    const qsizetype from = m_at;
    // One more than the depth: the scalar in the innermost container is a step of its own.
    if (!skipItem(limits::depth + 1))
        return fail(ErrorCode::Malformed, "broken value");
    if (raw)
        *raw = m_bytes.mid(from, m_at - from);
    return true;
}

// An item is at least one byte long, so a count that lies ends with the bytes.
bool CborReader::skipItem(int depth)
{
    qsizetype end = 0;
    const auto head = peek(end);
    if (!head || depth < 0)
        return false;
    switch (head->type) {
    case CborType::Bytes:
    case CborType::Text: {
        m_at = end;
        QByteArrayView value;
        return takeView(head->type, head->value, value);
    }
    case CborType::Array:
    case CborType::Map: {
        m_at = end;
        const quint64 items = head->value;
        const int each = head->type == CborType::Map ? 2 : 1;
        for (quint64 i = 0; i < items; ++i) {
            for (int part = 0; part < each; ++part) {
                if (!skipItem(depth - 1))
                    return false;
            }
        }
        return true;
    }
    case CborType::Tag:
        m_at = end;
        return skipItem(depth - 1);
    case CborType::Simple:
        // A short value in the long form is no CBOR.
        if (end == m_at + 2 && head->value < firstLongSimple)
            return false;
        [[fallthrough]];
    case CborType::Unsigned:
    case CborType::Negative:
        m_at = end;
        return true;
    }
    return false;
}

bool CborReader::atEnd()
{
    if (m_error)
        return false;
    return m_at == m_bytes.size() || fail(ErrorCode::Malformed, "bytes after the end");
}

bool CborReader::readBytes(QByteArray &value, qsizetype most)
{
    QByteArrayView view;
    if (!readView(CborType::Bytes, most, view))
        return false;
    value = view.toByteArray();
    return true;
}

bool CborReader::readText(QString &value, qsizetype most)
{
    QByteArrayView view;
    if (!readView(CborType::Text, most, view))
        return false;
    // A first U+FEFF is part of the text; QString::fromUtf8 takes it for a mark of the encoding.
    value = view.startsWith(byteOrderMark)
        ? QStringDecoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom)(view)
        : QString::fromUtf8(view);
    return true;
}

bool CborReader::readBool(bool &value)
{
    if (m_error)
        return false;
    qsizetype end = 0;
    const auto head = peek(end);
    const bool isBool = head && head->type == CborType::Simple && head->isShort
        && (head->value == simpleFalse || head->value == simpleTrue);
    if (!isBool)
        return fail(ErrorCode::Malformed, "expected true or false");
    value = head->value == simpleTrue;
    m_at = end;
    return true;
}

bool CborReader::readUnsigned(quint64 &value)
{
    return take(CborType::Unsigned, value, "expected a number that is not negative");
}

bool CborReader::readSigned(qint64 &value)
{
    if (m_error)
        return false;
    qsizetype end = 0;
    const auto head = peek(end);
    const bool isNegative = head && head->type == CborType::Negative;
    if (!isNegative && (!head || head->type != CborType::Unsigned))
        return fail(ErrorCode::Malformed, "expected a number");
    if (head->value > quint64(std::numeric_limits<qint64>::max()))
        return fail(ErrorCode::Malformed, "number out of range");
    // A negative number is written as -1 - n.
    value = isNegative ? -1 - static_cast<qint64>(head->value) : static_cast<qint64>(head->value);
    m_at = end;
    return true;
}

} // namespace parley
