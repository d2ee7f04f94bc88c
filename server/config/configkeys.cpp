// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/config/configkeys.h"

namespace parley {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 thousand = 1'000;
constexpr qint64 million = 1'000'000;

void addServerKeys(std::vector<ConfigKey> &keys, Config &config)
{
    keys.push_back({"server", "name", &config.server.name});
    keys.push_back({"server", "data_folder", &config.server.dataFolder});
    keys.push_back({"server", "gateway_threads", &config.server.gatewayThreads, 0, 256});
    keys.push_back({"server", "reader_threads", &config.server.readerThreads, 1, 64});
    keys.push_back({"server", "thin_sockets", &config.server.thinSockets});

    keys.push_back({"listen", "address", &config.listen.address});
    keys.push_back({"listen", "port", &config.listen.port, 0, 65'535});
    keys.push_back({"listen", "certificate", &config.listen.certificate});
    keys.push_back({"listen", "private_key", &config.listen.privateKey});
    keys.push_back({"listen", "origins", &config.listen.origins});
    keys.push_back({"listen", "proxies", &config.listen.proxies});
    keys.push_back({"listen", "plain_anywhere", &config.listen.plainAnywhere});
}

void addLimitKeys(std::vector<ConfigKey> &keys, Config::Limits &limit)
{
    keys.push_back({"limits", "pending_per_address", &limit.pendingPerAddress, 1, million});
    keys.push_back({"limits", "pending", &limit.pending, 1, million});
    keys.push_back({"limits", "connections", &limit.connections, 1, million});
    keys.push_back({"limits", "send_queue_bytes", &limit.sendQueueBytes, 64 * 1024, 64 * million});
    keys.push_back({"limits", "commands_burst", &limit.commandsBurst, 1, million});
    keys.push_back({"limits", "commands_per_second", &limit.commandsPerSecond, 1, million});
    keys.push_back({"limits", "address_burst", &limit.addressBurst, 1, 100 * million});
    keys.push_back({"limits", "address_per_second", &limit.addressPerSecond, 1, 100 * million});
    keys.push_back({"limits", "finds_burst", &limit.findsBurst, 1, million});
    keys.push_back({"limits", "finds_per_minute", &limit.findsPerMinute, 1, million});
    keys.push_back({"limits", "command_queue", &limit.commandQueue, 1, 10 * million});
    keys.push_back({"limits", "read_queue", &limit.readQueue, 1, 10 * million});
    keys.push_back({"limits", "batch", &limit.batch, 1, 100 * thousand});
    keys.push_back({"limits", "requests_per_hour", &limit.requestsPerHour, 0, million});
}

void addAnnouncedKeys(std::vector<ConfigKey> &keys, ServerLimits &limit)
{
    // At least what a `hello` with a full list of chats needs.
    keys.push_back({"limits", "client_frame_bytes", &limit.clientFrameBytes, 64 * 1024,
        limits::clientFrameBytes});
    keys.push_back({"limits", "payload_bytes", &limit.payloadBytes, 1024, limits::payloadBytes});
    keys.push_back({"limits", "batch_bytes", &limit.batchBytes, 1024, limits::batchBytes});
    keys.push_back(
        {"limits", "batch_operations", &limit.batchOperations, 1, limits::batchOperations});
    keys.push_back({"limits", "group_members", &limit.groupMembers, 2, 10'000});
    keys.push_back({"limits", "unanswered", &limit.unansweredCommands, 8, thousand});
    keys.push_back(
        {"limits", "messages_burst", &limit.messagesBurst, limits::batchOperations, million});
    keys.push_back({"limits", "messages_per_second", &limit.messagesPerSecond, 1, million});
    keys.push_back({"limits", "reaction_kinds", &limit.reactionKinds, 1, limits::reactionKinds});
    keys.push_back({"limits", "devices", &limit.devices, 1, thousand});
    keys.push_back({"limits", "sessions", &limit.sessions, 1, thousand});
    keys.push_back({"limits", "chats_per_hour", &limit.chatsPerHour, 1, million});
    keys.push_back({"limits", "added_members_per_hour", &limit.addedMembersPerHour, 1, million});
}

void addTimeAndAccountKeys(std::vector<ConfigKey> &keys, Config &config)
{
    constexpr qint64 hourMs = 3'600'000;
    // Clients close after this fixed silence: an answer must have time to arrive before it.
    constexpr qint64 heartbeatMostMs = limits::silenceMs - 10'000;
    keys.push_back({"times", "sign_in_ms", &config.times.signInMs, 100, hourMs});
    keys.push_back({"times", "heartbeat_ms", &config.times.heartbeatMs, 100, heartbeatMostMs});
    keys.push_back({"times", "silence_ms", &config.times.silenceMs, 200, hourMs});
    keys.push_back({"times", "lag_drain_ms", &config.times.lagDrainMs, 100, hourMs});
    keys.push_back({"times", "go_away_ms", &config.times.goAwayMs, 0, hourMs});

    Config::Accounts &accounts = config.accounts;
    keys.push_back({"accounts", "password_memory_mib", &accounts.passwordMemoryMib, 1, 4096});
    keys.push_back({"accounts", "password_operations", &accounts.passwordOperations, 1, 100});
    keys.push_back({"accounts", "password_threads", &accounts.passwordThreads, 1, 64});
    keys.push_back({"accounts", "password_queue", &accounts.passwordQueue, 1, 10 * thousand});
    keys.push_back({"accounts", "attempts_per_minute", &accounts.attemptsPerMinute, 1, million});
    keys.push_back({"accounts", "address_attempts_per_minute", &accounts.addressAttemptsPerMinute,
        1, million});
    keys.push_back({"accounts", "asking", &accounts.asking});
    keys.push_back({"accounts", "invite_hours", &accounts.inviteHours, 1, 24 * 365});
}

Error wrong(const QString &what)
{
    return Error(ErrorCode::Malformed, what);
}

QStringList listFromText(const QString &text)
{
    QStringList items;
    for (const QString &item : text.split(u',', Qt::SkipEmptyParts))
        items.append(item.trimmed());
    return items;
}

} // namespace

QString ConfigKey::name() const
{
    return QLatin1String(section) + u'.' + QLatin1String(key);
}

QString ConfigKey::environmentName() const
{
    return u"PARLEY_"_s + QString::fromLatin1(section).toUpper() + u'_'
        + QString::fromLatin1(key).toUpper();
}

Status ConfigKey::setNumber(qint64 number) const
{
    if (number < least || number > most)
        return wrong(u"must be between %1 and %2, not %3"_s.arg(least).arg(most).arg(number));
    if (auto *const *wide = std::get_if<qint64 *>(&target))
        **wide = number;
    else if (auto *const *narrow = std::get_if<quint32 *>(&target))
        **narrow = quint32(number);
    else
        return wrong(u"is no number"_s);
    return Done{};
}

Status ConfigKey::setFromText(const QString &text) const
{
    if (auto *const *string = std::get_if<QString *>(&target)) {
        **string = text;
        return Done{};
    }
    if (auto *const *list = std::get_if<QStringList *>(&target)) {
        **list = listFromText(text);
        return Done{};
    }
    if (auto *const *flag = std::get_if<bool *>(&target)) {
        if (text != "true"_L1 && text != "false"_L1)
            return wrong(u"must be true or false"_s);
        **flag = text == "true"_L1;
        return Done{};
    }
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber)
        return wrong(u"must be a whole number"_s);
    return setNumber(number);
}

std::vector<ConfigKey> keysOf(Config &config)
{
    std::vector<ConfigKey> keys;
    addServerKeys(keys, config);
    addLimitKeys(keys, config.limits);
    addAnnouncedKeys(keys, config.limits.announced);
    addTimeAndAccountKeys(keys, config);
    return keys;
}

} // namespace parley
