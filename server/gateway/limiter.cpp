// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/limiter.h"

namespace parley {
namespace {

constexpr qint64 secondMs = 1'000;
constexpr qint64 minuteMs = 60'000;
constexpr int networkBytes = 8; ///< of an IPv6 address: what one subscriber has

} // namespace

QString addressKey(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return QHostAddress(ipv4).toString();
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + networkBytes, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes).toString();
}

QString addressForLog(const QString &addressKey)
{
    const qsizetype end = std::max(addressKey.lastIndexOf(u'.'), addressKey.indexOf(u"::"));
    return addressKey.left(std::max<qsizetype>(end, 0)) + QStringLiteral(".*");
}

Limiter::Limiter(const Config &config)
    : m_limits(config.limits)
    , m_commands(Rate{m_limits.commandsBurst, m_limits.commandsPerSecond, secondMs})
    , m_addresses(Rate{m_limits.addressBurst, m_limits.addressPerSecond, secondMs})
    , m_messages(
          Rate{m_limits.announced.messagesBurst, m_limits.announced.messagesPerSecond, secondMs})
    , m_finds(Rate{m_limits.findsBurst, m_limits.findsPerMinute, minuteMs})
    , m_throttle(SignInThrottle::Limits{
          config.accounts.attemptsPerMinute, config.accounts.addressAttemptsPerMinute})
{
}

Limiter::Admission Limiter::admit(const QString &address)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_pendingByAddress.find(address);
    const qint64 fromHere = found == m_pendingByAddress.end() ? 0 : found->second;
    if (fromHere >= m_limits.pendingPerAddress || m_pending >= m_limits.pending
        || m_connections >= m_limits.connections)
        return Admission::Refused;
    ++m_pendingByAddress[address];
    ++m_pending;
    ++m_connections;
    return Admission::Admitted;
}

void Limiter::signedIn(const QString &address)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_pendingByAddress.find(address);
    if (found != m_pendingByAddress.end() && --found->second == 0)
        m_pendingByAddress.erase(found);
    --m_pending;
}

void Limiter::release(const QString &address, Stage stage)
{
    if (stage == Stage::Pending)
        signedIn(address);
    const QMutexLocker lock(&m_mutex);
    --m_connections;
}

qint64 Limiter::connections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections;
}

Verdict Limiter::command(
    const UserId &user, const QString &address, const Command &command, qint64 nowMs)
{
    const QMutexLocker lock(&m_mutex);
    if (const Verdict verdict = m_addresses.take(address, 1, nowMs); verdict.kind)
        return verdict;
    if (const Verdict verdict = m_commands.take(user, 1, nowMs); verdict.kind)
        return verdict;
    if (const auto *send = std::get_if<Send>(&command))
        return m_messages.take(user, std::ssize(send->operations), nowMs);
    if (std::holds_alternative<FindUser>(command))
        return m_finds.take(user, 1, nowMs);
    return {};
}

Verdict Limiter::request(const QString &address, qint64 nowMs)
{
    const QMutexLocker lock(&m_mutex);
    return m_addresses.take(address, 1, nowMs);
}

std::optional<qint64> Limiter::beginSignIn(
    const QString &address, const QString &account, qint64 nowMs)
{
    const QMutexLocker lock(&m_mutex);
    return m_throttle.begin(address, account, nowMs);
}

void Limiter::signInSucceeded(const QString &address, const QString &account)
{
    const QMutexLocker lock(&m_mutex);
    m_throttle.succeeded(address, account);
}

} // namespace parley
