// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/qml/recordsmodel.h"

namespace parley {

void RecordsModel::setRecords(const QVariantList &records)
{
    beginResetModel();
    m_records = records;
    endResetModel();
    emit recordsChanged();
    emit countChanged();
}

void RecordsModel::setDefaults(const QVariantMap &defaults)
{
    beginResetModel();
    m_defaults = defaults;
    endResetModel();
    emit defaultsChanged();
}

void RecordsModel::insertRecord(int row, const QVariantMap &record)
{
    beginInsertRows({}, row, row);
    m_records.insert(row, record);
    endInsertRows();
    emit countChanged();
}

void RecordsModel::changeRecord(int row, const QVariantMap &changes)
{
    QVariantMap record = m_records[row].toMap();
    record.insert(changes);
    m_records[row] = record;
    emit dataChanged(index(row), index(row));
}

void RecordsModel::appendRecords(const QVariantList &records)
{
    if (records.isEmpty())
        return;
    const int first = count();
    beginInsertRows({}, first, first + static_cast<int>(records.size()) - 1);
    m_records += records;
    endInsertRows();
    emit countChanged();
}

int RecordsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant RecordsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const QString name = QString::fromUtf8(roleNames().value(role));
    const QVariantMap record = m_records[index.row()].toMap();
    return record.value(name, m_defaults.value(name));
}

QHash<int, QByteArray> RecordsModel::roleNames() const
{
    QHash<int, QByteArray> names;
    int role = Qt::UserRole;
    for (auto it = m_defaults.keyBegin(); it != m_defaults.keyEnd(); ++it)
        names.insert(++role, it->toUtf8());
    return names;
}

} // namespace parley
