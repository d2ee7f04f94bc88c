// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/client.h"
#include "client/settings/devicesmodel.h"

#include <QtCore/QObject>
#include <QtCore/QSettings>
#include <QtCore/QTimer>

namespace parley {

class Tickets;

/// What a person has chosen: appearance and input in a file of the profile, privacy on the server.
/// Owned by main(), lives on the screen's thread.
class ProfileSettings : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Settings)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(bool dark READ isDark NOTIFY darkChanged)
    Q_PROPERTY(int accent READ accent WRITE setAccent NOTIFY accentChanged)
    Q_PROPERTY(qreal textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged)
    Q_PROPERTY(bool increasedContrast READ increasedContrast WRITE setIncreasedContrast NOTIFY
            increasedContrastChanged)
    Q_PROPERTY(
        bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
    Q_PROPERTY(bool enterSends READ enterSends WRITE setEnterSends NOTIFY enterSendsChanged)
    Q_PROPERTY(bool sendReceipts READ sendReceipts WRITE setSendReceipts NOTIFY privacyChanged)
    Q_PROPERTY(bool sendTyping READ sendTyping WRITE setSendTyping NOTIFY privacyChanged)
    Q_PROPERTY(bool showPresence READ showPresence WRITE setShowPresence NOTIFY privacyChanged)
    Q_PROPERTY(parley::DevicesModel *devices READ devices CONSTANT)
    Q_PROPERTY(bool loadingDevices READ isLoadingDevices NOTIFY loadingDevicesChanged)
    Q_PROPERTY(bool devicesFailed READ haveDevicesFailed NOTIFY loadingDevicesChanged)
public:
    enum Theme { System, Light, Dark };
    Q_ENUM(Theme)

    static constexpr int accentCount = 6;
    static constexpr qreal textScaleLeast = 0.85;
    static constexpr qreal textScaleMost = 2.0;

    ProfileSettings(
        Client &client, Tickets &tickets, const QString &file, QObject *parent = nullptr);

    Theme theme() const { return m_theme; }
    void setTheme(Theme theme);
    /// The theme in use: System resolved.
    bool isDark() const { return m_theme == Dark || (m_theme == System && m_desktop.isDark); }
    /// What the desktop says; it holds where the person has chosen nothing.
    struct Desktop {
        bool isDark = false;
        bool wantsContrast = false;
        bool wantsLessMotion = false;
    };
    void followSystem(const Desktop &desktop);
    /// For this run alone, as the command line says.
    void overrideTheme(Theme theme);
    int accent() const { return m_accent; }
    void setAccent(int accent);
    qreal textScale() const { return m_textScale; }
    void setTextScale(qreal scale);
    bool increasedContrast() const { return m_increasedContrast.value_or(m_desktop.wantsContrast); }
    void setIncreasedContrast(bool on);
    bool reducedMotion() const { return m_reducedMotion.value_or(m_desktop.wantsLessMotion); }
    void setReducedMotion(bool on);
    bool enterSends() const { return m_enterSends; }
    void setEnterSends(bool on);

    bool sendReceipts() const { return !m_privacy.receiptsOff; }
    void setSendReceipts(bool on);
    bool sendTyping() const { return !m_privacy.typingOff; }
    void setSendTyping(bool on);
    bool showPresence() const { return !m_privacy.presenceOff; }
    void setShowPresence(bool on);
    void applyPrivacy(const Privacy &privacy);

    DevicesModel *devices() { return &m_devices; }
    bool isLoadingDevices() const { return m_devicesTicket != 0; }
    bool haveDevicesFailed() const { return m_devicesFailed; }
    Q_INVOKABLE void refreshDevices();
    Q_INVOKABLE void revoke(const QString &deviceId);
    Q_INVOKABLE void signOut();
    /// To the disk, now.
    void sync();

signals:
    void themeChanged();
    void darkChanged();
    void accentChanged();
    void textScaleChanged();
    void increasedContrastChanged();
    void reducedMotionChanged();
    void enterSendsChanged();
    void privacyChanged();
    void loadingDevicesChanged();
    /// ErrorCode of the refusal.
    void revokeRefused(int code);

private:
    void setPrivacy(const Privacy &privacy);
    void receiveDevices(const std::vector<DeviceRow> &devices);
    void receiveAnswer(quint64 ticket, const std::optional<ErrorCode> &refusal);

    Client &m_client;
    Tickets &m_tickets;
    QSettings m_file;
    Theme m_theme = System;
    Desktop m_desktop;
    int m_accent = 0;
    qreal m_textScale = 1.0;
    std::optional<bool> m_increasedContrast;
    std::optional<bool> m_reducedMotion;
    bool m_enterSends = true;
    Privacy m_privacy;
    DevicesModel m_devices;
    quint64 m_devicesTicket = 0;
    quint64 m_revokeTicket = 0;
    bool m_devicesFailed = false;
};

} // namespace parley
