// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/serveraddress.h"

#include <QtNetwork/QHostAddress>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

bool isLoopbackHost(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

} // namespace

std::variant<ServerAddress, ConnectProblem> ServerAddress::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool hasScheme = trimmed.contains("://"_L1);
    QUrl url(hasScheme ? trimmed : u"none://"_s + trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return ConnectProblem::InvalidAddress;

    const bool isLoopback = isLoopbackHost(url.host());
    QString scheme = url.scheme().toLower();
    if (!hasScheme)
        scheme = isLoopback ? u"ws"_s : u"wss"_s;
    else if (scheme == "https"_L1)
        scheme = u"wss"_s;
    else if (scheme == "http"_L1)
        scheme = u"ws"_s;
    if (scheme != "wss"_L1 && scheme != "ws"_L1)
        return ConnectProblem::InvalidAddress;
    if (scheme == "ws"_L1 && !isLoopback)
        return ConnectProblem::NotEncrypted;

    url.setScheme(scheme);
    url.setQuery(QString());
    url.setFragment(QString());
    if (url.path().isEmpty())
        url.setPath(u"/"_s);
    return ServerAddress{url, isLoopback};
}

} // namespace parley
