// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/networknews.h"

#include <QtNetwork/QNetworkInformation>

namespace parley {

NetworkNews::NetworkNews(QObject *parent)
    : QObject(parent)
{
    // It tells whether there is a network, not every change of address.
    if (QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            &NetworkNews::interfacesChanged);
}

NetworkNews::~NetworkNews() = default;

void NetworkNews::readAll() { }

} // namespace parley
