// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/weatherforecast.h"

#include "tests/support/tcpproxy.h"

namespace parley {

namespace {

constexpr quint32 gustMostMs = 700;
constexpr quint32 delayMostMs = 200;
constexpr quint32 narrowLeastBytes = 8 * 1024;
constexpr quint32 narrowMostBytes = 256 * 1024;

struct Share {
    WeatherForecast::Kind kind;
    quint32 percent;
};
constexpr Share shares[] = {
    {WeatherForecast::Kind::Cut, 50},
    {WeatherForecast::Kind::CutAll, 4},
    {WeatherForecast::Kind::SilenceBoth, 2},
    {WeatherForecast::Kind::SilenceToClient, 2},
    {WeatherForecast::Kind::SilenceToServer, 2},
    {WeatherForecast::Kind::Delay, 12},
    {WeatherForecast::Kind::Narrow, 8},
    {WeatherForecast::Kind::Clear, 20},
};

} // namespace

WeatherForecast::Gust WeatherForecast::next()
{
    Gust gust;
    gust.afterMs = static_cast<int>(m_random() % gustMostMs);
    quint32 drawn = static_cast<quint32>(m_random() % 100);
    for (const Share &share : shares) {
        gust.kind = share.kind;
        if (drawn < share.percent)
            break;
        drawn -= share.percent;
    }
    gust.number = static_cast<quint32>(m_random());
    return gust;
}

void WeatherForecast::apply(const Gust &gust, TcpProxy &proxy)
{
    switch (gust.kind) {
    case Kind::Cut:
        return proxy.cutOne(gust.number);
    case Kind::CutAll:
        return proxy.cutAll();
    case Kind::SilenceBoth:
        return proxy.halfOpenOne(gust.number, TcpProxy::Silence::BothWays);
    case Kind::SilenceToClient:
        return proxy.halfOpenOne(gust.number, TcpProxy::Silence::ToClient);
    case Kind::SilenceToServer:
        return proxy.halfOpenOne(gust.number, TcpProxy::Silence::ToServer);
    case Kind::Delay:
        return proxy.setDelayMs(static_cast<int>(gust.number % delayMostMs));
    case Kind::Narrow:
        return proxy.setBytesPerSecond(
            static_cast<int>(narrowLeastBytes + gust.number % narrowMostBytes));
    case Kind::Clear:
        proxy.setDelayMs(0);
        return proxy.setBytesPerSecond(0);
    }
}

QString WeatherForecast::nameOf(Kind kind)
{
    static const char *const names[kinds] = {"cut", "cut all", "silent both ways",
        "silent to client", "silent to server", "delayed", "narrow", "clear"};
    return QString::fromLatin1(names[static_cast<int>(kind)]);
}

} // namespace parley
