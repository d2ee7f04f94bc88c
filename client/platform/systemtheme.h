// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QObject>

class QDBusVariant;

namespace parley {

/// What the system's owner likes to look at: dark or light, more contrast, less motion.
/// main() makes one; it lives on the GUI thread. Systems that do not say so count as light, with
/// ordinary contrast and motion.
class SystemTheme : public QObject {
    Q_OBJECT
public:
    explicit SystemTheme(QObject *parent = nullptr);

    bool isDark() const { return m_dark; }
    bool wantsContrast() const { return m_contrast; }
    bool wantsLessMotion() const { return m_lessMotion; }

signals:
    void changed();

private slots:
    void receiveSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void watchQt();
    void watchPortal();
    void apply(const QString &group, const QString &key, const QVariant &value);
    void setDark(bool dark);

    bool m_dark = false;
    bool m_contrast = false;
    bool m_lessMotion = false;
};

} // namespace parley
