// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/admin/admindesk.h"

#include "server/accounts/names.h"
#include "server/accounts/passwords.h"
#include "server/accounts/secrets.h"
#include "server/admin/logpage.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QLoggingCategory>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logAdmin, "parley.admin")

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 hoursMost = 24 * 365;
constexpr qint64 tokensMost = 1'000; ///< of one question
constexpr qsizetype inviteIdCharacters = 12;
constexpr qsizetype noteCharacters = 200;

QJsonObject refusal(const Error &error)
{
    return {{u"ok"_s, false}, {u"error"_s, QString::fromLatin1(errorName(error.code))},
        {u"text"_s,
            error.text.isEmpty() ? QString::fromLatin1(errorName(error.code)) : error.text}};
}

QJsonObject accepted(QJsonObject answer)
{
    answer.insert(u"ok"_s, true);
    return answer;
}

QString timeText(qint64 timeMs)
{
    return QDateTime::fromMSecsSinceEpoch(timeMs).toUTC().toString(Qt::ISODate);
}

/// The start of the code's hash: enough to name an invite, useless to whoever sees it.
QString inviteId(const QByteArray &codeHash)
{
    return QString::fromLatin1(codeHash.toHex().left(inviteIdCharacters));
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

const char *inviteState(const InviteState &invite, qint64 nowMs)
{
    if (invite.usedBy)
        return "used";
    if (invite.revoked)
        return "revoked";
    return invite.expires <= nowMs ? "expired" : "open";
}

Error malformed(const QString &text)
{
    return Error(ErrorCode::Malformed, text);
}

/// What a refusal means to an admin.
Error explained(const Refusal &refusal)
{
    Error error = errorOf(refusal);
    if (error.code == ErrorCode::NameTaken)
        error.text = u"another user has this name"_s;
    else if (error.code == ErrorCode::LimitReached)
        error.text = u"the user has as many devices as limits.devices allows: revoke some"_s;
    else if (error.code == ErrorCode::Forbidden)
        error.text = u"the user has no such device any more"_s;
    else if (error.code == ErrorCode::Unavailable)
        error.text = u"the store cannot write now: look at the disk, and at the log"_s;
    return error;
}

} // namespace

void AdminDesk::handle(const QJsonObject &question, Reply reply)
{
    const QString command = question.value("command"_L1).toString();
    const auto now = [&](const Result<QJsonObject> &answer) {
        reply(answer ? accepted(*answer) : refusal(answer.error()));
    };
    qCInfo(logAdmin, "asked: %s", qUtf8Printable(command.left(32)));
    if (command == "status"_L1)
        now(status());
    else if (command == "user.list"_L1)
        now(listUsers());
    else if (command == "invite.list"_L1)
        now(listInvites());
    else if (command == "device.list"_L1)
        now(listDevices(question));
    else if (command == "backup"_L1)
        backUp(question, reply);
    else if (command == "log.page"_L1)
        now(logPage(m_parts.reader, question));
    else if (command == "user.add"_L1)
        send(addUser(question), std::move(reply));
    else if (command == "user.disable"_L1)
        send(disableUser(question, true), std::move(reply));
    else if (command == "user.enable"_L1)
        send(disableUser(question, false), std::move(reply));
    else if (command == "invite.create"_L1)
        send(createInvite(question), std::move(reply));
    else if (command == "invite.revoke"_L1)
        send(revokeInvite(question), std::move(reply));
    else if (command == "token.create"_L1)
        send(createTokens(question), std::move(reply));
    else if (command == "device.revoke"_L1)
        send(revokeDevice(question), std::move(reply));
    else
        now(Error(ErrorCode::Unsupported, u"there is no command '%1'"_s.arg(command.left(32))));
}

void AdminDesk::answered(const InternalAnswer &answer)
{
    const auto found = m_waiting.find(answer.origin.request);
    if (found == m_waiting.end())
        return;
    const std::shared_ptr<Waiting> waiting = found->second;
    m_waiting.erase(found);
    if (answer.refusal && !waiting->error)
        waiting->error = explained(*answer.refusal);
    if (--waiting->open == 0)
        waiting->reply(waiting->error ? refusal(*waiting->error) : accepted(waiting->finish()));
}

void AdminDesk::send(Result<Outgoing> outgoing, Reply reply)
{
    if (!outgoing)
        return reply(refusal(outgoing.error()));
    auto waiting = std::make_shared<Waiting>();
    waiting->reply = std::move(reply);
    waiting->finish = std::move(outgoing->finish);
    waiting->open = outgoing->commands.size();
    for (ServiceCommand &command : outgoing->commands) {
        const RequestNumber request = ++m_lastRequest;
        m_waiting.emplace(request, waiting);
        const Origin origin{SessionRef{}, request, outgoing->user, {}};
        if (m_parts.queue.offer(Queued{origin, std::move(command)}) == CommandQueue::Offered::Full)
            answered(InternalAnswer{origin, refusalOf(Error(ErrorCode::Busy)), {}});
    }
}

void AdminDesk::backUp(const QJsonObject &question, const Reply &reply)
{
    const QString path = question.value("file"_L1).toString();
    // The server's own working directory is nothing that its admin knows.
    if (!QDir::isAbsolutePath(path))
        return reply(refusal(malformed(u"a backup wants its file by the whole path"_s)));
    const auto written = [reply, path](const Result<qint64> &bytes) {
        if (bytes)
            reply(accepted(QJsonObject{{u"file"_s, path}, {u"bytes"_s, *bytes}}));
        else
            reply(refusal(bytes.error()));
    };
    if (!m_parts.backup(path, written))
        reply(refusal(Error(ErrorCode::Busy,
            u"a backup is being written and the next one waits: ask again when they are done"_s)));
}

Result<QJsonObject> AdminDesk::status()
{
    const auto counts = m_parts.reader.counts();
    if (!counts)
        return counts.error();
    QJsonObject answer = m_parts.status();
    answer.insert(u"users"_s, counts->users);
    answer.insert(u"chats"_s, counts->chats);
    answer.insert(u"entries"_s, counts->entries);
    answer.insert(u"storeBytes"_s, counts->sizeBytes);
    return answer;
}

Result<QJsonObject> AdminDesk::listUsers()
{
    const auto users = m_parts.reader.listUsers();
    if (!users)
        return users.error();
    QJsonArray list;
    for (const UserListing &user : *users)
        list.append(QJsonObject{{u"id"_s, user.profile.id.text()},
            {u"name"_s, user.profile.userName}, {u"displayName"_s, user.profile.displayName},
            {u"admin"_s, user.admin}, {u"disabled"_s, user.disabled},
            {u"created"_s, timeText(user.created)}, {u"devices"_s, user.devices}});
    return QJsonObject{{u"users"_s, list}};
}

Result<QJsonObject> AdminDesk::listInvites()
{
    const auto invites = m_parts.reader.listInvites();
    if (!invites)
        return invites.error();
    QJsonArray list;
    for (const InviteState &invite : *invites)
        list.append(QJsonObject{{u"id"_s, inviteId(invite.codeHash)},
            {u"state"_s, QString::fromLatin1(inviteState(invite, m_parts.nowMs()))},
            {u"created"_s, timeText(invite.created)}, {u"expires"_s, timeText(invite.expires)},
            {u"admin"_s, invite.admin}, {u"note"_s, invite.note}});
    return QJsonObject{{u"invites"_s, list}};
}

Result<QJsonObject> AdminDesk::listDevices(const QJsonObject &question)
{
    const auto user = userNamed(question);
    if (!user)
        return user.error();
    QJsonArray list;
    for (const StoredDevice &device : user->devices)
        list.append(QJsonObject{{u"id"_s, device.row.id.text()}, {u"name"_s, device.row.deviceName},
            {u"created"_s, timeText(device.row.created)},
            {u"lastSeen"_s, timeText(device.row.lastSeen)}});
    return QJsonObject{{u"user"_s, user->profile.userName}, {u"devices"_s, list}};
}

Result<AdminDesk::Outgoing> AdminDesk::addUser(const QJsonObject &question)
{
    const auto name = userName(question.value("name"_L1).toString());
    if (!name)
        return name.error();
    const auto shown = displayName(question.value("displayName"_L1).toString(name->name));
    if (!shown)
        return shown.error();
    const bool isGiven = question.contains("password"_L1);
    const QString password =
        isGiven ? question.value("password"_L1).toString() : makeInviteCode(m_parts.random);
    if (const auto strong = checkNewPassword(password, name->name, m_parts.config.server.name);
        !strong)
        return strong.error();
    const auto hash = m_parts.hasher.hash(passwordBytes(password));
    if (!hash)
        return hash.error();
    const CreateUser command{m_parts.random.id<UserId>(), name->name, name->folded, *shown, *hash,
        question.value("admin"_L1).toBool()};
    QJsonObject answer{{u"id"_s, command.user.text()}, {u"name"_s, command.userName},
        {u"displayName"_s, command.displayName}, {u"admin"_s, command.admin}};
    if (!isGiven)
        answer.insert(u"password"_s, password);
    return Outgoing{{command}, [answer] { return answer; }};
}

Result<AdminDesk::Outgoing> AdminDesk::disableUser(const QJsonObject &question, bool disabled)
{
    const auto user = userNamed(question);
    if (!user)
        return user.error();
    const QJsonObject answer{{u"name"_s, user->profile.userName}, {u"disabled"_s, disabled}};
    return Outgoing{{DisableUser{user->profile.id, disabled}}, [answer] { return answer; }};
}

Result<AdminDesk::Outgoing> AdminDesk::createInvite(const QJsonObject &question)
{
    const qint64 hours = question.value("hours"_L1).toInteger(m_parts.config.accounts.inviteHours);
    if (hours < 1 || hours > hoursMost)
        return malformed(u"an invite holds between 1 hour and a year"_s);
    const QString code = makeInviteCode(m_parts.random);
    const CreateInvite command{inviteHash(code), m_parts.nowMs() + hours * hourMs,
        question.value("admin"_L1).toBool(),
        question.value("note"_L1).toString().left(noteCharacters)};
    const QJsonObject answer{{u"code"_s, code}, {u"id"_s, inviteId(command.codeHash)},
        {u"expires"_s, timeText(command.expires)}, {u"admin"_s, command.admin}};
    return Outgoing{{command}, [answer] { return answer; }};
}

Result<AdminDesk::Outgoing> AdminDesk::revokeInvite(const QJsonObject &question)
{
    const QString given = question.value("invite"_L1).toString();
    const auto invites = m_parts.reader.listInvites();
    if (!invites)
        return invites.error();
    const QByteArray hash = inviteHash(given);
    const auto found = std::find_if(invites->begin(), invites->end(), [&](const InviteState &each) {
        return each.codeHash == hash || inviteId(each.codeHash) == given;
    });
    if (found == invites->end())
        return Error(ErrorCode::NotFound, u"there is no such invite"_s);
    const QJsonObject answer{{u"id"_s, inviteId(found->codeHash)}};
    return Outgoing{{RevokeInvite{found->codeHash}}, [answer] { return answer; }};
}

Result<AdminDesk::Outgoing> AdminDesk::createTokens(const QJsonObject &question)
{
    const auto user = userNamed(question);
    if (!user)
        return user.error();
    const qint64 count = question.value("count"_L1).toInteger(1);
    if (count < 1 || count > tokensMost)
        return malformed(u"between 1 and 1,000 tokens at once"_s);
    const QString deviceName =
        question.value("device"_L1).toString(u"parleyctl"_s).left(limits::deviceNameBytes / 4);
    Outgoing outgoing;
    QJsonArray tokens;
    for (qint64 i = 0; i < count; ++i) {
        const QByteArray token = makeToken(m_parts.random);
        tokens.append(base64(token));
        outgoing.commands.push_back(MintToken{
            user->profile.id, m_parts.random.id<DeviceId>(), deviceName, tokenHash(token)});
    }
    const QJsonObject answer{{u"user"_s, user->profile.userName},
        {u"id"_s, user->profile.id.text()}, {u"token"_s, tokens.first()}, {u"tokens"_s, tokens}};
    outgoing.finish = [answer] { return answer; };
    return outgoing;
}

Result<AdminDesk::Outgoing> AdminDesk::revokeDevice(const QJsonObject &question)
{
    const auto user = userNamed(question);
    if (!user)
        return user.error();
    const QString given = question.value("device"_L1).toString();
    const auto found = std::find_if(user->devices.begin(), user->devices.end(),
        [&](const StoredDevice &each) { return each.row.id.text() == given; });
    if (found == user->devices.end())
        return Error(ErrorCode::NotFound,
            u"%1 has no device '%2': device list tells which there are"_s.arg(
                user->profile.userName, given.left(32)));
    const QJsonObject answer{
        {u"user"_s, user->profile.userName}, {u"id"_s, given}, {u"name"_s, found->row.deviceName}};
    return Outgoing{{RevokeDevice{found->row.id}}, [answer] { return answer; }, user->profile.id};
}

Result<UserAggregate> AdminDesk::userNamed(const QJsonObject &question)
{
    const auto name = userName(question.value("name"_L1).toString());
    if (!name)
        return name.error();
    const auto user = m_parts.reader.userByName(name->folded);
    if (!user)
        return user.error();
    if (!*user)
        return Error(ErrorCode::NotFound, u"there is no user '%1'"_s.arg(name->name));
    return m_parts.reader.user(**user);
}

} // namespace parley
