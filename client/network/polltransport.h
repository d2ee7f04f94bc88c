// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/network/certificatepin.h"
#include "client/network/transport.h"
#include "shared/protocol/jsonframes.h"
#include "shared/protocol/poll.h"

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

#include <map>

namespace parley {

/// Frames as JSON in the bodies of HTTP requests: one request waits at the server for what it has
/// to say, and a second one carries what we say meanwhile. Requests and answers that are lost are
/// repeated; nothing is taken twice.
class PollTransport : public Transport {
    Q_OBJECT
public:
    static constexpr size_t requestsMost = 2;
    static constexpr int failuresMost = 6; ///< in a row; then the session counts as lost
    static constexpr int retryMs = 300; ///< after the first failure; each further one waits longer
    static constexpr int leaveMs = 3'000; ///< for the last request

    explicit PollTransport(QObject *parent = nullptr);

    void open(const ServerAddress &address, const QByteArray &pin) override;
    void send(const ClientFrame &frame) override;
    void leave() override;
    QSslCertificate certificate() const override { return m_check.certificate; }
    QString detail() const override { return m_detail; }

private:
    void schedule(int delayMs = 0);
    void pump();
    void post(Poll poll, const std::vector<QByteArray> &frames);
    QNetworkRequest request() const;
    void onEncrypted(QNetworkReply *reply);
    void onSslErrors(QNetworkReply *reply, const QList<QSslError> &errors);
    void onFinished(QNetworkReply *reply);
    void onAnswer(const QByteArray &json, qint64 carriedLast);
    void onRefusal(const QNetworkReply &reply, int status);
    void onOpened(const QString &name);
    bool deliver(const PollBody<Polled> &body);
    void sayAgain(qint64 from, int delayMs);
    void end(ConnectProblem problem);
    ConnectProblem problemOf(const QNetworkReply &reply) const;
    void dropRequests();

    QNetworkAccessManager m_network;
    QUrl m_url;
    CertificateCheck m_check;
    QString m_detail;
    QTimer m_timer;

    std::optional<QString> m_session;
    JsonFrames m_json;
    NumberedFrames m_outgoing;
    ArrivedFrames m_arrived;
    qint64 m_next = 1; ///< number of the first frame that no request carries
    std::map<QNetworkReply *, qint64> m_requests; ///< and the number of the last frame in each
    int m_failures = 0;
    bool m_hasEnded = false;
};

} // namespace parley
