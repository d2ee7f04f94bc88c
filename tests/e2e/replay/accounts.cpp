// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/accounts.h"

#include "server/admin/adminclient.h"

namespace parley {

using namespace Qt::StringLiterals;

namespace {

Result<Speaker::Ticket> makeAccount(
    AdminClient &admin, const PlannedPerson &person, const QString &serverAddress)
{
    const auto added = admin.ask({{u"command"_s, u"user.add"_s}, {u"name"_s, person.userName},
        {u"displayName"_s, person.displayName}});
    if (!added && added.error().code != ErrorCode::NameTaken)
        return Error(added.error().code, person.userName + u": "_s + added.error().text);
    const auto made = admin.ask({{u"command"_s, u"token.create"_s}, {u"name"_s, person.userName},
        {u"device"_s, u"replay"_s}});
    if (!made)
        return Error(made.error().code, person.userName + u": "_s + made.error().text);
    const auto user = UserId::fromText((*made)[u"id"_s].toString().toLatin1());
    const auto token = QByteArray::fromBase64(
        (*made)[u"token"_s].toString().toLatin1(), QByteArray::Base64UrlEncoding);
    if (!user || token.size() != limits::tokenBytes)
        return Error(ErrorCode::Malformed, u"the server's answer has no token"_s);
    return Speaker::Ticket{serverAddress, *user, token};
}

} // namespace

Result<std::vector<Speaker::Ticket>> makeAccounts(const std::vector<PlannedPerson> &people,
    const QString &dataFolder, const QString &serverAddress)
{
    const auto admin = AdminClient::connect(dataFolder);
    if (!admin)
        return admin.error();
    std::vector<Speaker::Ticket> tickets;
    for (const auto &person : people) {
        auto ticket = makeAccount(**admin, person, serverAddress);
        if (!ticket)
            return ticket.error();
        tickets.push_back(*std::move(ticket));
    }
    return tickets;
}

} // namespace parley
