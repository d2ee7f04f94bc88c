// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"
#include "shared/limits.h"
#include "shared/result.h"

#include <QtCore/QCborStreamReader>
#include <QtCore/QCborStreamWriter>

#include <limits>

namespace parley {

/// Writes values as CBOR (RFC 8949) with definite lengths. One buffer, one thread.
class CborWriter {
public:
    CborWriter()
        : m_writer(&m_bytes)
    {
    }

    template <typename T>
    void write(const T &value)
    {
        if constexpr (WireStruct<T>)
            writeStruct(value);
        else if constexpr (IsVector<T>::value) {
            m_writer.startArray(static_cast<quint64>(value.size()));
            for (const auto &item : value)
                write(item);
            m_writer.endArray();
        } else if constexpr (IsOptional<T>::value)
            write(*value);
        else if constexpr (IsId<T>::value)
            m_writer.appendByteString(value.view().data(), T::sizeBytes);
        else if constexpr (std::same_as<T, QByteArray>)
            m_writer.appendByteString(value.constData(), value.size());
        else if constexpr (std::same_as<T, QString>)
            m_writer.append(QStringView(value));
        else if constexpr (std::same_as<T, bool>)
            m_writer.append(value);
        else if constexpr (std::is_enum_v<T>)
            m_writer.append(static_cast<quint64>(value));
        else if constexpr (std::unsigned_integral<T>)
            m_writer.append(static_cast<quint64>(value));
        else
            m_writer.append(static_cast<qint64>(value));
    }

    void startMap(size_t count) { m_writer.startMap(static_cast<quint64>(count)); }
    void endMap() { m_writer.endMap(); }
    void key(const char *text)
    {
        m_writer.appendTextString(
            text, static_cast<qsizetype>(std::char_traits<char>::length(text)));
    }
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
        endMap();
    }

    QByteArray m_bytes;
    QCborStreamWriter m_writer;
};

/// Reads values as CBOR and enforces the protocol's limits before it allocates. After the first
/// fault every further read fails. Does not own the bytes' meaning: unknown keys are skipped.
class CborReader {
public:
    explicit CborReader(const QByteArray &bytes)
        : m_bytes(bytes)
        , m_reader(bytes)
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
    bool leave();
    /// The next key, a text of at most 32 bytes.
    bool readKey(QByteArray &key);
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

    template <typename Tag>
    bool readId(Id<Tag> &value)
    {
        QByteArray bytes;
        if (!readBytes(bytes, Id<Tag>::sizeBytes))
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
        return leave();
    }

    template <typename T>
    bool readStruct(T &value, int depth)
    {
        static_assert(fieldCount<T> <= 64);
        qsizetype count = 0;
        if (!enterMap(count, depth))
            return false;
        quint64 seen = 0;
        QByteArray key;
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
        return leave();
    }

    template <typename T>
    bool readField(T &value, const QByteArray &key, quint64 &seen, int depth)
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
    QCborStreamReader m_reader;
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
