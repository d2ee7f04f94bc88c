// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

/// What a line about a person shows. The name is ready to paint.
struct UserLine {
    Q_GADGET
    QML_VALUE_TYPE(user)
    Q_PROPERTY(QString userId MEMBER userId)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString userName MEMBER userName)
    Q_PROPERTY(int hue MEMBER hue)
    Q_PROPERTY(QString avatarKey MEMBER avatarKey)
public:
    QString userId;
    QString name;
    QString userName;
    int hue = 0;
    QString avatarKey; ///< of the picture; empty: initials
    friend bool operator==(const UserLine &, const UserLine &) = default;
};

} // namespace parley
