// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"
#include "shared/limits.h"
#include "shared/result.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <cmath>
#include <limits>

namespace parley {

/// The same definitions as JSON (RFC 8259), for long polling, bots and debugging: bytes and ids as
/// base64url without padding, 64 bit integers as decimal strings, all else as it is.
template <typename T>
QJsonValue toJson(const T &value)
{
    if constexpr (WireStruct<T>) {
        QJsonObject object;
        forEachField<T>([&](const auto &f) {
            if (!isAbsent(value.*f.member))
                object.insert(QLatin1String(f.key), toJson(value.*f.member));
        });
        return object;
    } else if constexpr (IsVector<T>::value) {
        QJsonArray array;
        for (const auto &item : value)
            array.append(toJson(item));
        return array;
    } else if constexpr (IsOptional<T>::value)
        return toJson(*value);
    else if constexpr (IsId<T>::value)
        return value.text();
    else if constexpr (std::same_as<T, QByteArray>)
        return QString::fromLatin1(
            value.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    else if constexpr (std::same_as<T, QString> || std::same_as<T, bool>)
        return value;
    else if constexpr (std::is_enum_v<T>)
        return static_cast<double>(value);
    else if constexpr (sizeof(T) == 8)
        return QString::number(value);
    else
        return static_cast<double>(value);
}

/// Reads JSON by the same rules and limits as CBOR. `failure` names the key that was wrong.
class JsonReader {
public:
    template <typename T>
    bool read(const QJsonValue &json, T &value, qsizetype most = -1, int depth = 1)
    {
        if constexpr (WireStruct<T> || IsVector<T>::value) {
            if (depth > limits::depth)
                return fail(ErrorCode::TooLarge, "too deep");
        }
        if constexpr (WireStruct<T>)
            return readStruct(json, value, depth);
        else if constexpr (IsVector<T>::value)
            return readArray(json, value, most < 0 ? limits::arrayItems : most, depth);
        else if constexpr (IsOptional<T>::value)
            return read(json, value.emplace(), most, depth);
        else if constexpr (IsId<T>::value) {
            const auto id = T::fromText(json.toString().toLatin1());
            if (!id)
                return fail(ErrorCode::Malformed, "an id has 22 characters of base64url");
            value = *id;
            return true;
        } else if constexpr (std::same_as<T, QByteArray>)
            return readBytes(json, value, most < 0 ? limits::serverFrameBytes : most);
        else if constexpr (std::same_as<T, QString>)
            return readText(json, value, most < 0 ? limits::textBytes : most);
        else if constexpr (std::same_as<T, bool>) {
            if (!json.isBool())
                return fail(ErrorCode::Malformed, "expected true or false");
            value = json.toBool();
            return true;
        } else if constexpr (std::is_enum_v<T>) {
            std::underlying_type_t<T> number{};
            if (!readInteger(json, number))
                return false;
            value = static_cast<T>(number);
            return true;
        } else
            return readInteger(json, value);
    }

    const Error &error() const { return *m_error; }

private:
    bool fail(ErrorCode code, const char *what)
    {
        if (!m_error)
            m_error = Error(code, QString::fromLatin1(what));
        return false;
    }
    bool readBytes(const QJsonValue &json, QByteArray &value, qsizetype most);
    bool readText(const QJsonValue &json, QString &value, qsizetype most);

    template <std::integral T>
    bool readInteger(const QJsonValue &json, T &value)
    {
        if constexpr (sizeof(T) == 8) {
            bool good = false;
            if constexpr (std::unsigned_integral<T>)
                value = json.toString().toULongLong(&good);
            else
                value = json.toString().toLongLong(&good);
            return (json.isString() && good)
                || fail(ErrorCode::Malformed, "expected a number in a string");
        } else {
            const double number = json.toDouble(-0.5);
            if (!json.isDouble() || number != std::floor(number)
                || number > double(std::numeric_limits<T>::max())
                || number < double(std::numeric_limits<T>::min()))
                return fail(ErrorCode::Malformed, "number out of range");
            value = static_cast<T>(number);
            return true;
        }
    }

    template <typename T>
    bool readArray(const QJsonValue &json, std::vector<T> &value, qsizetype most, int depth)
    {
        if (!json.isArray())
            return fail(ErrorCode::Malformed, "expected a list");
        const QJsonArray array = json.toArray();
        if (array.size() > most)
            return fail(ErrorCode::TooLarge, "too many items");
        value.clear();
        for (const auto &item : array) {
            if (!read(item, value.emplace_back(), -1, depth + 1))
                return false;
        }
        return true;
    }

    template <typename T>
    bool readStruct(const QJsonValue &json, T &value, int depth)
    {
        if (!json.isObject())
            return fail(ErrorCode::Malformed, "expected an object");
        const QJsonObject object = json.toObject();
        if (object.size() > limits::mapKeys)
            return fail(ErrorCode::TooLarge, "too many keys");
        bool good = true;
        forEachField<T>([&](const auto &f) {
            using F = std::remove_cvref_t<decltype(f)>;
            const QJsonValue item = object.value(QLatin1String(f.key));
            if (!good)
                return;
            if (item.isUndefined())
                good = mayBeAbsent<typename F::Value> || fail(ErrorCode::Malformed, f.key);
            else
                good = read(item, value.*f.member, F::most, depth + 1);
        });
        return good;
    }

    std::optional<Error> m_error;
};

/// The value from JSON, or Malformed / TooLarge.
template <typename T>
Result<T> fromJson(const QJsonValue &json)
{
    JsonReader reader;
    T value{};
    if (!reader.read(json, value))
        return reader.error();
    return value;
}

} // namespace parley
