// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/json.h"

namespace parley {

bool JsonReader::readBytes(const QJsonValue &json, QByteArray &value, qsizetype most)
{
    if (!json.isString())
        return fail(ErrorCode::Malformed, "expected base64url");
    auto decoded = QByteArray::fromBase64Encoding(json.toString().toLatin1(),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return fail(ErrorCode::Malformed, "expected base64url");
    if ((*decoded).size() > most)
        return fail(ErrorCode::TooLarge, "too many bytes");
    value = *decoded;
    return true;
}

bool JsonReader::readText(const QJsonValue &json, QString &value, qsizetype most)
{
    if (!json.isString())
        return fail(ErrorCode::Malformed, "expected a text");
    value = json.toString();
    // A lone surrogate has no UTF-8 and could not be stored.
    if (!value.isValidUtf16())
        return fail(ErrorCode::Malformed, "not valid Unicode");
    return value.toUtf8().size() <= most || fail(ErrorCode::TooLarge, "text too long");
}

} // namespace parley
