// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/listener.h"

#include <algorithm>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::bench {

namespace {

constexpr int waitingMost = 4'096;
constexpr qint64 pageBytes = 4096;
constexpr qint64 pieceBytes = 1024 * 1024;
constexpr qint64 logBytes = 16 * pieceBytes;

} // namespace

Listener::Listener(Loop &loop, quint16 port, std::function<void(int)> accepted)
    : m_loop(loop)
    , m_accepted(std::move(accepted))
    , m_descriptor(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    setsockopt(m_descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *const place = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_descriptor, place, size) != 0 || listen(m_descriptor, waitingMost) != 0
        || getsockname(m_descriptor, place, &size) != 0)
        return;
    m_port = ntohs(address.sin_port);
    m_loop.add(m_descriptor, EPOLLIN, *this);
}

Listener::~Listener()
{
    m_loop.remove(m_descriptor);
    close(m_descriptor);
}

void Listener::ready(quint32 /*events*/)
{
    while (true) {
        const int accepted = accept4(m_descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (accepted < 0)
            return;
        m_accepted(accepted);
    }
}

SyncedLog::SyncedLog(const char *path)
    : m_descriptor(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
{
    if (m_descriptor >= 0 && !fill())
        close(std::exchange(m_descriptor, -1));
}

bool SyncedLog::fill()
{
    const std::string nothing(pieceBytes, '\0');
    for (qint64 at = 0; at < logBytes; at += pieceBytes) {
        if (pwrite(m_descriptor, nothing.data(), nothing.size(), at) != pieceBytes)
            return false;
    }
    return fsync(m_descriptor) == 0;
}

SyncedLog::~SyncedLog()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

bool SyncedLog::sync()
{
    if (m_waiting.empty())
        return true;
    size_t written = 0;
    while (written < m_waiting.size()) {
        const auto room = static_cast<size_t>(logBytes - m_at);
        const ssize_t put = pwrite(m_descriptor, m_waiting.data() + written,
            std::min(room, m_waiting.size() - written), m_at);
        if (put <= 0)
            return false;
        written += static_cast<size_t>(put);
        m_at = (m_at + put) % logBytes;
    }
    m_waiting.clear();
    // A page that is on its way to the disk cannot be written to before it is there.
    m_at = (m_at + pageBytes - 1) / pageBytes * pageBytes % logBytes;
    return fdatasync(m_descriptor) == 0;
}

} // namespace parley::bench
