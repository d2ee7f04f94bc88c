// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QThread>

#include <functional>
#include <memory>

namespace parley {

/// A TCP proxy on loopback that is as bad a network as a test wants: it delays, cuts, half-opens,
/// refuses, stalls, is narrow, and loses single frames of a WebSocket. It can keep all that is
/// said.
///
/// Works on a thread of its own. Every function may be called from any other thread, and returns
/// when it is done.
class TcpProxy {
public:
    /// Passes everything on to a port of 127.0.0.1.
    explicit TcpProxy(quint16 targetPort);
    ~TcpProxy();
    TcpProxy(const TcpProxy &) = delete;
    TcpProxy &operator=(const TcpProxy &) = delete;

    quint16 port() const;
    QString url() const; ///< ws://
    /// Where new connections go.
    void setTarget(quint16 port);

    /// Closed: whoever comes is turned away, as by a machine without the server.
    enum class Door { Open, Closed };
    void setDoor(Door door);
    /// How late everything arrives, each way; for new and old connections.
    void setDelayMs(int delayMs);
    /// How much passes on each connection, both ways together; 0: whatever comes.
    void setBytesPerSecond(int bytesPerSecond);
    /// Keeps what new connections say, in files of this folder (LinkCapture).
    void setCapture(const QString &folder);

    /// Resets all connections.
    void cutAll();
    /// Resets one connection in the middle of its next bytes, or a moment later if there are none.
    /// `number` says which one and after how many bytes: the same for the same number.
    void cutOne(quint32 number);
    /// From now on nothing passes on the connections that are open, and neither side is told.
    void halfOpenAll();
    /// The same for one connection, and for one way only if one likes.
    enum class Silence { BothWays, ToClient, ToServer };
    void halfOpenOne(quint32 number, Silence silence);
    /// The clients stop reading: what the server sends waits in its socket, then in its queue.
    /// Passing again lets it all through.
    enum class Reading { Passing, Stalled };
    void setReading(Reading reading);

    /// Loses each frame to a client for which `isLost` is true; it is called on the proxy's thread.
    using FrameFilter = std::function<bool(const QByteArray &frame)>;
    void setLosing(FrameFilter isLost);

    int connections() const; ///< that are open
    int accepted() const; ///< since the start
    int cuts() const; ///< connections that were reset
    int lostFrames() const;

private:
    class Worker;
    template <typename Function>
    auto onWorker(Function &&function) const;

    QThread m_thread;
    Worker *m_worker; ///< lives on m_thread, deleted by its end
};

} // namespace parley
