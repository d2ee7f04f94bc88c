// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/queue/values.h"

#include <set>
#include <unordered_map>
#include <unordered_set>

namespace parley {

/// Which sessions the service serves: whose they are, in which chats they are live, what they show.
/// In memory only; a restart forgets them all, and the devices say again what they have.
class Sessions {
public:
    /// The last typing notice of a session in a chat that went out.
    struct Typed {
        qint64 atMs = 0; ///< when it last began; an end does not make the next one come sooner
        bool isOn = false;
    };
    struct Session {
        UserId user;
        DeviceId device;
        bool receiptsOff = false; ///< as the person has it now
        bool typingOff = false; ///< the person neither sends nor sees typing
        std::optional<ChatId> focus;
        std::set<ChatId> live;
        std::map<ChatId, Typed> typed;
    };

    /// Serves the session from now on. Returns the session that the same device had before.
    std::optional<SessionRef> attach(
        const SessionRef &ref, const UserId &user, const DeviceId &device);
    void detach(const SessionRef &ref);
    /// True for a session that left before it was attached. It is forgotten by this.
    bool takeLeftEarly(const SessionRef &ref);
    /// The service itself ends it: nothing that is still on its way from it is done.
    void end(const SessionRef &ref);
    bool wasEnded(const SessionRef &ref) const;
    /// Live in no chat, but still attached.
    void quieten(const SessionRef &ref);
    /// Nothing when the session is not served.
    Session *find(const SessionRef &ref);

    void makeLive(const SessionRef &ref, const ChatId &chat);
    void endLive(const SessionRef &ref, const ChatId &chat);
    /// Sessions that are pushed what happens in the chat.
    std::vector<SessionRef> liveIn(const ChatId &chat) const;
    std::vector<SessionRef> ofUser(const UserId &user) const;
    /// How many sessions the user's other devices have.
    size_t besides(const UserId &user, const DeviceId &device) const;
    std::vector<SessionRef> ofDevice(const UserId &user, const DeviceId &device) const;
    bool hasUser(const UserId &user) const { return m_byUser.contains(user); }
    bool hasLive(const ChatId &chat) const { return m_live.contains(chat); }

private:
    std::map<SessionRef, Session> m_sessions;
    /// By gateway: gone before they came; ended before they left.
    std::map<quint32, std::set<quint64>> m_leftEarly;
    std::map<quint32, std::set<quint64>> m_ended;
    std::unordered_map<UserId, std::set<SessionRef>> m_byUser;
    std::unordered_map<ChatId, std::set<SessionRef>> m_live;
};

} // namespace parley
