// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/settings/profilesettings.h"

#include "client/app/screenworld.h"

namespace parley {

namespace {

QString themeKey()
{
    return QStringLiteral("appearance/theme");
}
QString accentKey()
{
    return QStringLiteral("appearance/accent");
}
QString textScaleKey()
{
    return QStringLiteral("appearance/textScale");
}
QString contrastKey()
{
    return QStringLiteral("appearance/increasedContrast");
}
QString motionKey()
{
    return QStringLiteral("appearance/reducedMotion");
}
QString enterKey()
{
    return QStringLiteral("input/enterSends");
}

// A file that was edited by hand may say anything.
int bounded(const QVariant &value, int most, int otherwise)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    return isNumber && number >= 0 && number <= most ? number : otherwise;
}

std::optional<bool> chosen(const QSettings &file, const QString &key)
{
    return file.contains(key) ? std::optional(file.value(key).toBool()) : std::nullopt;
}

qreal boundedScale(qreal scale)
{
    return std::clamp(scale, ProfileSettings::textScaleLeast, ProfileSettings::textScaleMost);
}

} // namespace

ProfileSettings::ProfileSettings(
    Client &client, Tickets &tickets, const QString &file, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_tickets(tickets)
    , m_file(file, QSettings::IniFormat)
{
    m_theme = static_cast<Theme>(bounded(m_file.value(themeKey()), Dark, System));
    m_accent = bounded(m_file.value(accentKey()), accentCount - 1, 0);
    bool isNumber = false;
    const auto scale = m_file.value(textScaleKey()).toReal(&isNumber);
    m_textScale = isNumber ? boundedScale(scale) : 1.0;
    m_increasedContrast = chosen(m_file, contrastKey());
    m_reducedMotion = chosen(m_file, motionKey());
    m_enterSends = m_file.value(enterKey(), true).toBool();
    connect(&client, &Client::devicesReady, this,
        [this](quint64 ticket, const std::vector<DeviceRow> &devices) {
            if (ticket == m_devicesTicket)
                receiveDevices(devices);
        });
    connect(&client, &Client::answered, this, &ProfileSettings::receiveAnswer);
}

void ProfileSettings::receiveDevices(const std::vector<DeviceRow> &devices)
{
    m_devicesTicket = 0;
    m_devicesFailed = false;
    m_devices.show(devices);
    emit loadingDevicesChanged();
}

void ProfileSettings::receiveAnswer(quint64 ticket, const std::optional<ErrorCode> &refusal)
{
    if (ticket != 0 && ticket == m_devicesTicket && refusal) {
        m_devicesTicket = 0;
        m_devicesFailed = true;
        emit loadingDevicesChanged();
    } else if (ticket != 0 && ticket == m_revokeTicket) {
        m_revokeTicket = 0;
        if (refusal)
            emit revokeRefused(static_cast<int>(*refusal));
        refreshDevices();
    }
}

void ProfileSettings::setTheme(Theme theme)
{
    m_file.setValue(themeKey(), static_cast<int>(theme));
    overrideTheme(theme);
}

void ProfileSettings::overrideTheme(Theme theme)
{
    if (m_theme == theme)
        return;
    const bool wasDark = isDark();
    m_theme = theme;
    emit themeChanged();
    if (wasDark != isDark())
        emit darkChanged();
}

void ProfileSettings::followSystem(const Desktop &desktop)
{
    const bool wasDark = isDark();
    m_desktop = desktop;
    if (wasDark != isDark())
        emit darkChanged();
    emit increasedContrastChanged();
    emit reducedMotionChanged();
}

void ProfileSettings::setAccent(int accent)
{
    if (accent == m_accent || accent < 0 || accent >= accentCount)
        return;
    m_accent = accent;
    m_file.setValue(accentKey(), accent);
    emit accentChanged();
}

void ProfileSettings::setTextScale(qreal scale)
{
    const auto wanted = boundedScale(scale);
    if (qFuzzyCompare(wanted, m_textScale))
        return;
    m_textScale = wanted;
    m_file.setValue(textScaleKey(), wanted);
    emit textScaleChanged();
}

void ProfileSettings::setIncreasedContrast(bool on)
{
    if (on == increasedContrast())
        return;
    m_increasedContrast = on;
    m_file.setValue(contrastKey(), on);
    emit increasedContrastChanged();
}

void ProfileSettings::setReducedMotion(bool on)
{
    if (on == reducedMotion())
        return;
    m_reducedMotion = on;
    m_file.setValue(motionKey(), on);
    emit reducedMotionChanged();
}

void ProfileSettings::setEnterSends(bool on)
{
    if (on == m_enterSends)
        return;
    m_enterSends = on;
    m_file.setValue(enterKey(), on);
    emit enterSendsChanged();
}

void ProfileSettings::setSendReceipts(bool on)
{
    auto privacy = m_privacy;
    privacy.receiptsOff = !on;
    setPrivacy(privacy);
}

void ProfileSettings::setSendTyping(bool on)
{
    auto privacy = m_privacy;
    privacy.typingOff = !on;
    setPrivacy(privacy);
}

void ProfileSettings::setShowPresence(bool on)
{
    auto privacy = m_privacy;
    privacy.presenceOff = !on;
    setPrivacy(privacy);
}

void ProfileSettings::setPrivacy(const Privacy &privacy)
{
    if (privacy == m_privacy)
        return;
    applyPrivacy(privacy);
    m_client.setPrivacy(privacy);
}

void ProfileSettings::applyPrivacy(const Privacy &privacy)
{
    if (privacy == m_privacy)
        return;
    m_privacy = privacy;
    emit privacyChanged();
}

void ProfileSettings::refreshDevices()
{
    m_devicesFailed = false;
    m_devicesTicket = m_tickets.next();
    m_client.requestDevices(m_devicesTicket);
    emit loadingDevicesChanged();
}

void ProfileSettings::revoke(const QString &deviceId)
{
    const auto device = DeviceId::fromText(deviceId.toLatin1());
    if (!device)
        return;
    m_revokeTicket = m_tickets.next();
    m_client.revokeDevice(m_revokeTicket, *device);
}

void ProfileSettings::signOut()
{
    m_client.signOut();
}

void ProfileSettings::sync()
{
    m_file.sync();
}

} // namespace parley
