// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/peoplereads.h"

#include "server/accounts/names.h"
#include "shared/codec/cbor.h"
#include "shared/directchat.h"

#include <set>

namespace parley {
namespace {

/// A status that has ended is not shown.
UserRow asOf(UserRow profile, qint64 nowMs)
{
    if (profile.statusUntil && *profile.statusUntil > 0 && *profile.statusUntil <= nowMs) {
        profile.status.clear();
        profile.statusUntil.reset();
    }
    return profile;
}

/// The membership of `user` in the direct chat with `other`, if there is one.
Result<std::optional<StoredMember>> inDirectChat(
    StoreReader &reader, const UserId &user, const UserId &other)
{
    const auto member = reader.member(directChatId(user, other), user);
    if (!member && member.error().code == ErrorCode::NotFound)
        return std::optional<StoredMember>();
    return member;
}

struct Known {
    std::set<UserId> common; ///< a chat in common, both taking part
    std::vector<UserId> all; ///< also those of a request or invitation; in the question's order
};

Result<Known> knownOf(StoreReader &reader, const UserId &viewer, const std::vector<UserId> &users)
{
    const auto common = reader.known(viewer, users);
    if (!common)
        return common.error();
    const auto served = reader.servedWith(viewer, users);
    if (!served)
        return served.error();
    Known known;
    known.common.insert(common->begin(), common->end());
    std::set<UserId> seen;
    for (const UserId &user : *served) {
        if (seen.insert(user).second)
            known.all.push_back(user);
    }
    return known;
}

Result<bool> hidesFrom(StoreReader &reader, const UserAggregate &user, const UserId &viewer)
{
    if (user.privacy.presenceOff)
        return true;
    const auto direct = inDirectChat(reader, user.profile.id, viewer);
    if (!direct)
        return direct.error();
    return *direct && (*direct)->row.blocking;
}

std::optional<qint64> lastSeenOf(const UserAggregate &user)
{
    std::optional<qint64> newest;
    for (const StoredDevice &device : user.devices) {
        if (device.row.lastSeen > newest.value_or(0))
            newest = device.row.lastSeen;
    }
    return newest;
}

} // namespace

Result<UsersReply> readUsers(
    StoreReader &reader, const UserId &viewer, const Users &command, qint64 nowMs)
{
    const auto known = knownOf(reader, viewer, command.ids);
    if (!known)
        return known.error();
    auto profiles = reader.profiles(known->all);
    if (!profiles)
        return profiles.error();
    UsersReply reply;
    qsizetype bytes = 0;
    for (UserRow &profile : *profiles) {
        bytes += toCbor(profile).size();
        if (!reply.users.empty() && bytes > limits::answerBytes)
            break;
        reply.users.push_back(asOf(std::move(profile), nowMs));
    }
    return reply;
}

Result<UsersReply> findUser(StoreReader &reader, const FindUser &command, qint64 nowMs)
{
    const auto name = userName(command.userName);
    if (!name)
        return UsersReply{};
    const auto user = reader.userByName(name->folded);
    if (!user)
        return user.error();
    if (!*user)
        return UsersReply{};
    auto state = reader.user(**user);
    if (!state)
        return state.error();
    UsersReply reply;
    if (!state->disabled)
        reply.users.push_back(asOf(state->profile, nowMs));
    return reply;
}

Result<std::vector<Watchable>> readWatch(
    StoreReader &reader, const UserId &viewer, const Watch &command, qint64 nowMs)
{
    const auto known = knownOf(reader, viewer, command.users);
    if (!known)
        return known.error();
    std::vector<Watchable> users;
    qsizetype bytes = 0;
    for (const UserId &id : known->all) {
        const auto user = reader.user(id);
        if (!user && user.error().code == ErrorCode::NotFound)
            continue;
        if (!user)
            return user.error();
        auto hidden = hidesFrom(reader, *user, viewer);
        if (!hidden)
            return hidden.error();
        const bool isStranger = !known->common.contains(id);
        Watchable each{asOf(user->profile, nowMs), lastSeenOf(*user), isStranger || *hidden, true};
        bytes += toCbor(each.profile).size();
        each.withProfile = users.empty() || bytes <= limits::answerBytes;
        users.push_back(std::move(each));
    }
    return users;
}

Result<DevicesReply> readDevices(StoreReader &reader, const UserId &user, const DeviceId &current)
{
    const auto state = reader.user(user);
    if (!state)
        return state.error();
    DevicesReply reply;
    for (const StoredDevice &device : state->devices) {
        reply.devices.push_back(device.row);
        reply.devices.back().current = device.row.id == current;
    }
    std::sort(reply.devices.begin(), reply.devices.end(),
        [](const DeviceRow &a, const DeviceRow &b) { return a.created > b.created; });
    return reply;
}

} // namespace parley
