// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/secrets.h"

#include "shared/limits.h"

#include <QtCore/QCryptographicHash>

namespace parley {
namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int codeCharacters = 26;
constexpr int codeGroup = 5;

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

QByteArray makeToken(Random &random)
{
    std::array<quint8, limits::tokenBytes> bytes{};
    random.fill(bytes);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), limits::tokenBytes);
}

QByteArray tokenHash(const QByteArray &token)
{
    return sha256(token);
}

QString makeInviteCode(Random &random)
{
    QString code;
    for (int i = 0; i < codeCharacters; ++i) {
        if (i > 0 && i % codeGroup == 0)
            code += u'-';
        code += QLatin1Char(alphabet[random.below(32)]);
    }
    return code;
}

QByteArray inviteHash(const QString &code)
{
    QByteArray plain;
    for (const QChar typed : code.toUpper()) {
        if (typed == u'O')
            plain += '0';
        else if (typed == u'I' || typed == u'L')
            plain += '1';
        else if (typed.isLetterOrNumber())
            plain += QString(typed).toUtf8();
    }
    return sha256(plain);
}

UserId inviteUser(const QByteArray &inviteHash)
{
    const QByteArray hash = sha256(QByteArrayLiteral("parley invite user") + inviteHash);
    return *UserId::fromBytes(hash.first(UserId::sizeBytes));
}

} // namespace parley
