// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/link.h"

#include "shared/assert.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef PARLEY_BENCH_TLS
#include <openssl/ssl.h>
#endif

namespace parley::bench {

namespace {

constexpr qint64 wouldBlock = -1;
constexpr qint64 broken = 0;
/// Each has its own 28,000 ports, of which a closed connection keeps one for a minute.
constexpr quint32 sources = 200;

sockaddr_in loopback(quint32 host, quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    return address;
}

void setOption(int descriptor, int level, int option)
{
    const int on = 1;
    setsockopt(descriptor, level, option, &on, sizeof on);
}

qint64 receivePlain(int descriptor, char *bytes, size_t most)
{
    const ssize_t got = recv(descriptor, bytes, most, 0);
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? wouldBlock : std::max<qint64>(got, 0);
}

qint64 sendPlain(int descriptor, const char *bytes, size_t size)
{
    const ssize_t put = send(descriptor, bytes, size, MSG_NOSIGNAL);
    return put < 0 && (errno == EAGAIN || errno == EINTR) ? wouldBlock : std::max<qint64>(put, 0);
}

} // namespace

#ifdef PARLEY_BENCH_TLS

Route::Route(Loop &loop, quint16 port, Security security)
    : m_loop(loop)
    , m_port(port)
{
    if (security == Security::Plain)
        return;
    m_context = SSL_CTX_new(TLS_client_method());
    PARLEY_ASSERT(m_context);
    SSL_CTX_set_verify(m_context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(m_context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
            | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(m_context, SSL_SESS_CACHE_OFF);
}

Route::~Route()
{
    SSL_CTX_free(m_context);
}

bool Route::canTls()
{
    return true;
}

void Link::shakeHands()
{
    const int done = SSL_do_handshake(m_tls);
    if (done == 1)
        return become(Stage::Open);
    const int error = SSL_get_error(m_tls, done);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return arm(error == SSL_ERROR_WANT_WRITE);
    lose("the TLS handshake failed");
}

void Link::become(Stage stage)
{
    m_stage = stage;
    if (stage == Stage::Handshaking) {
        m_tls = SSL_new(m_route.context());
        SSL_set_fd(m_tls, m_descriptor);
        SSL_set_connect_state(m_tls);
        return shakeHands();
    }
    arm(false);
    m_owner.opened();
}

qint64 Link::receive(char *bytes, size_t most)
{
    if (!m_tls)
        return receivePlain(m_descriptor, bytes, most);
    const int got = SSL_read(m_tls, bytes, static_cast<int>(most));
    if (got > 0)
        return got;
    const int error = SSL_get_error(m_tls, got);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? wouldBlock : broken;
}

qint64 Link::transmit(const char *bytes, size_t size)
{
    if (!m_tls)
        return sendPlain(m_descriptor, bytes, size);
    const int put = SSL_write(m_tls, bytes, static_cast<int>(size));
    if (put > 0)
        return put;
    const int error = SSL_get_error(m_tls, put);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? wouldBlock : broken;
}

#else

Route::Route(Loop &loop, quint16 port, Security security)
    : m_loop(loop)
    , m_port(port)
{
    PARLEY_ASSERT(security == Security::Plain);
}

Route::~Route() = default;

bool Route::canTls()
{
    return false;
}

void Link::shakeHands() { }

void Link::become(Stage stage)
{
    m_stage = stage;
    arm(false);
    m_owner.opened();
}

qint64 Link::receive(char *bytes, size_t most)
{
    return receivePlain(m_descriptor, bytes, most);
}

qint64 Link::transmit(const char *bytes, size_t size)
{
    return sendPlain(m_descriptor, bytes, size);
}

#endif

Link::~Link()
{
    m_out.clear();
    close();
    if (m_isToFlush)
        m_route.loop().forget(*this);
}

void Link::open(quint32 number)
{
    PARLEY_ASSERT(m_stage == Stage::Closed);
    m_descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return lose("no descriptor is left");
    setOption(m_descriptor, IPPROTO_TCP, TCP_NODELAY);
    setOption(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
    const auto from = loopback(number % sources, 0);
    const auto to = loopback(0, m_route.port());
    m_stage = Stage::Connecting;
    m_wantsOut = true;
    m_route.loop().add(m_descriptor, EPOLLIN | EPOLLOUT, *this);
    if (bind(m_descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0)
        return lose("no local address");
    if (connect(m_descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0
        && errno != EINPROGRESS)
        lose("nobody listens");
}

void Link::adopt(int descriptor)
{
    PARLEY_ASSERT(m_stage == Stage::Closed);
    m_descriptor = descriptor;
    setOption(m_descriptor, IPPROTO_TCP, TCP_NODELAY);
    m_stage = Stage::Open;
    m_wantsOut = false;
    m_route.loop().add(m_descriptor, EPOLLIN, *this);
}

void Link::close()
{
    if (m_stage == Stage::Open && !m_out.empty())
        transmit(m_out.data(), m_out.size());
    if (m_descriptor >= 0)
        m_route.loop().remove(m_descriptor);
#ifdef PARLEY_BENCH_TLS
    SSL_free(std::exchange(m_tls, nullptr));
#endif
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    m_stage = Stage::Closed;
    m_in.clear();
    m_out.clear();
}

std::string &Link::out()
{
    if (!std::exchange(m_isToFlush, true))
        m_route.loop().flushSoon(*this);
    return m_out;
}

void Link::ready(quint32 events)
{
    if (m_stage == Stage::Connecting && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)))
        return finishConnect();
    if (m_stage == Stage::Handshaking)
        return shakeHands();
    if (m_stage == Stage::Open && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)))
        readAll();
    // What waits may have been joined by what this turn brought, and the loop is asked before any
    // of that is written.
    if (m_stage == Stage::Open && (events & EPOLLOUT))
        out();
}

void Link::finishConnect()
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return lose("the connection was refused");
    become(m_route.context() ? Stage::Handshaking : Stage::Open);
}

void Link::readAll()
{
    std::string &buffer = m_route.loop().buffer();
    while (m_stage == Stage::Open) {
        const qint64 got = receive(buffer.data(), buffer.size());
        if (got == wouldBlock)
            return;
        if (got == broken)
            return lose("the server closed the connection");
        m_route.loop().refresh();
        take(std::string_view(buffer.data(), static_cast<size_t>(got)));
        // A plain socket that filled less is empty; TLS may hold more than it gave.
        if (!m_tls && static_cast<size_t>(got) < buffer.size())
            return;
    }
}

void Link::take(std::string_view bytes)
{
    if (m_in.empty()) {
        const size_t used = m_owner.arrived(bytes);
        if (m_stage == Stage::Open)
            m_in.assign(bytes.substr(used));
        return;
    }
    m_in.append(bytes);
    const size_t used = m_owner.arrived(m_in);
    if (m_stage == Stage::Open)
        m_in.erase(0, used);
}

void Link::flush()
{
    m_isToFlush = false;
    if (m_stage != Stage::Open)
        return;
    size_t sent = 0;
    while (sent < m_out.size()) {
        const qint64 put = transmit(m_out.data() + sent, m_out.size() - sent);
        if (put == wouldBlock)
            break;
        if (put == broken)
            return lose("writing failed");
        sent += static_cast<size_t>(put);
    }
    m_out.erase(0, sent);
    arm(!m_out.empty());
}

void Link::arm(bool wantsOut)
{
    if (m_wantsOut == wantsOut)
        return;
    m_wantsOut = wantsOut;
    m_route.loop().change(m_descriptor, wantsOut ? EPOLLIN | EPOLLOUT : EPOLLIN, *this);
}

void Link::lose(const char *why)
{
    m_stage = Stage::Handshaking; // Nothing more is written.
    close();
    m_owner.lost(why);
}

} // namespace parley::bench
