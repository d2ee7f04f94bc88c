// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/platform/loop.h"

#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace parley::bench {

/// Where all links of a run lead, and whether by TLS. Certificates are not checked: this is for a
/// server of one's own on loopback.
class Route {
public:
    enum class Security { Plain, Tls };

    Route(Loop &loop, quint16 port, Security security);
    ~Route();
    Route(const Route &) = delete;
    Route &operator=(const Route &) = delete;

    /// False when it was built without OpenSSL.
    static bool canTls();

    Loop &loop() { return m_loop; }
    quint16 port() const { return m_port; }
    ssl_ctx_st *context() { return m_context; }

private:
    Loop &m_loop;
    quint16 m_port;
    ssl_ctx_st *m_context = nullptr;
};

/// One TCP connection to 127.0.0.1, plain or TLS, without blocking. What is to be sent is gathered
/// and written once a turn. It may be opened again after it was closed, between turns.
class Link : public Watcher {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void opened() = 0;
        /// How many of the bytes were used; the rest comes again with more.
        virtual size_t arrived(std::string_view bytes) = 0;
        /// By the other side, or by an error; not after close().
        virtual void lost(const char *why) = 0;
    };

    Link(Route &route, Owner &owner)
        : m_route(route)
        , m_owner(owner)
    {
    }
    ~Link() override;
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    /// From one of several loopback addresses, chosen by the number, so that ports suffice.
    void open(quint32 number);
    /// Takes a connection that was accepted.
    void adopt(int descriptor);
    /// What was gathered is tried to be written first, whatever the loop's `beforeFlush` says; not
    /// by the destructor.
    void close();
    bool isOpen() const { return m_stage == Stage::Open; }
    qint64 now() const { return m_route.loop().now(); }

    /// To append to. It leaves at the end of the turn.
    std::string &out();

    void ready(quint32 events) override;
    void flush() override;

private:
    enum class Stage { Closed, Connecting, Handshaking, Open };

    void finishConnect();
    void shakeHands();
    void become(Stage stage);
    void readAll();
    void take(std::string_view bytes);
    void lose(const char *why);
    void arm(bool wantsOut);
    qint64 receive(char *bytes, size_t most);
    qint64 transmit(const char *bytes, size_t size);

    Route &m_route;
    Owner &m_owner;
    Stage m_stage = Stage::Closed;
    int m_descriptor = -1;
    ssl_st *m_tls = nullptr;
    bool m_wantsOut = false;
    bool m_isToFlush = false;
    std::string m_in;
    std::string m_out;
};

} // namespace parley::bench
