// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/accountfile.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

QByteArray text(const QJsonObject &json, QLatin1String key)
{
    return json.value(key).toString().toLatin1();
}

QString placeName(TokenPlace place)
{
    switch (place) {
    case TokenPlace::Keychain:
        return u"keychain"_s;
    case TokenPlace::File:
        return u"file"_s;
    case TokenPlace::Memory:
        return u"memory"_s;
    }
    return {};
}

TokenPlace placeNamed(const QString &name)
{
    for (const auto place : {TokenPlace::File, TokenPlace::Memory})
        if (name == placeName(place))
            return place;
    return TokenPlace::Keychain;
}

} // namespace

Result<StoredAccount> AccountFile::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return Error(ErrorCode::NotFound);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::Unavailable, u"%1: %2"_s.arg(m_path, file.errorString()));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const auto user = UserId::fromText(text(json, "user"_L1));
    const auto device = DeviceId::fromText(text(json, "device"_L1));
    StoredAccount account;
    account.address = json.value("address"_L1).toString();
    if (!user || !device || account.address.isEmpty())
        return Error(ErrorCode::Damaged,
            u"%1 is not the file of an account. Move it away and sign in again."_s.arg(m_path));
    account.serverName = json.value("serverName"_L1).toString();
    account.user = *user;
    account.userName = json.value("userName"_L1).toString();
    account.device = *device;
    account.fingerprint = QByteArray::fromHex(text(json, "fingerprint"_L1));
    account.tokenPlace = placeNamed(json.value("token"_L1).toString());
    return account;
}

Status AccountFile::save(const StoredAccount &account) const
{
    const QJsonObject json{{u"address"_s, account.address}, {u"serverName"_s, account.serverName},
        {u"user"_s, account.user.text()}, {u"userName"_s, account.userName},
        {u"device"_s, account.device.text()},
        {u"fingerprint"_s, QString::fromLatin1(account.fingerprint.toHex())},
        {u"token"_s, placeName(account.tokenPlace)}};
    return writePrivately(m_path, QJsonDocument(json).toJson());
}

Status AccountFile::remove() const
{
    if (QFile::exists(m_path) && !QFile::remove(m_path))
        return Error(ErrorCode::Unavailable, u"%1 cannot be deleted"_s.arg(m_path));
    return Done{};
}

} // namespace parley
