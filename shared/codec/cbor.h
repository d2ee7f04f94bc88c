// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"
#include "shared/limits.h"
#include "shared/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <cstring>
#include <limits>

namespace parley {

/// The first three bits of an item (RFC 8949, section 3.1).
enum class CborType : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

/// Writes values as CBOR (RFC 8949), lengths definite and heads as short as can be. One buffer, one
/// thread.
class CborWriter {
public:
    template <typename T>
    void write(const T &value)
    {
        if constexpr (WireStruct<T>)
            writeStruct(value);
        else if constexpr (IsVector<T>::value) {
            head(CborType::Array, value.size());
            for (const auto &item : value)
                write(item);
        } else if constexpr (IsOptional<T>::value)
            write(*value);
        else if constexpr (IsId<T>::value)
            writeBytes(CborType::Bytes, value.view());
        else if constexpr (std::same_as<T, QByteArray>)
            writeBytes(CborType::Bytes, value);
        else if constexpr (std::same_as<T, QString>)
            writeBytes(CborType::Text, value.toUtf8());
        else if constexpr (std::same_as<T, bool>)
            m_bytes.append(char(value ? 0xF5 : 0xF4));
        else if constexpr (std::is_enum_v<T>)
            head(CborType::Unsigned, static_cast<quint64>(value));
        else if constexpr (std::unsigned_integral<T>)
            head(CborType::Unsigned, value);
        else if (value >= 0)
            head(CborType::Unsigned, static_cast<quint64>(value));
        else
            head(CborType::Negative, ~static_cast<quint64>(static_cast<qint64>(value)));
    }

    /// So many pairs of a key and a value follow.
    void startMap(size_t count) { head(CborType::Map, count); }
    void key(const char *text) { writeBytes(CborType::Text, text); }
    QByteArray take() { return std::exchange(m_bytes, {}); }

private:
    template <typename T>
    void writeStruct(const T &value)
    {
        size_t count = 0;
        forEachField<T>([&](const auto &f) { count += isAbsent(value.*f.member) ? 0 : 1; });
        startMap(count);
        forEachField<T>([&](const auto &f) {
            if (isAbsent(value.*f.member))
                return;
            key(f.key);
            write(value.*f.member);
        });
    }

    void head(CborType type, quint64 value);
    void writeBytes(CborType type, QByteArrayView bytes)
    {
        head(type, static_cast<quint64>(bytes.size()));
        m_bytes.append(bytes);
    }

    QByteArray m_bytes;
};

/// Reads values as CBOR and enforces the protocol's limits before it allocates. After the first
/// fault every further read fails. Does not own the bytes' meaning: unknown keys are skipped.
/// Lengths must be definite, also in what is skipped; heads may be longer than needed.
class CborReader {
public:
    explicit CborReader(const QByteArray &bytes)
        : m_bytes(bytes)
    {
    }

    template <typename T>
    bool read(T &value, qsizetype most = -1, int depth = 1)
    {
        if constexpr (WireStruct<T>)
            return readStruct(value, depth);
        else if constexpr (IsVector<T>::value)
            return readArray(value, most, depth);
        else if constexpr (IsOptional<T>::value)
            return read(value.emplace(), most, depth);
        else if constexpr (IsId<T>::value)
            return readId(value);
        else if constexpr (std::same_as<T, QByteArray>)
            return readBytes(value, most < 0 ? limits::serverFrameBytes : most);
        else if constexpr (std::same_as<T, QString>)
            return readText(value, most < 0 ? limits::textBytes : most);
        else if constexpr (std::same_as<T, bool>)
            return readBool(value);
        else if constexpr (std::is_enum_v<T>) {
            std::underlying_type_t<T> number{};
            if (!readInteger(number))
                return false;
            value = static_cast<T>(number);
            return true;
        } else
            return readInteger(value);
    }

    /// Enters a map of definite length; `count` says how many pairs follow.
    bool enterMap(qsizetype &count, int depth);
    /// The next key, a text of at most 32 bytes; the view lives as long as the reader.
    bool readKey(QByteArrayView &key);
    /// Skips one value and says which bytes it had.
    bool skip(QByteArray *raw = nullptr);
    /// Nothing may follow.
    bool atEnd();

    bool failed() const { return m_error.has_value(); }
    /// Only after a failure.
    const Error &error() const { return *m_error; }

private:
    bool fail(ErrorCode code, const char *what);
    bool readBytes(QByteArray &value, qsizetype most);
    bool readText(QString &value, qsizetype most);
    bool readBool(bool &value);
    bool readUnsigned(quint64 &value);
    bool readSigned(qint64 &value);
    bool enterArray(qsizetype &count, qsizetype most, int depth);

    /// What an item begins with: its type, and a number, a length, or which simple value it is.
    struct Head {
        CborType type = CborType::Simple;
        quint64 value = 0;
        bool isShort = false; ///< the value stands in the first byte
    };
    /// At the next item, which stays unread; nothing if it is broken.
    std::optional<Head> peek(qsizetype &end) const;
    bool take(CborType type, quint64 &value, const char *expected);
    bool readView(CborType type, qsizetype most, QByteArrayView &value);
    bool takeView(CborType type, quint64 size, QByteArrayView &value);
    bool skipItem(int depth);

    template <typename Tag>
    bool readId(Id<Tag> &value)
    {
        QByteArrayView bytes;
        if (!readView(CborType::Bytes, Id<Tag>::sizeBytes, bytes))
            return false;
        const auto id = Id<Tag>::fromBytes(bytes);
        if (!id)
            return fail(ErrorCode::Malformed, "an id has 16 bytes");
        value = *id;
        return true;
    }

    template <std::integral T>
    bool readInteger(T &value)
    {
        if constexpr (std::unsigned_integral<T>) {
            quint64 number = 0;
            if (!readUnsigned(number))
                return false;
            if (number > std::numeric_limits<T>::max())
                return fail(ErrorCode::Malformed, "number out of range");
            value = static_cast<T>(number);
        } else {
            qint64 number = 0;
            if (!readSigned(number))
                return false;
            if (number > std::numeric_limits<T>::max() || number < std::numeric_limits<T>::min())
                return fail(ErrorCode::Malformed, "number out of range");
            value = static_cast<T>(number);
        }
        return true;
    }

    template <typename T>
    bool readArray(std::vector<T> &value, qsizetype most, int depth)
    {
        qsizetype count = 0;
        if (!enterArray(count, most < 0 ? limits::arrayItems : most, depth))
            return false;
        value.clear();
        value.reserve(static_cast<size_t>(std::min<qsizetype>(count, 64)));
        for (qsizetype i = 0; i < count; ++i) {
            if (!read(value.emplace_back(), -1, depth + 1))
                return false;
        }
        return true;
    }

    template <typename T>
    bool readStruct(T &value, int depth)
    {
        static_assert(fieldCount<T> <= 64);
        qsizetype count = 0;
        if (!enterMap(count, depth))
            return false;
        quint64 seen = 0;
        QByteArrayView key;
        for (qsizetype i = 0; i < count; ++i) {
            if (!readKey(key))
                return false;
            if (!readField(value, key, seen, depth))
                return false;
        }
        size_t index = 0;
        const char *missing = nullptr;
        forEachField<T>([&](const auto &f) {
            using Value = typename std::remove_cvref_t<decltype(f)>::Value;
            if (!mayBeAbsent<Value> && !(seen >> index & 1))
                missing = f.key;
            ++index;
        });
        if (missing)
            return fail(ErrorCode::Malformed, missing);
        return true;
    }

    template <typename T>
    bool readField(T &value, QByteArrayView key, quint64 &seen, int depth)
    {
        size_t index = 0;
        bool found = false;
        bool good = true;
        forEachField<T>([&](const auto &f) {
            if (!found && key == f.key) {
                found = true;
                using F = std::remove_cvref_t<decltype(f)>;
                if (seen >> index & 1)
                    good = fail(ErrorCode::Malformed, "a key stands twice");
                else
                    good = read(value.*f.member, F::most, depth + 1);
                seen |= quint64(1) << index;
            }
            ++index;
        });
        return found ? good : skip();
    }

    QByteArray m_bytes;
    qsizetype m_at = 0;
    std::optional<Error> m_error;
};

/// The value as CBOR.
template <typename T>
QByteArray toCbor(const T &value)
{
    CborWriter writer;
    writer.write(value);
    return writer.take();
}

/// The value from CBOR, or Malformed / TooLarge. Nothing may follow it.
template <typename T>
Result<T> fromCbor(const QByteArray &bytes)
{
    CborReader reader(bytes);
    T value;
    if (!reader.read(value) || !reader.atEnd())
        return reader.error();
    return value;
}

} // namespace parley
