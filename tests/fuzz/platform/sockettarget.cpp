// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/thinsocket.h"
#include "shared/assert.h"
#include "tests/fuzz/feed.h"
#include "tests/fuzz/targets.h"

#include <QtCore/QCoreApplication>

#include <sys/socket.h>
#include <unistd.h>

namespace parley {
namespace {

/// A thin socket and the bare other end, both driven by the same bytes. What arrives is what was
/// said, in order, and no more of it is kept than is allowed.
class Pair {
public:
    explicit Pair(Feed &feed)
        : m_feed(feed)
    {
        std::array<int, 2> ends{};
        const int made =
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data());
        PARLEY_ASSERT(made == 0);
        m_socket = std::make_unique<ThinSocket>(ends[0]);
        m_peer = ends[1];
    }
    ~Pair() { hangUp(); }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;

    void step();
    void settle();

private:
    void peerWrites(const QByteArray &bytes);
    void peerReads(qsizetype most);
    void read(qint64 most);
    void peek(qint64 most);
    void write(const QByteArray &bytes);
    void limit(qint64 bytes);
    void end(bool isAtOnce);
    void hangUp();
    void turn();

    Feed &m_feed;
    std::unique_ptr<ThinSocket> m_socket;
    int m_peer = -1;
    QByteArray m_sent; ///< by the peer
    QByteArray m_heard;
    QByteArray m_said; ///< by the socket
    QByteArray m_arrived;
    qint64 m_allowed = 1024 * 1024; ///< what may wait to be read
    bool m_isOver = false; ///< one of the two has ended it
};

void Pair::step()
{
    switch (m_feed.byte() % 12) {
    case 0:
    case 1:
        return peerWrites(m_feed.take(m_feed.word()));
    case 2:
        return peerWrites(QByteArray(m_feed.word(), 'x'));
    case 3:
        return peerReads(m_feed.word());
    case 4:
        return read(m_feed.word());
    case 5:
        return peek(m_feed.byte());
    case 6:
        return write(m_feed.take(m_feed.word()));
    case 7:
        return write(QByteArray(m_feed.word(), 'y'));
    case 8:
        return limit(1 + m_feed.word());
    case 9:
        return m_feed.byte() == 0 ? end(m_feed.flip()) : turn();
    case 10:
        return m_feed.byte() == 0 ? hangUp() : turn();
    default:
        return turn();
    }
}

void Pair::peerWrites(const QByteArray &bytes)
{
    if (m_peer < 0 || bytes.isEmpty())
        return;
    const ssize_t written = ::send(m_peer, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    if (written > 0)
        m_sent += bytes.first(written);
}

void Pair::peerReads(qsizetype most)
{
    if (m_peer < 0 || most == 0)
        return;
    QByteArray room(most, Qt::Uninitialized);
    const ssize_t heard = ::recv(m_peer, room.data(), size_t(most), 0);
    if (heard > 0)
        m_arrived += room.first(heard);
    PARLEY_ASSERT(m_said.startsWith(m_arrived));
}

void Pair::read(qint64 most)
{
    if (!m_socket->isOpen())
        return;
    m_heard += m_socket->read(most);
    PARLEY_ASSERT(m_sent.startsWith(m_heard));
}

void Pair::peek(qint64 most)
{
    if (!m_socket->isOpen())
        return;
    const QByteArray seen = m_socket->peek(most);
    PARLEY_ASSERT(QByteArrayView(m_sent).sliced(m_heard.size()).startsWith(seen));
    PARLEY_ASSERT(m_socket->bytesAvailable() >= seen.size());
}

void Pair::write(const QByteArray &bytes)
{
    const qint64 taken = m_socket->write(bytes);
    PARLEY_ASSERT(taken == bytes.size() || m_isOver);
    if (taken > 0)
        m_said += bytes;
}

void Pair::limit(qint64 bytes)
{
    // What waits already may go on waiting.
    m_allowed = std::max(m_socket->bytesAvailable(), bytes);
    m_socket->setReadBufferSize(bytes);
    turn();
}

void Pair::turn()
{
    QCoreApplication::processEvents();
    PARLEY_ASSERT(m_socket->bytesAvailable() <= m_allowed);
}

void Pair::end(bool isAtOnce)
{
    m_isOver = true;
    if (isAtOnce) {
        m_socket->abort();
        PARLEY_ASSERT(m_socket->state() == QAbstractSocket::UnconnectedState);
        PARLEY_ASSERT(m_socket->bytesToWrite() == 0);
    } else {
        m_socket->disconnectFromHost();
    }
}

void Pair::hangUp()
{
    m_isOver = true;
    if (m_peer >= 0)
        ::close(std::exchange(m_peer, -1));
}

/// When nobody has ended it everything arrives.
void Pair::settle()
{
    if (m_isOver)
        return turn();
    limit(1 << 20); // byte by byte it would take for ever
    constexpr int roundsMost = 10'000;
    for (int i = 0; i < roundsMost; ++i) {
        if (m_heard.size() == m_sent.size() && m_arrived.size() == m_said.size())
            return;
        turn();
        read(1 << 16);
        peerReads(1 << 16);
    }
    PARLEY_ASSERT(m_heard == m_sent && m_arrived == m_said);
}

} // namespace

void runSocket(QByteArrayView input)
{
    Feed feed(input);
    Pair pair(feed);
    while (!feed.isEmpty())
        pair.step();
    pair.settle();
}

std::vector<QByteArray> socketSeeds()
{
    // A request that is peeked at and answered; much both ways through a small buffer; the two ends
    // that a connection can have.
    return {QByteArray::fromHex("0004004745540a0b05ff040400060400"
                                "77656c6c0b03ff00"),
        QByteArray::fromHex("0810000200ff0b0400ff0b0400ff0700ff0b03ffff0b03ffff"),
        QByteArray::fromHex("0700ff09000003ffff0b"), QByteArray::fromHex("0700ff090001"),
        QByteArray::fromHex("0200100a000b04ffff")};
}

} // namespace parley
