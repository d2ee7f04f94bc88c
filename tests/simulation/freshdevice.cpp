// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/world.h"

/// 10: what a device made of everything that it was told is what a device that begins now is told.
namespace parley::simulation {
namespace {

constexpr int freshRounds = 40;
constexpr qint64 freshStepMs = 5'000;

/// A block changes a member's row at a seq of which the blocked one hears nothing.
std::vector<MemberRow> membersOf(Device &device, const ChatId &chat)
{
    std::vector<MemberRow> members = device.core().screen().members(chat);
    for (MemberRow &member : members) {
        if (member.user != device.user)
            member.revision = 0;
    }
    std::ranges::sort(members, {}, &MemberRow::user);
    return members;
}

QString described(const std::vector<MemberRow> &members)
{
    QStringList each;
    for (const MemberRow &member : members)
        each << QStringLiteral("%1 state %2 role %3 since %4 receipts %5 blocking %6")
                    .arg(member.user.text().left(6))
                    .arg(int(member.state))
                    .arg(int(member.role))
                    .arg(member.since)
                    .arg(member.receiptsOff ? 0 : 1)
                    .arg(int(member.blocking));
    return each.join(QStringLiteral("; "));
}

QString describedMarks(const Chat &chat)
{
    QStringList each;
    for (const auto &[user, mark] : chat.marks)
        each << QStringLiteral("%1 delivered %2 read %3")
                    .arg(user.text().left(6))
                    .arg(mark.delivered)
                    .arg(mark.read);
    return each.join(QStringLiteral("; "));
}

/// Of who hides reads, a device may still know an old one.
bool areMarksEqual(const Chat &one, const Chat &other, const UserId &viewer)
{
    std::set<UserId> users;
    for (const Chat *chat : {&one, &other}) {
        for (const auto &[user, mark] : chat->marks)
            users.insert(user);
    }
    const auto isHiding = [&](const UserId &user) {
        const MemberRow *member = other.member(user);
        return member && member->receiptsOff;
    };
    return std::all_of(users.begin(), users.end(), [&](const UserId &user) {
        const Mark before = one.mark(user);
        const Mark now = other.mark(user);
        const bool isHidden = user != viewer && (isHiding(user) || isHiding(viewer));
        return before.delivered == now.delivered && (isHidden || before.read == now.read);
    });
}

std::optional<QString> differenceOfChat(Device &old, Device &fresh, const ChatId &id)
{
    const Chat *before = old.core().chat(id);
    const Chat *now = fresh.core().chat(id);
    if (before->record.info != now->record.info)
        return QStringLiteral("the chat's own row");
    const auto membersBefore = membersOf(old, id);
    const auto membersNow = membersOf(fresh, id);
    if (membersBefore != membersNow)
        return QStringLiteral("its members: %1, and now %2")
            .arg(described(membersBefore), described(membersNow));
    if (!areMarksEqual(*before, *now, old.user))
        return QStringLiteral("its watermarks: %1, and now %2")
            .arg(describedMarks(*before), describedMarks(*now));
    if (before->record.last != now->record.last)
        return QStringLiteral("its last row");
    if (before->joined != now->joined)
        return QStringLiteral("since when it belongs to it");
    return std::nullopt;
}

std::optional<QString> difference(Device &old, Device &fresh)
{
    const auto held = [](const ClientCore &core) {
        std::vector<std::pair<ChatId, qint64>> all;
        for (const Have &have : core.have())
            all.emplace_back(have.chat, have.seq);
        return all;
    };
    if (held(old.core()) != held(fresh.core()))
        return QStringLiteral("which chats there are");
    for (const Have &have : old.core().have()) {
        if (auto what = differenceOfChat(old, fresh, have.chat))
            return QStringLiteral("chat %1: %2").arg(have.chat.text().left(6), *what);
    }
    const auto state = [](Device &device) {
        std::vector<StateRow> rows = device.cache().state();
        std::erase_if(rows, [](const StateRow &row) { return !row.value; });
        std::ranges::sort(rows, {}, &StateRow::key);
        return rows;
    };
    if (state(old) != state(fresh))
        return QStringLiteral("the user's state");
    return std::nullopt;
}

} // namespace

std::optional<QString> World::compareWithAFreshDevice()
{
    Device *old = nullptr;
    for (int tries = 0; tries < 10 && !old; ++tries) {
        Device &device = someDevice();
        if (mustBeWell(device) && device.isOn())
            old = &device;
    }
    if (!old || !m_server.mayAddDevices())
        return std::nullopt;
    const auto owner = std::find(m_users.begin(), m_users.end(), old->user);
    Device &fresh = addDevice(old->user, owner - m_users.begin());
    if (!m_server.hasDevice(fresh.user, fresh.id))
        return std::nullopt;
    std::optional<QString> missing;
    qint64 held = heldRows();
    for (int round = 0; round < freshRounds; ++round) {
        if (!fresh.isConnected())
            fresh.connect();
        deliverAll();
        if (auto wrong = violation())
            return wrong;
        missing = whatIsMissing();
        if (!missing)
            break;
        passTime(freshStepMs);
        // The past comes piece by piece.
        if (heldRows() > std::exchange(held, heldRows()))
            round = 0;
    }
    if (missing)
        return QStringLiteral("9: a new device does not come to rest: ") + *missing;
    if (const auto what = difference(*old, fresh))
        return QStringLiteral("10: %1 holds something else than a new device: %2")
            .arg(old->name, *what);
    return std::nullopt;
}

} // namespace parley::simulation
