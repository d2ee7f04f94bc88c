// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/settings/devicesmodel.h"

#include "client/app/times.h"
#include "client/timeline/presenter.h"

#include <QtCore/QDateTime>

namespace parley {

int DevicesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_devices.size());
}

QHash<int, QByteArray> DevicesModel::roleNames() const
{
    return {{DeviceIdRole, "deviceId"}, {NameRole, "name"}, {LastSeenTextRole, "lastSeenText"},
        {IsThisRole, "isThis"}};
}

QVariant DevicesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto &device = m_devices[static_cast<size_t>(index.row())];
    switch (role) {
    case DeviceIdRole:
        return device.id.text();
    case NameRole:
        return cleanName(device.deviceName);
    case LastSeenTextRole:
        return times::lastSeen(device.lastSeen, QDate::currentDate());
    case IsThisRole:
        return device.current;
    default:
        return {};
    }
}

void DevicesModel::show(std::vector<DeviceRow> devices)
{
    std::sort(devices.begin(), devices.end(), [](const DeviceRow &one, const DeviceRow &other) {
        return std::tuple(!one.current, -one.lastSeen, one.id)
            < std::tuple(!other.current, -other.lastSeen, other.id);
    });
    if (devices == m_devices)
        return;
    beginResetModel();
    m_devices = std::move(devices);
    endResetModel();
    emit countChanged();
}

} // namespace parley
