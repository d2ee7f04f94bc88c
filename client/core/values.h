// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/commands.h"

/// What the screen is told: plain values, copied from thread to thread.
namespace parley {

/// Where one's own message stands. In groups delivered and read mean: to at least one.
enum class Delivery : quint8 {
    None, ///< not one's own message
    Sending, ///< in the outbox of this device
    Sent, ///< durable on the server
    Delivered, ///< on the disk of a device of another member
    Read, ///< shown to another member
    Failed, ///< refused for good: retry with a new id, or delete
};

/// A place in a timeline. What waits in the outbox stands behind everything that has a seq.
struct TimelineKey {
    qint64 seq = 0;
    qint64 waiting = 0; ///< place in the outbox, 0 for what the log holds
    friend auto operator<=>(const TimelineKey &, const TimelineKey &) = default;
};

/// A line of a timeline, own changes that still wait in the outbox already in it.
struct TimelineRow {
    Row row;
    TimelineKey key;
    Delivery delivery = Delivery::None;
    /// An own edit, deletion or reaction of this row is not confirmed yet.
    bool hasWaitingChange = false;
    /// Why the row's sending, or a change of it, was refused; then `operation` is there.
    std::optional<ErrorCode> failure;
    /// What retry() and discard() want: the operation that failed or waits.
    std::optional<MessageId> operation;
    /// The answered message as it is known here; nothing when it is not held.
    std::optional<Row> quoted;

    friend bool operator==(const TimelineRow &, const TimelineRow &) = default;
};

/// Places of the log that this device does not hold.
struct TimelineHole {
    qint64 low = 0;
    qint64 high = 0;
    friend bool operator==(const TimelineHole &, const TimelineHole &) = default;
};

/// Which part of a timeline is wanted.
struct WindowRequest {
    enum class From { Newest, Before, After, Around };
    ChatId chat;
    From from = From::Newest;
    TimelineKey key; ///< Before, After: exclusive; Around: by place
    std::optional<MessageId> message; ///< Around: this one rather than `key`
    int limit = 60;
};

/// A part of a timeline, oldest first, rows and holes in their order.
struct TimelineWindow {
    ChatId chat;
    std::vector<TimelineRow> rows;
    std::vector<TimelineHole> holes; ///< ascending; where rows are missing between or beside them
    bool reachesStart = false; ///< nothing older can be read by this user
    bool reachesEnd = false; ///< nothing newer is held
    std::optional<TimelineKey> found; ///< Around: where the message is, if it is held
};

/// A line of the list of chats, and the head of an open one.
struct ChatSummary {
    ChatId id;
    ChatKind kind = ChatKind::Group;
    QString title; ///< empty for a direct chat
    std::optional<UserId> other; ///< the other one of a direct chat
    MemberState membership = MemberState::Member;
    Role role = Role::Member;
    bool canWrite = true; ///< false once one has left, was removed, or blocks the other one
    bool isBlocking = false; ///< direct: one blocks the other
    bool isPending = false; ///< its creation still waits in the outbox
    quint32 members = 0;
    qint64 head = 0;
    qint64 unread = 0; ///< after what this device has read, confirmed or not
    qint64 readUpTo = 0; ///< the own read mark, confirmed or not
    qint64 deliveredUpTo = 0; ///< at least one other member has everything up to here
    qint64 othersReadUpTo = 0; ///< at least one other member has read up to here
    qint64 completeFrom = 0; ///< everything from here on is held; 0 before the first opening
    qint64 readableFrom = 1; ///< `since`: nothing older is ever served
    std::optional<TimelineRow> last; ///< the newest row, waiting ones included
    qint64 activityMs = 0; ///< time of the newest row: what the list is sorted by
    QString draft; ///< text of the draft, empty for none
    bool isMuted = false;
    qint64 mutedUntilMs = 0; ///< 0 while muted: for ever
    bool isMarkedUnread = false;
    bool hasFailed = false; ///< something in its outbox was refused

    friend bool operator==(const ChatSummary &, const ChatSummary &) = default;
};

/// Where a row stands that has its place in the log, by the marks in `chat`.
inline Delivery deliveryOf(qint64 seq, const ChatSummary &chat)
{
    if (seq <= chat.othersReadUpTo)
        return Delivery::Read;
    return seq <= chat.deliveredUpTo ? Delivery::Delivered : Delivery::Sent;
}

/// What the person has begun to write. The value of the state key draft/ID, too.
struct Draft {
    static constexpr auto name = "Draft";
    static constexpr auto about = "Value of the state key draft/ID: what a person has begun to "
                                  "write.";
    QString text;
    std::optional<MessageId> replyTo;
    std::optional<MessageId> editing;

    static constexpr auto fields = std::tuple{field("text", &Draft::text, "as typed"),
        field("replyTo", &Draft::replyTo, "the message that it will answer"),
        field("editing", &Draft::editing, "the message that it will change")};
    bool isEmpty() const { return text.isEmpty() && !replyTo && !editing; }
    friend bool operator==(const Draft &, const Draft &) = default;
};

/// Value of the state key mute/ID.
struct Mute {
    static constexpr auto name = "Mute";
    static constexpr auto about = "Value of the state key mute/ID.";
    qint64 untilMs = 0;

    static constexpr auto fields =
        std::tuple{field("until", &Mute::untilMs, "when it ends; 0 for never")};
    friend bool operator==(const Mute &, const Mute &) = default;
};

/// A message as the composer gives it.
struct NewMessage {
    ContentType contentType = ContentType::Text;
    QByteArray payload; ///< Text: a TextBody (shared/protocol/text.h) as CBOR
    std::optional<MessageId> replyTo;
    std::optional<MessageId> threadRoot;
    std::vector<UserId> wake; ///< whom it mentions
};

/// How one member stands to a message.
struct MemberDelivery {
    UserId user;
    bool isDelivered = false;
    bool isRead = false;
    bool receiptsOff = false; ///< then isRead is never known
};

/// Everything that this device knows about the way of one message.
struct DeliveryDetails {
    ChatId chat;
    TimelineRow row;
    qint64 writtenMs = 0; ///< by the clock of the writing device, from the message's id
    std::optional<qint64> acceptedMs; ///< by the server's clock
    std::vector<MemberDelivery> members; ///< the other members
    bool isComplete = true; ///< false while the marks of a large group are being fetched
};

/// What happened to one timeline.
struct TimelineChange {
    ChatId chat;
    /// Ask for the window again: the chat was opened anew, or places are held now that were a hole.
    bool isReset = false;
    /// If not empty, a window that neither holds nor touches these places may stay as it is.
    std::vector<TimelineHole> filled;
    std::vector<TimelineRow> rows; ///< new, or as they are now
    std::vector<MessageId> gone; ///< discarded ones
};

struct TypingUser {
    ChatId chat;
    UserId user;
    bool on = false;
};

/// What changed since the last set, each thing as it is now. After the commit, never before.
struct Changes {
    bool isReset = false; ///< forget everything and ask anew (first load, store restored)
    std::vector<ChatSummary> chats;
    std::vector<ChatId> chatsGone;
    std::vector<TimelineChange> timelines;
    std::vector<ChatId> members; ///< whose list of members changed
    std::vector<UserRow> users;
    std::vector<PresenceRow> presence;
    std::vector<TypingUser> typing;
    std::optional<Privacy> privacy;
    std::optional<UserRow> self;

    bool isEmpty() const
    {
        return !isReset && chats.empty() && chatsGone.empty() && timelines.empty()
            && members.empty() && users.empty() && presence.empty() && typing.empty() && !privacy
            && !self;
    }
};

} // namespace parley
