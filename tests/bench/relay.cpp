// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// The limit that a chat server is held against: it passes messages on after they are on its disk,
// by one fdatasync for all that one turn of its loop brought, and does nothing else. No accounts,
// no order, no reading back.
#include "tests/bench/platform/link.h"
#include "tests/bench/platform/listener.h"
#include "tests/bench/platform/processfigures.h"
#include "tests/bench/relayframe.h"
#include "tests/bench/websocket.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>

#include <cstdio>
#include <memory>

using namespace parley::bench;

namespace {

class Relay;

/// One connection.
class Peer : public Link::Owner {
public:
    Peer(Relay &relay, Route &route, int descriptor)
        : m_relay(relay)
        , m_link(route, *this)
    {
        m_link.adopt(descriptor);
    }

    bool isOpen() const { return m_link.isOpen(); }
    void send(std::string_view first, std::string_view second = {});
    void opened() override { }
    size_t arrived(std::string_view bytes) override;
    void lost(const char *) override { }

private:
    bool upgrade(std::string_view &bytes);

    Relay &m_relay;
    Link m_link;
    FrameReader m_frames;
    bool m_isUpgraded = false;
};

class Relay {
public:
    Relay(quint16 port, const char *log)
        : m_route(m_loop, 0, Route::Security::Plain)
        , m_listener(m_loop, port,
              [this](int descriptor) {
                  m_peers.push_back(std::make_unique<Peer>(*this, m_route, descriptor));
              })
        , m_log(log)
    {
        m_loop.setBeforeFlush([this] { return sync(); });
    }

    quint16 port() const { return m_log.isOpen() ? m_listener.port() : quint16(0); }
    void take(Peer &from, std::string_view bytes)
    {
        const auto frame = RelayFrame::of(bytes);
        if (!frame)
            return;
        if (frame->kind == RelayFrame::Kind::Hello) {
            m_byNumber.resize(std::max(m_byNumber.size(), size_t(frame->from) + 1));
            m_byNumber[frame->from] = &from;
            return from.send(frame->view());
        }
        m_log.append(bytes);
        if (frame->kind == RelayFrame::Kind::Message) {
            RelayFrame answer = *frame;
            answer.kind = RelayFrame::Kind::Acknowledged;
            from.send(answer.view());
        }
        if (frame->to < m_byNumber.size() && m_byNumber[frame->to])
            m_byNumber[frame->to]->send(bytes);
    }
    void run()
    {
        while (m_isGood)
            m_loop.turn(nsPerSecond);
    }

private:
    bool sync()
    {
        m_isGood = m_log.sync();
        if (!m_isGood)
            std::fprintf(stderr, "the log cannot be written\n");
        return m_isGood;
    }

    Loop m_loop;
    Route m_route;
    Listener m_listener;
    SyncedLog m_log;
    std::vector<std::unique_ptr<Peer>> m_peers; ///< those that left, too: a run is short
    std::vector<Peer *> m_byNumber;
    bool m_isGood = true;
};

void Peer::send(std::string_view first, std::string_view second)
{
    constexpr size_t shortMost = 125;
    if (!m_link.isOpen())
        return;
    std::string &out = m_link.out();
    const size_t size = first.size() + second.size();
    out.push_back('\x82');
    if (size <= shortMost) {
        out.push_back(static_cast<char>(size));
    } else {
        out.push_back(static_cast<char>(shortMost + 1));
        out.push_back(static_cast<char>(size >> 8));
        out.push_back(static_cast<char>(size));
    }
    out.append(first).append(second);
}

bool Peer::upgrade(std::string_view &bytes)
{
    constexpr std::string_view field = "Sec-WebSocket-Key: ";
    const size_t end = bytes.find("\r\n\r\n");
    const size_t at = bytes.find(field);
    if (end == std::string_view::npos || at == std::string_view::npos)
        return false;
    const auto key = bytes.substr(at + field.size(), bytes.find('\r', at) - at - field.size());
    const auto answer = QCryptographicHash::hash(
        QByteArray(key.data(), qsizetype(key.size())) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
        QCryptographicHash::Sha1)
                            .toBase64();
    m_link.out()
        .append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Accept: ")
        .append(answer.constData())
        .append("\r\n\r\n");
    bytes.remove_prefix(end + 4);
    m_isUpgraded = true;
    return true;
}

size_t Peer::arrived(std::string_view bytes)
{
    const size_t all = bytes.size();
    if (!m_isUpgraded && !upgrade(bytes))
        return 0;
    while (const auto frame = m_frames.next(bytes)) {
        if (frame->opcode == Opcode::Binary)
            m_relay.take(*this, frame->payload);
    }
    return all - bytes.size();
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: parley-bench-relay PORT LOG\n");
        return 2;
    }
    allowManyFiles();
    Relay relay(static_cast<quint16>(std::atoi(argv[1])), argv[2]);
    if (relay.port() == 0)
        return 1;
    std::printf("listening on relay://127.0.0.1:%d\n", int(relay.port()));
    std::fflush(stdout);
    relay.run();
    return 1;
}
