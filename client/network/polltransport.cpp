// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/polltransport.h"

#include "client/network/certificatepin.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QPointer>
#include <QtNetwork/QSslConfiguration>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

Q_LOGGING_CATEGORY(pollLog, "parley.connection")

constexpr int statusGood = 200;
constexpr int statusNotFound = 404; ///< the session is over
constexpr int statusTooMany = 429;
constexpr int statusBadGateway = 502; ///< of a proxy that lost the server for a moment
constexpr int statusUnavailable = 503; ///< the server stops, or is full
constexpr int statusGatewayTimeout = 504; ///< of a proxy that does not wait long
constexpr int secondMs = 1'000;
constexpr int retryAfterMostMs = 60'000;

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QUrl pollUrl(const ServerAddress &address)
{
    QUrl url = address.url;
    url.setScheme(url.scheme() == "wss"_L1 ? u"https"_s : u"http"_s);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + QLatin1String(pollPath));
    return url;
}

} // namespace

PollTransport::PollTransport(QObject *parent)
    : Transport(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PollTransport::pump);
    connect(&m_network, &QNetworkAccessManager::encrypted, this, &PollTransport::onEncrypted);
    connect(&m_network, &QNetworkAccessManager::sslErrors, this, &PollTransport::onSslErrors);
}

void PollTransport::open(const ServerAddress &address, const QByteArray &pin)
{
    m_check.pin = pin;
    m_url = pollUrl(address);
    if (address.url.scheme() != "wss"_L1 && !address.isLoopback) {
        QMetaObject::invokeMethod(
            this, [this] { end(ConnectProblem::NotEncrypted); }, Qt::QueuedConnection);
        return;
    }
    // Nothing that matters is in the first request: whoever repeats it opens another session.
    post(Poll{}, {});
}

void PollTransport::send(const ClientFrame &frame)
{
    if (!m_session || m_hasEnded)
        return;
    m_outgoing.push(m_json.writeCommand(frame));
    schedule();
}

/// What is said in one turn of the loop leaves in one request.
void PollTransport::schedule(int delayMs)
{
    if (!m_timer.isActive() || m_timer.remainingTime() > delayMs)
        m_timer.start(delayMs);
}

void PollTransport::pump()
{
    if (!m_session || m_hasEnded)
        return;
    while (
        m_requests.empty() || (m_next <= m_outgoing.last() && m_requests.size() < requestsMost)) {
        Poll poll;
        poll.session = m_session;
        poll.seq = m_next;
        poll.ack = m_arrived.last();
        post(poll, m_outgoing.from(m_next, limits::clientFrameBytes));
    }
}

QNetworkRequest PollTransport::request() const
{
    QNetworkRequest request(m_url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    // Else the library offers to unpack answers, of whatever size.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(
        QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(int(limits::silenceMs));
    QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
    ssl.setProtocol(QSsl::TlsV1_2OrLater);
    request.setSslConfiguration(ssl);
    return request;
}

void PollTransport::post(Poll poll, const std::vector<QByteArray> &frames)
{
    QNetworkReply *reply = m_network.post(request(), encodePoll(poll, frames));
    reply->setReadBufferSize(limits::pollAnswerBytes + 1);
    m_next = poll.seq + std::ssize(frames);
    m_requests.emplace(reply, m_next - 1);
    connect(reply, &QNetworkReply::finished, this, [this, reply] { onFinished(reply); });
    connect(reply, &QIODevice::readyRead, this, [this, reply] {
        if (reply->bytesAvailable() > limits::pollAnswerBytes)
            end(ConnectProblem::NotAServer);
    });
}

/// Each connection below is judged anew, before anything is said on it.
void PollTransport::onEncrypted(QNetworkReply *reply)
{
    if (!m_check.accepts(reply->sslConfiguration(), {}))
        reply->abort();
}

void PollTransport::onSslErrors(QNetworkReply *reply, const QList<QSslError> &errors)
{
    m_detail = textOf(errors);
    if (m_check.accepts(reply->sslConfiguration(), errors))
        reply->ignoreSslErrors(errors);
}

void PollTransport::onFinished(QNetworkReply *reply)
{
    const auto found = m_requests.find(reply);
    if (found == m_requests.end() || m_hasEnded)
        return;
    const qint64 carriedLast = found->second;
    m_requests.erase(found);
    reply->deleteLater();
    if (m_check.problem != ConnectProblem::None)
        return end(m_check.problem);
    const int status = statusOf(*reply);
    if (status == statusGood && reply->error() == QNetworkReply::NoError)
        onAnswer(reply->readAll(), carriedLast);
    else
        onRefusal(*reply, status);
}

void PollTransport::onAnswer(const QByteArray &json, qint64 carriedLast)
{
    const auto body = decodePolled(json);
    const bool isOurs = body && (!m_session || body->head.session == *m_session)
        && body->head.ack >= 0 && body->head.ack <= m_outgoing.last();
    if (!isOurs)
        return end(ConnectProblem::NotAServer);
    m_failures = 0;
    if (!m_session)
        return onOpened(body->head.session);
    m_outgoing.acknowledge(body->head.ack);
    // What was to be said again may have arrived after all: numbers belong to what is left.
    m_next = std::max(m_next, m_outgoing.first());
    if (body->head.ack < carriedLast)
        sayAgain(body->head.ack + 1, 0);
    if (!deliver(*body))
        return;
    if (body->head.closed)
        return end(ConnectProblem::Unreachable);
    schedule();
}

void PollTransport::onOpened(const QString &name)
{
    m_session = name;
    schedule();
    emit opened();
}

/// False when that was the end.
bool PollTransport::deliver(const PollBody<Polled> &body)
{
    // Frames beyond a gap come again: every request says what is missing.
    const auto known = m_arrived.known(body.head.seq, body.frames.size());
    const QPointer<PollTransport> self(this);
    for (size_t i = known.value_or(body.frames.size()); i < body.frames.size(); ++i) {
        m_arrived.take();
        const auto frame = m_json.readServerFrame(body.frames[i]);
        if (!frame) {
            qCWarning(
                pollLog, "closing: the server sent no frame: %s", errorName(frame.error().code));
            end(ConnectProblem::NotAServer);
            return false;
        }
        emit received(*frame);
        if (!self || m_hasEnded)
            return false;
    }
    return true;
}

void PollTransport::onRefusal(const QNetworkReply &reply, int status)
{
    if (m_detail.isEmpty())
        m_detail = reply.errorString();
    if (!m_session)
        return end(status == 0 ? problemOf(reply) : ConnectProblem::NotAServer);
    if (status == statusTooMany) {
        const int seconds = std::max(reply.rawHeader("Retry-After").toInt(), 1);
        return sayAgain(
            m_outgoing.first(), std::min(seconds, retryAfterMostMs / secondMs) * secondMs);
    }
    if (status == statusNotFound || status == statusUnavailable)
        return end(ConnectProblem::Unreachable);
    const bool mayPass = status == 0 || status == statusGood || status == statusBadGateway
        || status == statusGatewayTimeout;
    if (!mayPass)
        return end(ConnectProblem::NotAServer);
    if (++m_failures > failuresMost)
        return end(ConnectProblem::Unreachable);
    sayAgain(m_outgoing.first(), m_failures * retryMs);
}

/// Whether the request or its answer was lost is not to be told: the server knows what it has.
void PollTransport::sayAgain(qint64 from, int delayMs)
{
    m_next = std::clamp(from, m_outgoing.first(), m_next);
    schedule(delayMs);
}

ConnectProblem PollTransport::problemOf(const QNetworkReply &reply) const
{
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return ConnectProblem::ServerNotFound;
    case QNetworkReply::SslHandshakeFailedError:
        return ConnectProblem::NotEncrypted;
    default:
        return ConnectProblem::Unreachable;
    }
}

void PollTransport::end(ConnectProblem problem)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_timer.stop();
    dropRequests();
    emit closed(problem);
}

void PollTransport::dropRequests()
{
    for (const auto &[reply, last] : std::exchange(m_requests, {})) {
        reply->disconnect(this);
        // It may be the one that called us.
        QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection);
        reply->deleteLater();
    }
}

void PollTransport::leave()
{
    blockSignals(true);
    m_timer.stop();
    dropRequests();
    if (std::exchange(m_hasEnded, true) || !m_session)
        return deleteLater();
    Poll poll;
    poll.session = m_session;
    poll.seq = m_outgoing.first();
    poll.ack = m_arrived.last();
    poll.close = true;
    QNetworkReply *last = m_network.post(
        request(), encodePoll(poll, m_outgoing.from(poll.seq, limits::clientFrameBytes)));
    connect(last, &QNetworkReply::finished, this, &QObject::deleteLater);
    QTimer::singleShot(leaveMs, this, &QObject::deleteLater);
}

} // namespace parley
