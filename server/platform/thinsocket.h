// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/platform/tlsstream.h"

#include <QtCore/QSocketNotifier>
#include <QtNetwork/QTcpSocket>

namespace parley {

/// A connected socket as QWebSocket and the gateway need it, without Qt's socket engine below it:
/// what is written during a turn of the event loop leaves by one call at its end, what is read goes
/// through one buffer of the thread, and an idle connection keeps none. It hears no more than its
/// read buffer size (or 1 MiB, when that is 0) until somebody reads.
///
/// A peer that shuts its way is gone, whatever was still to be said to it: sessions end at once.
///
/// Nothing here waits: waitForReadyRead() and its like are not supported. On its own thread.
class ThinSocket final : public QTcpSocket {
    Q_OBJECT
public:
    /// Takes over a connected descriptor. With `tls`, a stream on it, the handshake comes first:
    /// encrypted() follows, or disconnected().
    explicit ThinSocket(qintptr descriptor, std::unique_ptr<TlsStream> tls = nullptr);
    ~ThinSocket() override;

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    qintptr socketDescriptor() const override { return m_descriptor; }
    void setReadBufferSize(qint64 bytes) override;
    void setSocketOption(SocketOption option, const QVariant &value) override;
    /// Says goodbye when everything is written.
    void disconnectFromHost() override;
    void close() override;

signals:
    void encrypted();

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void receive();
    void send();
    bool shakeHands();
    TlsStream::Outcome readSome(std::span<char> into, qint64 &bytes);
    TlsStream::Outcome writeSome(std::span<const char> from, qint64 &bytes);
    qint64 room() const;
    void keepUnread();
    void hearNothing();
    void resumeReading();
    void fail(SocketError error);
    void finish();
    void release();
    void trim();

    qintptr m_descriptor;
    std::unique_ptr<TlsStream> m_tls;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    std::span<const char> m_fresh; ///< in the thread's buffer, while readyRead() is told
    QByteArray m_unread; ///< from m_unreadFrom on
    qsizetype m_unreadFrom = 0;
    QByteArray m_unsent; ///< from m_unsentFrom on
    qsizetype m_unsentFrom = 0;
    qint64 m_readMost = 0;
    bool m_isShakingHands = false;
    bool m_isFull = false; ///< nothing is read until somebody takes what is there
    bool m_readWantsWrite = false; ///< TLS has to say something before it can read on
    bool m_writeWantsRead = false; ///< and the other way round
    bool m_isClosing = false;
    bool m_isTrimmed = false;
};

} // namespace parley
