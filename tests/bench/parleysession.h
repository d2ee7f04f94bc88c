// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/hotframes.h"
#include "tests/bench/platform/link.h"
#include "tests/bench/speaker.h"
#include "tests/bench/websocket.h"

namespace parley::bench {

/// A device of Parley from its connection to the last `sync`; what comes after that is for whoever
/// is made of it.
class ParleySession : public Link::Owner {
public:
    /// What the device says that it has.
    struct Held {
        std::optional<Epoch> epoch;
        qint64 userRevision = 0;
        std::vector<Have> have;
    };

    ParleySession(Route &route, Faults &faults, const Ticket &ticket, quint32 number);

    void connectNow();
    void disconnectNow();
    bool isSynced() const { return m_stage == Stage::Synced; }
    void alive();
    Held &held() { return m_held; }
    const UserId &user() const { return m_ticket.user; }
    quint32 number() const { return m_number; }

    void opened() override;
    size_t arrived(std::string_view bytes) override;
    void lost(const char *why) override;

protected:
    RequestNumber ask(const Command &command);
    RequestNumber nextRequest() { return ++m_lastRequest; }
    Link &link() { return m_link; }
    qint64 now() const { return m_link.now(); }
    Faults &faults() { return m_faults; }

    /// A part of the list of chats; after the last one, isSynced().
    virtual void listed(const Sync & /*sync*/) { }
    virtual void answered(RequestNumber /*request*/, std::string_view /*body*/) { }
    virtual void refused(RequestNumber request, ErrorCode code);
    virtual void pushed(std::string_view /*body*/) { }
    virtual void live(std::string_view /*body*/) { }

private:
    enum class Stage { Away, Upgrading, SigningIn, Synced };

    void greet();
    void take(const FrameReader::Frame &frame);
    void takeAnswer(const Glance &glance);
    void takeEvent(const Glance &glance);
    void sync(std::string_view body);

    Link m_link;
    Faults &m_faults;
    const Ticket m_ticket;
    const quint32 m_number;
    quint16 m_port;
    Stage m_stage = Stage::Away;
    FrameReader m_frames;
    RequestNumber m_lastRequest = 0;
    RequestNumber m_hello = 0;
    RequestNumber m_alive = 0;
    Held m_held;
};

/// The bytes for the codec.
inline QByteArray bytesOf(std::string_view view)
{
    return QByteArray(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace parley::bench
