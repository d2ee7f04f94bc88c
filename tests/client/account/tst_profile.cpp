// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/account/accountfile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace parley;

class ProfileTest : public QObject {
    Q_OBJECT
private slots:
    void keepsPeopleApart();
    void refusesNamesThatLeadElsewhere_data();
    void refusesNamesThatLeadElsewhere();
    void isClosedToOtherUsers();
    void keepsAnAccountButNoToken();
    void saysWhenAnAccountIsDamaged();
};

void ProfileTest::keepsPeopleApart()
{
    const auto one = Profile::at(QStringLiteral("/data"), QStringLiteral("anna"));
    const auto two = Profile::at(QStringLiteral("/data"), QString());
    QCOMPARE(one->folder(), QStringLiteral("/data/profiles/anna"));
    QCOMPARE(two->folder(), QStringLiteral("/data/profiles/default"));
    QVERIFY(!Profile::at(QString(), QString())->folder().isEmpty());
}

void ProfileTest::refusesNamesThatLeadElsewhere_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("parent") << QStringLiteral("..") << false;
    QTest::newRow("hidden") << QStringLiteral(".ssh") << false;
    QTest::newRow("path") << QStringLiteral("a/b") << false;
    QTest::newRow("absolute") << QStringLiteral("/etc") << false;
    QTest::newRow("line end") << QStringLiteral("a\n") << false;
    QTest::newRow("at the limit") << QString(64, u'a') << true;
    QTest::newRow("one past it") << QString(65, u'a') << false;
    QTest::newRow("usual") << QStringLiteral("anna-2.work_x") << true;
}

void ProfileTest::refusesNamesThatLeadElsewhere()
{
    QFETCH(QString, name);
    QFETCH(bool, isAllowed);
    QCOMPARE(bool(Profile::at(QStringLiteral("/data"), name)), isAllowed);
}

void ProfileTest::isClosedToOtherUsers()
{
    const QTemporaryDir folder;
    const auto profile = Profile::at(folder.path(), QStringLiteral("anna"));
    QVERIFY(profile->make());
    QVERIFY(writePrivately(profile->file(QStringLiteral("secret")), "x"));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(profile->folder()) & others));
    QVERIFY(!(QFile::permissions(profile->file(QStringLiteral("secret"))) & others));
}

void ProfileTest::keepsAnAccountButNoToken()
{
    const QTemporaryDir folder;
    const auto profile = Profile::at(folder.path(), QStringLiteral("anna"));
    QVERIFY(profile->make());
    const AccountFile file(*profile);
    QCOMPARE(file.load().error().code, ErrorCode::NotFound);
    StoredAccount account;
    account.address = QStringLiteral("wss://chat.example/");
    account.serverName = QStringLiteral("Our chat");
    account.user = *UserId::fromBytes(QByteArray(16, 'u'));
    account.userName = QStringLiteral("anna");
    account.device = *DeviceId::fromBytes(QByteArray(16, 'd'));
    account.fingerprint = QByteArray(32, 'f');
    for (const auto place : {TokenPlace::Keychain, TokenPlace::File, TokenPlace::Memory}) {
        account.tokenPlace = place;
        QVERIFY(file.save(account));
        QCOMPARE(*file.load(), account);
    }
    QVERIFY(file.remove());
    QCOMPARE(file.load().error().code, ErrorCode::NotFound);
}

void ProfileTest::saysWhenAnAccountIsDamaged()
{
    const QTemporaryDir folder;
    const auto profile = Profile::at(folder.path(), QStringLiteral("anna"));
    QVERIFY(profile->make());
    QVERIFY(writePrivately(profile->file(QStringLiteral("account.json")), "{\"address\":"));
    QCOMPARE(AccountFile(*profile).load().error().code, ErrorCode::Damaged);
}

QTEST_GUILESS_MAIN(ProfileTest)
#include "tst_profile.moc"
