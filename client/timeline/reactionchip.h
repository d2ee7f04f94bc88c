// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QStringList>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// One kind of reaction under a message.
struct ReactionChip {
    Q_GADGET
    QML_VALUE_TYPE(reaction)
    Q_PROPERTY(QString emoji MEMBER emoji)
    Q_PROPERTY(int count MEMBER count)
    Q_PROPERTY(bool mine MEMBER mine)
    Q_PROPERTY(QStringList names MEMBER names)
public:
    QString emoji;
    int count = 0;
    bool mine = false;
    QStringList names;
    friend bool operator==(const ReactionChip &, const ReactionChip &) = default;
};

} // namespace parley
