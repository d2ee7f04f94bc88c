// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/systemtheme.h"

#ifdef PARLEY_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace parley {

#ifdef PARLEY_DBUS

namespace {

// https://flatpak.github.io/xdg-desktop-portal: org.freedesktop.portal.Settings
const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString desktop = QStringLiteral("org.gnome.desktop.interface");
const QString colorScheme = QStringLiteral("color-scheme");
const QString contrast = QStringLiteral("contrast");
const QString animations = QStringLiteral("enable-animations");

constexpr uint preferDark = 1;
constexpr uint moreContrast = 1;

/// Read answers with a variant in a variant.
QVariant unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

void SystemTheme::watchPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
        SLOT(receiveSetting(QString, QString, QDBusVariant)));

    const std::initializer_list<std::pair<QString, QString>> wanted{
        {appearance, colorScheme}, {appearance, contrast}, {desktop, animations}};
    for (const auto &setting : wanted) {
        QDBusMessage read =
            QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
        read << setting.first << setting.second;
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, setting] {
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            watcher->deleteLater();
            if (reply.isValid())
                apply(setting.first, setting.second, unwrapped(reply.value().variant()));
        });
    }
}

void SystemTheme::receiveSetting(
    const QString &group, const QString &key, const QDBusVariant &value)
{
    apply(group, key, unwrapped(value.variant()));
}

void SystemTheme::apply(const QString &group, const QString &key, const QVariant &value)
{
    if (group == appearance && key == colorScheme) {
        setDark(value.toUInt() == preferDark);
    } else if (group == appearance && key == contrast) {
        m_contrast = value.toUInt() == moreContrast;
        emit changed();
    } else if (group == desktop && key == animations) {
        m_lessMotion = !value.toBool();
        emit changed();
    }
}

#else

void SystemTheme::watchPortal() { }

void SystemTheme::receiveSetting(const QString &, const QString &, const QDBusVariant &) { }

void SystemTheme::apply(const QString &, const QString &, const QVariant &) { }

#endif

} // namespace parley
