// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/queue/serialise.h"
#include "tests/server/queue/filled.h"

#include <QtTest/QTest>

using namespace parley;

/// Everything that crosses the queue survives as bytes.
class tst_Serialise : public QObject {
    Q_OBJECT

private slots:
    void bringsEveryCommandAcross();
    void bringsEveryOutputAcross();
    void bringsEmptyValuesAcross();
    void refusesUnknownTypes();
    void refusesEveryTruncation();
};

void tst_Serialise::bringsEveryCommandAcross()
{
    Filler filler;
    int count = 0;
    ServiceCommands::forEach([&]<typename T>() {
        const Queued command{filler.make<Origin>(), filler.make<T>()};
        const auto read = queuedFromBytes(toBytes(command));
        QVERIFY2(read, T::name);
        QCOMPARE(read->origin, command.origin);
        QVERIFY2(std::holds_alternative<T>(read->command), T::name);
        QCOMPARE(toBytes(*read), toBytes(command));
        ++count;
    });
    QCOMPARE(count, 18);
}

void tst_Serialise::bringsEveryOutputAcross()
{
    Filler filler;
    int count = 0;
    ServiceOutputs::forEach([&]<typename T>() {
        const ServiceOutput output{filler.make<T>()};
        const auto read = outputFromBytes(toBytes(output));
        QVERIFY2(read, T::name);
        QVERIFY2(std::holds_alternative<T>(*read), T::name);
        QCOMPARE(toBytes(*read), toBytes(output));
        ++count;
    });
    QCOMPARE(count, 5);
}

void tst_Serialise::bringsEmptyValuesAcross()
{
    ServiceCommands::forEach([&]<typename T>() {
        QVERIFY2(queuedFromBytes(toBytes(Queued{{}, T()})), T::name);
    });
    ServiceOutputs::forEach(
        [&]<typename T>() { QVERIFY2(outputFromBytes(toBytes(ServiceOutput(T()))), T::name); });
}

void tst_Serialise::refusesUnknownTypes()
{
    QByteArray bytes = toBytes(Queued{{}, Detach{}});
    bytes.replace("detach", "attack");
    QCOMPARE(queuedFromBytes(bytes).error().code, ErrorCode::Unsupported);
    QVERIFY(!outputFromBytes(toBytes(Queued{{}, Detach{}})));
}

void tst_Serialise::refusesEveryTruncation()
{
    const QByteArray bytes = toBytes(Queued{{}, SignUp{}});
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(!queuedFromBytes(bytes.left(size)));
    QVERIFY(!queuedFromBytes(bytes + 'x'));
}

QTEST_GUILESS_MAIN(tst_Serialise)
#include "tst_serialise.moc"
