// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"
#include "shared/protocol/poll.h"
#include "tests/support/certificates.h"

#include <QtCore/QPointer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <deque>

namespace parley {

/// The other end of long polling, on loopback: refuses WebSockets, takes requests, answers by hand.
/// One thread.
class PollServer : public QObject {
    Q_OBJECT
public:
    explicit PollServer(const std::optional<TestCertificate> &certificate = {});

    QString url() const;
    /// Waits for the next request; nothing after ten seconds.
    std::optional<PollBody<Poll>> expect();
    /// Waits for a new client's first request, and answers it.
    bool open();
    /// These belong to the request that was expected last.
    void answer(const Polled &polled, const std::vector<QByteArray> &frames = {});
    void answerBytes(const QByteArray &response);
    void drop();

    int upgrades() const { return m_upgrades; } ///< WebSockets that were refused
    int polls() const { return m_polls; } ///< requests that came
    static Polled polled(qint64 seq, qint64 ack);

private:
    void accept();
    void read(QTcpSocket *socket);

    struct Request {
        QPointer<QTcpSocket> socket;
        QByteArray body;
    };

    std::unique_ptr<QTcpServer> m_server;
    bool m_isSecure;
    std::deque<Request> m_requests;
    Request m_current;
    int m_upgrades = 0;
    int m_polls = 0;
};

} // namespace parley
