// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/settings/profilesettings.h"

#include "client/app/screenworld.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

class TestProfileSettings : public QObject {
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void beginsWithWhatMostPeopleWant()
    {
        const auto settings = open();
        QCOMPARE(settings->theme(), ProfileSettings::System);
        QCOMPARE(settings->textScale(), 1.0);
        QVERIFY(settings->enterSends() && settings->sendReceipts() && settings->sendTyping()
            && settings->showPresence());
        QVERIFY(!settings->increasedContrast() && !settings->reducedMotion());
    }

    void keepsWhatWasChosen()
    {
        auto settings = open();
        settings->setTheme(ProfileSettings::Dark);
        settings->setAccent(3);
        settings->setTextScale(1.3);
        settings->setEnterSends(false);
        settings->setIncreasedContrast(true);
        settings->setReducedMotion(true);
        settings.reset();
        settings = open();
        QCOMPARE(settings->theme(), ProfileSettings::Dark);
        QVERIFY(settings->isDark());
        QCOMPARE(settings->accent(), 3);
        QCOMPARE(settings->textScale(), 1.3);
        QVERIFY(!settings->enterSends() && settings->increasedContrast());
        QVERIFY(settings->reducedMotion());
    }

    void keepsNoThemeThatWasMeantForOneRun()
    {
        auto settings = open();
        settings->overrideTheme(ProfileSettings::Dark);
        QVERIFY(settings->isDark());
        settings.reset();
        QCOMPARE(open()->theme(), ProfileSettings::System);
    }

    void followsTheDesktopWhereNothingWasChosen()
    {
        const auto settings = open();
        QSignalSpy dark(settings.get(), &ProfileSettings::darkChanged);
        settings->followSystem({true, true, true});
        QVERIFY(settings->isDark() && settings->increasedContrast() && settings->reducedMotion());
        QCOMPARE(dark.size(), 1);
        settings->setTheme(ProfileSettings::Light);
        settings->setIncreasedContrast(false);
        QVERIFY(!settings->isDark() && !settings->increasedContrast());
        settings->followSystem({false, true, false});
        QVERIFY(!settings->increasedContrast() && !settings->reducedMotion());
    }

    void boundsEverything()
    {
        const auto settings = open();
        settings->setTextScale(0.1);
        QCOMPARE(settings->textScale(), ProfileSettings::textScaleLeast);
        settings->setTextScale(9);
        QCOMPARE(settings->textScale(), ProfileSettings::textScaleMost);
        settings->setAccent(ProfileSettings::accentCount - 1);
        settings->setAccent(ProfileSettings::accentCount);
        settings->setAccent(-1);
        QCOMPARE(settings->accent(), ProfileSettings::accentCount - 1);
    }

    void survivesAFileThatSaysNonsense()
    {
        QFile file(m_folder->filePath(QStringLiteral("settings.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[appearance]\ntheme=99\naccent=pink\ntextScale=huge\n\x00\xff[[[\n");
        file.close();
        const auto settings = open();
        QCOMPARE(settings->theme(), ProfileSettings::System);
        QCOMPARE(settings->accent(), 0);
        QCOMPARE(settings->textScale(), 1.0);
    }

    void showsThisDeviceFirst()
    {
        const auto settings = open();
        DeviceRow old;
        old.deviceName = QStringLiteral("old");
        old.lastSeen = 1'000;
        DeviceRow mine = old;
        mine.deviceName = QStringLiteral("mine");
        mine.lastSeen = 500;
        mine.current = true;
        auto &devices = *settings->devices();
        devices.show({old, mine});
        QCOMPARE(devices.count(), 2);
        QCOMPARE(devices.data(devices.index(0), DevicesModel::NameRole).toString(),
            QStringLiteral("mine"));
    }

    void saysWhenDevicesCannotBeListed()
    {
        // A client without an account refuses at once.
        const auto settings = open();
        settings->refreshDevices();
        QVERIFY(settings->haveDevicesFailed() && !settings->isLoadingDevices());
    }

private:
    std::unique_ptr<ProfileSettings> open()
    {
        m_tickets = Tickets();
        return std::make_unique<ProfileSettings>(
            m_client, m_tickets, m_folder->filePath(QStringLiteral("settings.ini")));
    }

    Client m_client{ClientOptions{}};
    Tickets m_tickets;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestProfileSettings)
#include "tst_profilesettings.moc"
