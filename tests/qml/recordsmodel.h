// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QAbstractListModel>
#include <QVariantList>
#include <QVariantMap>

namespace parley {

/// A list of plain records, as scenes write them, with the roles that its defaults name.
/// Test code only; QML owns it.
class RecordsModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(QVariantList records READ records WRITE setRecords NOTIFY recordsChanged)
    Q_PROPERTY(QVariantMap defaults READ defaults WRITE setDefaults NOTIFY defaultsChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    using QAbstractListModel::QAbstractListModel;

    QVariantList records() const { return m_records; }
    void setRecords(const QVariantList &records);
    QVariantMap defaults() const { return m_defaults; }
    void setDefaults(const QVariantMap &defaults);
    int count() const { return static_cast<int>(m_records.size()); }

    /// Row 0 becomes another one.
    Q_INVOKABLE void insertRecord(int row, const QVariantMap &record);
    Q_INVOKABLE void changeRecord(int row, const QVariantMap &changes);
    Q_INVOKABLE void appendRecords(const QVariantList &records);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void recordsChanged();
    void defaultsChanged();
    void countChanged();

private:
    QVariantList m_records;
    QVariantMap m_defaults;
};

} // namespace parley
