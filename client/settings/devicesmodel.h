// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/people.h"

#include <QtCore/QAbstractListModel>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// The devices that are signed in to the account. Owned by Settings.
class DevicesModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Settings has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role { DeviceIdRole = Qt::UserRole + 1, NameRole, LastSeenTextRole, IsThisRole };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return rowCount(); }

    /// This device first, then by when they were seen last.
    void show(std::vector<DeviceRow> devices);

signals:
    void countChanged();

private:
    std::vector<DeviceRow> m_devices;
};

} // namespace parley
