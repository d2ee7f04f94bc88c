// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/thinsocket.h"

#include "shared/assert.h"

#include <QtCore/QPointer>
#include <QtNetwork/QHostAddress>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley {
namespace {

using Outcome = TlsStream::Outcome;

constexpr size_t readAtOnceBytes = 64 * 1024;
constexpr qint64 readMostBytes = 1024 * 1024;
/// What was sent is dropped from a buffer that is never empty when it is this much.
constexpr qsizetype sentMostBytes = 64 * 1024;
/// An empty buffer larger than this is given back.
constexpr qsizetype keptBytes = 512;

/// What is read goes through it to whoever reads; only what is left over is kept by the socket.
std::span<char> threadBuffer()
{
    thread_local std::array<char, readAtOnceBytes> buffer;
    return buffer;
}

void empty(QByteArray &bytes, qsizetype &from)
{
    if (bytes.capacity() > keptBytes)
        bytes = QByteArray();
    else
        bytes.resize(0);
    from = 0;
}

quint16 portOf(const sockaddr_storage &address)
{
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 &>(address).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in &>(address).sin_port);
}

} // namespace

ThinSocket::ThinSocket(qintptr descriptor, std::unique_ptr<TlsStream> tls)
    : m_descriptor(descriptor)
    , m_tls(std::move(tls))
    , m_readable(descriptor, QSocketNotifier::Read)
    , m_writable(descriptor, QSocketNotifier::Write)
    , m_isShakingHands(m_tls != nullptr)
{
    m_writable.setEnabled(false);
    const int flags = ::fcntl(int(descriptor), F_GETFL);
    ::fcntl(int(descriptor), F_SETFL, flags | O_NONBLOCK);
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
    setSocketState(ConnectedState);
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(int(descriptor), reinterpret_cast<sockaddr *>(&peer), &size) == 0) {
        setPeerAddress(QHostAddress(reinterpret_cast<const sockaddr *>(&peer)));
        setPeerPort(portOf(peer));
    }
    connect(&m_readable, &QSocketNotifier::activated, this, &ThinSocket::receive);
    connect(&m_writable, &QSocketNotifier::activated, this, &ThinSocket::send);
}

ThinSocket::~ThinSocket()
{
    // So that nothing is left for the classes below, which would look for an engine.
    release();
    setSocketState(UnconnectedState);
}

qint64 ThinSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + qint64(m_fresh.size()) + m_unread.size() - m_unreadFrom;
}

qint64 ThinSocket::bytesToWrite() const
{
    return m_unsent.size() - m_unsentFrom;
}

void ThinSocket::setReadBufferSize(qint64 bytes)
{
    m_readMost = bytes;
    resumeReading();
}

void ThinSocket::setSocketOption(SocketOption option, const QVariant &value)
{
    if (m_descriptor < 0)
        return;
    const int on = value.toInt();
    if (option == LowDelayOption)
        ::setsockopt(int(m_descriptor), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    else if (option == KeepAliveOption)
        ::setsockopt(int(m_descriptor), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

void ThinSocket::disconnectFromHost()
{
    if (state() == UnconnectedState || m_isClosing)
        return;
    m_isClosing = true;
    setSocketState(ClosingState);
    const QPointer<ThinSocket> alive(this);
    emit stateChanged(ClosingState);
    if (!alive)
        return;
    // Read on, so that the peer's own goodbye is heard; what it says is of no interest.
    m_unread.clear();
    m_unreadFrom = 0;
    resumeReading();
    send();
}

void ThinSocket::close()
{
    // abort() takes away the channel for writing before it comes here: nothing more may leave then.
    const bool isAborted = isWritable() && writeChannelCount() == 0;
    const QPointer<ThinSocket> alive(this);
    if (isOpen())
        emit aboutToClose();
    if (!alive || state() == UnconnectedState)
        return;
    if (isAborted)
        finish();
    else
        disconnectFromHost();
}

qint64 ThinSocket::readData(char *data, qint64 most)
{
    qint64 taken = 0;
    // In the order in which it came.
    if (const qint64 waiting = m_unread.size() - m_unreadFrom; waiting > 0) {
        taken = std::min(most, waiting);
        std::memcpy(data, m_unread.constData() + m_unreadFrom, size_t(taken));
        m_unreadFrom += taken;
        if (m_unreadFrom == m_unread.size())
            empty(m_unread, m_unreadFrom);
    }
    const qint64 rest = std::min(most - taken, qint64(m_fresh.size()));
    if (rest > 0) {
        std::memcpy(data + taken, m_fresh.data(), size_t(rest));
        m_fresh = m_fresh.subspan(size_t(rest));
        taken += rest;
    }
    if (m_isFull)
        resumeReading();
    return taken;
}

qint64 ThinSocket::writeData(const char *data, qint64 size)
{
    if (m_descriptor < 0)
        return -1;
    m_unsent.append(data, size);
    if (!m_isShakingHands)
        m_writable.setEnabled(true);
    return size;
}

/// How much more may be heard before somebody reads.
qint64 ThinSocket::room() const
{
    if (m_isClosing)
        return qint64(readAtOnceBytes);
    return (m_readMost > 0 ? m_readMost : readMostBytes) - bytesAvailable();
}

void ThinSocket::receive()
{
    if (m_descriptor < 0 || (m_isShakingHands && !shakeHands()))
        return;
    if (m_writeWantsRead) {
        m_writeWantsRead = false;
        m_writable.setEnabled(true);
    }
    const qint64 most = std::min(room(), qint64(readAtOnceBytes));
    if (most <= 0)
        return hearNothing();
    const auto buffer = threadBuffer().first(size_t(most));
    qint64 bytes = 0;
    const Outcome outcome = readSome(buffer, bytes);
    if (outcome == Outcome::Closed)
        return fail(RemoteHostClosedError);
    if (outcome == Outcome::Failed)
        return fail(NetworkError);
    if (outcome == Outcome::WantsWrite) {
        // Readable all the while: heard again when it could be written.
        m_readWantsWrite = true;
        m_readable.setEnabled(false);
        m_writable.setEnabled(true);
    }
    if (bytes == 0 || m_isClosing)
        return;
    m_fresh = buffer.first(size_t(bytes));
    const QPointer<ThinSocket> alive(this);
    emit readyRead();
    if (alive)
        keepUnread();
}

/// The thread's buffer is for the next one now.
void ThinSocket::keepUnread()
{
    if (!m_fresh.empty()) {
        if (m_unreadFrom > 0)
            m_unread.remove(0, std::exchange(m_unreadFrom, 0));
        m_unread.append(m_fresh.data(), qsizetype(m_fresh.size()));
        m_fresh = {};
    }
    if (m_descriptor < 0)
        return;
    if (room() <= 0)
        hearNothing();
    else if (m_tls && m_tls->hasMore())
        QMetaObject::invokeMethod(this, &ThinSocket::receive, Qt::QueuedConnection);
}

/// Until somebody reads.
void ThinSocket::hearNothing()
{
    m_isFull = true;
    m_readable.setEnabled(false);
}

void ThinSocket::resumeReading()
{
    if (!m_isFull || m_descriptor < 0 || room() <= 0)
        return;
    m_isFull = false;
    m_readable.setEnabled(!m_readWantsWrite);
    // What is decrypted already makes no descriptor readable.
    if (m_tls && m_tls->hasMore())
        QMetaObject::invokeMethod(this, &ThinSocket::receive, Qt::QueuedConnection);
}

void ThinSocket::send()
{
    if (m_descriptor < 0 || (m_isShakingHands && !shakeHands()))
        return;
    if (std::exchange(m_readWantsWrite, false)) {
        m_readable.setEnabled(!m_isFull);
        QMetaObject::invokeMethod(this, &ThinSocket::receive, Qt::QueuedConnection);
    }
    trim();
    qint64 written = 0;
    while (m_unsentFrom < m_unsent.size()) {
        qint64 bytes = 0;
        const auto outcome = writeSome(std::span(m_unsent).subspan(size_t(m_unsentFrom)), bytes);
        if (outcome == Outcome::Failed || outcome == Outcome::Closed)
            return fail(NetworkError);
        m_writeWantsRead = outcome == Outcome::WantsRead;
        if (outcome != Outcome::Done)
            break;
        m_unsentFrom += bytes;
        written += bytes;
    }
    const bool isDone = m_unsentFrom == m_unsent.size();
    if (isDone)
        empty(m_unsent, m_unsentFrom);
    else if (m_unsentFrom > sentMostBytes)
        m_unsent.remove(0, std::exchange(m_unsentFrom, 0));
    m_writable.setEnabled(!isDone && !m_writeWantsRead);
    if (isDone && m_isClosing)
        return finish();
    if (written > 0)
        emit bytesWritten(written);
}

/// False while it is not over.
bool ThinSocket::shakeHands()
{
    switch (m_tls->handshake()) {
    case Outcome::Done:
        break;
    case Outcome::WantsRead:
        m_readable.setEnabled(true);
        m_writable.setEnabled(false);
        return false;
    case Outcome::WantsWrite:
        m_readable.setEnabled(false);
        m_writable.setEnabled(true);
        return false;
    case Outcome::Closed:
    case Outcome::Failed:
        fail(SslHandshakeFailedError);
        return false;
    }
    m_isShakingHands = false;
    m_readable.setEnabled(true);
    m_writable.setEnabled(!m_unsent.isEmpty());
    const QPointer<ThinSocket> alive(this);
    emit encrypted();
    return alive && m_descriptor >= 0;
}

Outcome ThinSocket::readSome(std::span<char> into, qint64 &bytes)
{
    if (m_tls)
        return m_tls->read(into, bytes);
    const ssize_t result = ::recv(int(m_descriptor), into.data(), into.size(), 0);
    bytes = std::max<qint64>(result, 0);
    if (result > 0)
        return Outcome::Done;
    if (result == 0)
        return Outcome::Closed;
    return errno == EAGAIN || errno == EINTR ? Outcome::WantsRead : Outcome::Failed;
}

Outcome ThinSocket::writeSome(std::span<const char> from, qint64 &bytes)
{
    if (m_tls)
        return m_tls->write(from, bytes);
    const ssize_t result = ::send(int(m_descriptor), from.data(), from.size(), MSG_NOSIGNAL);
    bytes = std::max<qint64>(result, 0);
    if (result >= 0)
        return Outcome::Done;
    return errno == EAGAIN || errno == EINTR ? Outcome::WantsWrite : Outcome::Failed;
}

/// QIODevice keeps 16 KiB for whoever has peeked at the first bytes; who answers has read them.
void ThinSocket::trim()
{
    if (m_isTrimmed || m_isClosing || QIODevice::bytesAvailable() > 0)
        return;
    m_isTrimmed = true;
    setOpenMode(QIODevice::NotOpen);
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
}

void ThinSocket::fail(SocketError error)
{
    const QPointer<ThinSocket> alive(this);
    setSocketError(error);
    emit errorOccurred(error);
    if (alive && m_descriptor >= 0)
        finish();
}

void ThinSocket::finish()
{
    const QPointer<ThinSocket> alive(this);
    release();
    setSocketState(UnconnectedState);
    emit stateChanged(UnconnectedState);
    if (alive)
        emit readChannelFinished();
    if (alive)
        emit disconnected();
}

void ThinSocket::release()
{
    if (m_descriptor < 0)
        return;
    // Before it is closed: its number may be another's right after.
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    if (m_tls)
        m_tls->close();
    ::close(int(std::exchange(m_descriptor, -1)));
    m_unsent.clear();
    m_unsentFrom = 0;
}

} // namespace parley
