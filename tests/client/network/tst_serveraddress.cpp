// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/network/serveraddress.h"

#include <QtTest/QTest>

using namespace parley;

class ServerAddressTest : public QObject {
    Q_OBJECT
private slots:
    void takesWhatAPersonTypes_data();
    void takesWhatAPersonTypes();
    void refusesTheRest_data();
    void refusesTheRest();
};

void ServerAddressTest::takesWhatAPersonTypes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *typed, const char *url) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(url);
    };
    row("chat.example.org", "wss://chat.example.org/");
    row("  chat.example.org ", "wss://chat.example.org/");
    row("chat.example.org:8443", "wss://chat.example.org:8443/");
    row("https://chat.example.org", "wss://chat.example.org/");
    row("https://chat.example.org/parley", "wss://chat.example.org/parley");
    row("wss://chat.example.org:1/?token=x#y", "wss://chat.example.org:1/");
    row("HTTPS://Chat.Example.org", "wss://chat.example.org/");
    row("localhost:8008", "ws://localhost:8008/");
    row("127.0.0.1:8008", "ws://127.0.0.1:8008/");
    row("[::1]:8008", "ws://[::1]:8008/");
    row("http://127.0.0.9:1", "ws://127.0.0.9:1/");
    row("wss://localhost:8443", "wss://localhost:8443/");
    row("192.168.1.5:8443", "wss://192.168.1.5:8443/");
    row("[2001:db8::1]", "wss://[2001:db8::1]/");
}

void ServerAddressTest::takesWhatAPersonTypes()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    const auto parsed = ServerAddress::parse(typed);
    const auto *address = std::get_if<ServerAddress>(&parsed);
    QVERIFY(address);
    QCOMPARE(address->text(), url);
}

void ServerAddressTest::refusesTheRest_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<ConnectProblem>("problem");
    const auto row = [](const char *typed, ConnectProblem problem) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << problem;
    };
    row("", ConnectProblem::InvalidAddress);
    row("://", ConnectProblem::InvalidAddress);
    row("chat example", ConnectProblem::InvalidAddress);
    row("chat.example.org:99999", ConnectProblem::InvalidAddress);
    row("ftp://chat.example.org", ConnectProblem::InvalidAddress);
    row("file:///etc/passwd", ConnectProblem::InvalidAddress);
    row("https://user:secret@chat.example.org", ConnectProblem::InvalidAddress);
    row("ws://chat.example.org", ConnectProblem::NotEncrypted);
    row("http://chat.example.org", ConnectProblem::NotEncrypted);
    row("ws://192.168.1.5:8008", ConnectProblem::NotEncrypted);
    row("ws://localhost.example.org", ConnectProblem::NotEncrypted);
    row("ws://127.0.0.1.example.org", ConnectProblem::NotEncrypted);
}

void ServerAddressTest::refusesTheRest()
{
    QFETCH(QString, typed);
    QFETCH(ConnectProblem, problem);
    const auto parsed = ServerAddress::parse(typed);
    const auto *found = std::get_if<ConnectProblem>(&parsed);
    QVERIFY(found);
    QCOMPARE(*found, problem);
}

QTEST_APPLESS_MAIN(ServerAddressTest)
#include "tst_serveraddress.moc"
