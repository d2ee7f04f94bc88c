// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/admin/adminclient.h"
#include "server/server.h"
#include "shared/directchat.h"
#include "shared/uuid7.h"
#include "tests/server/gateway/peer.h"

#include <QtCore/QTemporaryDir>

namespace parley {

/// The real server in this process on a fresh store in a temporary folder, and its admin.
class House {
public:
    struct Person {
        UserId id;
        QByteArray token;
    };

    House()
    {
        config.server.dataFolder = folder.path() + QStringLiteral("/data");
        config.server.gatewayThreads = 2;
        config.listen.port = 0;
        config.accounts.passwordMemoryMib = 1;
        config.accounts.passwordOperations = 1;
        isInitialised = bool(Server::initialise(config));
    }

    /// What went wrong; nothing when the server serves.
    std::optional<Error> start(Server::Crossing crossing = Server::Crossing::AsValues)
    {
        auto started = Server::start(config, crossing);
        if (!started)
            return started.error();
        server = *std::move(started);
        return std::nullopt;
    }
    QJsonObject admin(const QString &command, QJsonObject question = {}) const
    {
        auto client = AdminClient::connect(config.server.dataFolder);
        question.insert(QStringLiteral("command"), command);
        const auto answer = client ? (*client)->ask(question) : Result<QJsonObject>(client.error());
        return answer ? *answer : QJsonObject();
    }
    Person add(const QString &name) const
    {
        const QJsonObject named{{QStringLiteral("name"), name}};
        const QString id =
            admin(QStringLiteral("user.add"), named).value(QStringLiteral("id")).toString();
        const QString token =
            admin(QStringLiteral("token.create"), named).value(QStringLiteral("token")).toString();
        return {UserId::fromText(id.toLatin1()).value_or(UserId()),
            QByteArray::fromBase64(token.toLatin1(), QByteArray::Base64UrlEncoding)};
    }
    Operation operation(Kind kind)
    {
        Operation made;
        made.id = ids.next(QDateTime::currentMSecsSinceEpoch());
        made.kind = kind;
        return made;
    }
    Send text(const ChatId &chat, const QByteArray &words)
    {
        Operation made = operation(Kind::Message);
        made.contentType = ContentType::Text;
        made.payload = words;
        return Send{chat, {made}};
    }
    Send directChat(const UserId &one, const UserId &other)
    {
        Operation made = operation(Kind::Create);
        made.user = other;
        return Send{directChatId(one, other), {made}};
    }

    QTemporaryDir folder;
    Config config;
    bool isInitialised = false;
    std::unique_ptr<Server> server;
    SystemRandom random;
    Uuid7 ids{random};
};

} // namespace parley
