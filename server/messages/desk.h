// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/quota.h"
#include "server/messages/servicelimits.h"
#include "server/messages/sessions.h"
#include "server/store/store.h"

namespace parley {

class Desk;

/// A write into a user's aggregate that a chat promised, in this epoch.
struct PromisedWord {
    Derived derived;
    Epoch epoch;
};

/// A session and a member row say different things of the receipts switch: only the user's own
/// state knows, which another owner may have written.
struct ReceiptsDoubt {
    ChatId chat;
    UserId user;
    bool isOff = false; ///< in the member row
    qint64 occasion = 0; ///< for the id of the switch
};

/// What the desks of the message service share: the time of the batch, who is served, and the ways
/// out. Owned by the service; loads and appends find their way back to the desk that asked.
class DeskContext {
public:
    virtual ~DeskContext() = default;

    virtual void load(Desk &asker, LoadRequest request) = 0;
    virtual void append(Desk &asker, Append append) = 0;
    virtual void output(ServiceOutput output) = 0;
    /// Puts a command on the desk that it belongs to, as if it came from the queue.
    virtual void enqueue(Queued command) = 0;
    /// A derived write for a user's desk.
    virtual void enqueue(PromisedWord word) = 0;
    virtual void enqueue(ReceiptsDoubt doubt) = 0;

    qint64 nowMs = 0;
    Sessions sessions;
    ServiceLimits limits;
    Quota chatQuota{0};
    Quota requestQuota{0};
    Quota memberQuota{0};
    /// The store may hold a promised write to a user that no desk is about to do.
    bool hasOpenDerived = false;

    void answer(const Origin &origin, const QByteArray &body)
    {
        output(Outbound{{origin.session}, Urgency::Answer, encodeAnswer(origin.request, body)});
    }
    void refuse(const Origin &origin, const Refusal &refusal)
    {
        output(Outbound{{origin.session}, Urgency::Answer, encodeRefusal(origin.request, refusal)});
    }
    void refuse(const Origin &origin, const Error &error) { refuse(origin, refusalOf(error)); }
    void answerInternal(const Origin &origin, const QByteArray &body)
    {
        output(InternalAnswer{origin, {}, body});
    }
    void refuseInternal(const Origin &origin, const Error &error)
    {
        output(InternalAnswer{origin, refusalOf(error), {}});
    }
};

/// One aggregate's place in the service: its waiting commands, and at most one load or append under
/// way. What is under way decides which of the two answers comes next.
class Desk {
public:
    virtual ~Desk() = default;

    /// Goes on if nothing is under way and something waits.
    virtual void proceed() = 0;
    virtual void loaded(Loaded answer) = 0;
    virtual void appended(Outcome outcome) = 0;
    /// Nothing waits and nothing is under way: may be forgotten.
    virtual bool isIdle() const = 0;
};

/// How often a decision is made anew before the client is asked to try again later.
inline constexpr int decisionAttempts = 8;

} // namespace parley
