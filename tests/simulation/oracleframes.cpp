// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"
#include "tests/simulation/oracle.h"

using namespace Qt::StringLiterals;

/// Where in each frame there is something to judge.
namespace parley::simulation {
namespace {

template <typename... Judges>
std::optional<QString> firstWrong(const Judges &...judges)
{
    std::optional<QString> wrong;
    ((wrong ? void() : void(wrong = judges())), ...);
    return wrong;
}

} // namespace

Oracle::Wrong Oracle::judgePage(const Viewer &viewer, const PageReply &page) const
{
    return firstWrong([&] { return judgeBelonging(viewer, page.chat); },
        [&] {
            return page.opened ? judgeRows(viewer, page.chat, page.opened->rows) : std::nullopt;
        },
        [&] { return page.opened ? judgeMembers(viewer, page.opened->members) : std::nullopt; },
        [&] { return judgeEntries(viewer, page.chat, page.entries); },
        [&] { return judgeMarks(viewer, page.chat, page.marks); });
}

Oracle::Wrong Oracle::judgeHeads(const Viewer &viewer, const std::vector<ChatHead> &heads) const
{
    for (const ChatHead &head : heads) {
        auto wrong = firstWrong([&] { return judgeBelonging(viewer, head.chat); },
            [&]() -> Wrong {
                if (head.head > known(head.chat)->seen)
                    return u"8: a head was sent that is not committed"_s;
                return std::nullopt;
            },
            [&] { return head.last ? judgeRow(viewer, head.chat, *head.last) : std::nullopt; },
            [&] { return judgeMarks(viewer, head.chat, head.marks); });
        if (wrong)
            return wrong;
    }
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeEvent(const Viewer &viewer, const Event &event) const
{
    if (const auto *push = std::get_if<Pushed>(&event))
        return firstWrong([&] { return judgeEntries(viewer, push->chat, push->entries); },
            [&] { return judgeMarks(viewer, push->chat, push->marks); });
    if (const auto *live = std::get_if<HandedOver>(&event))
        return judgePage(viewer, live->page);
    if (const auto *sync = std::get_if<Sync>(&event))
        return firstWrong([&] { return judgeHeads(viewer, sync->chats); },
            [&] { return judgeState(viewer, sync->state); },
            [&] { return judgePeople(viewer, sync->users); });
    if (const auto *changed = std::get_if<UserStateChanged>(&event))
        return judgeState(viewer, {changed->row});
    if (const auto *typing = std::get_if<TypingChanged>(&event))
        return firstWrong([&] { return judgeBelonging(viewer, typing->chat); },
            [&]() -> Wrong {
                if (!everBelonged(typing->chat, typing->user))
                    return u"11: a stranger types"_s;
                return std::nullopt;
            });
    if (const auto *profile = std::get_if<ProfileChanged>(&event))
        return judgePeople(viewer, {profile->user});
    return std::nullopt;
}

Oracle::Wrong Oracle::judgeAnswer(
    const Viewer &viewer, const Command &command, const QByteArray &body) const
{
    if (std::holds_alternative<Page>(command))
        return judgePage(viewer, *fromCbor<PageReply>(body));
    if (std::holds_alternative<Digest>(command)) {
        const auto reply = fromCbor<DigestReply>(body);
        return firstWrong([&] { return judgeHeads(viewer, reply->chats); },
            [&] { return judgeState(viewer, reply->state); });
    }
    if (const auto *history = std::get_if<History>(&command))
        return firstWrong([&] { return judgeBelonging(viewer, history->chat); },
            [&] { return judgeRows(viewer, history->chat, fromCbor<HistoryReply>(body)->rows); });
    if (const auto *members = std::get_if<Members>(&command))
        return firstWrong([&] { return judgeBelonging(viewer, members->chat); },
            [&] { return judgeMembers(viewer, fromCbor<MembersReply>(body)->members); });
    if (const auto *marks = std::get_if<Marks>(&command))
        return firstWrong([&] { return judgeBelonging(viewer, marks->chat); },
            [&] { return judgeMarks(viewer, marks->chat, fromCbor<MarksReply>(body)->marks); });
    if (const auto *mark = std::get_if<MarkUp>(&command))
        return judgeBelonging(viewer, mark->chat);
    if (const auto *typing = std::get_if<Typing>(&command))
        return judgeBelonging(viewer, typing->chat);
    if (std::holds_alternative<SetState>(command))
        return judgeState(viewer, {fromCbor<SetReply>(body)->row});
    if (std::holds_alternative<Users>(command))
        return judgePeople(viewer, fromCbor<UsersReply>(body)->users);
    if (std::holds_alternative<Watch>(command))
        return judgePeople(viewer, fromCbor<UsersReply>(body)->users);
    if (std::holds_alternative<Devices>(command)) {
        const auto own = m_state().users.find(viewer.user);
        const auto reply = fromCbor<DevicesReply>(body);
        for (const DeviceRow &row : reply->devices) {
            const bool isOwn = m_removed.contains(row.id) || m_removedSomewhere.contains(row.id)
                || std::any_of(own->second.state.devices.begin(), own->second.state.devices.end(),
                    [&](const StoredDevice &device) { return device.row.id == row.id; });
            if (!isOwn)
                return u"11: somebody else's device was listed"_s;
        }
    }
    return std::nullopt;
}

} // namespace parley::simulation
