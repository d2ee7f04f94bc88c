// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "sample.h"
#include "shared/codec/cbor.h"
#include "shared/codec/json.h"
#include "shared/protocol/frame.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace parley;

/// Every type of the protocol, derived from the lists: a new one is tested as soon as it is listed.
class TestRoundTrip : public QObject {
    Q_OBJECT

private slots:
    void carriesEveryCommandAsCbor();
    void carriesEveryCommandAsJson();
    void carriesEveryReply();
    void carriesEveryEvent();
    void namesEveryTypeOnce();
    void keysAreShortAndUnique();
    void leavesOutWhatIsAbsent();
};

namespace {

template <typename T>
void checkValue(quint32 seed)
{
    const T value = sample<T>(seed);
    const auto fromBytes = fromCbor<T>(toCbor(value));
    QVERIFY2(fromBytes, T::name);
    QVERIFY2(*fromBytes == value, T::name);
    // Through text, as it travels: numbers and bytes must survive the writing.
    const QByteArray text =
        QJsonDocument(QJsonObject{{QStringLiteral("v"), toJson(value)}}).toJson();
    const auto fromText = fromJson<T>(QJsonDocument::fromJson(text).object().value(u"v"));
    QVERIFY2(fromText, T::name);
    QVERIFY2(*fromText == value, T::name);
}

} // namespace

void TestRoundTrip::carriesEveryCommandAsCbor()
{
    Commands::forEach([]<typename T>() {
        for (quint32 seed = 1; seed < 200; seed += 17) {
            const T command = sample<T>(seed);
            const auto decoded = decodeCommand(encodeCommand(seed, command));
            QVERIFY2(std::holds_alternative<ClientFrame>(decoded), T::name);
            const auto &frame = std::get<ClientFrame>(decoded);
            QCOMPARE(frame.request, seed);
            QVERIFY2(std::get<T>(frame.command) == command, T::name);
        }
    });
}

void TestRoundTrip::carriesEveryCommandAsJson()
{
    Commands::forEach([]<typename T>() {
        const T command = sample<T>(5);
        const auto decoded = commandFromJson(commandToJson(9, command));
        QVERIFY2(std::holds_alternative<ClientFrame>(decoded), T::name);
        QVERIFY2(std::get<T>(std::get<ClientFrame>(decoded).command) == command, T::name);
    });
}

void TestRoundTrip::carriesEveryReply()
{
    Commands::forEach([]<typename T>() {
        checkValue<typename T::Reply>(3);
        const auto reply = sample<typename T::Reply>(11);
        const auto frame = decodeServerFrame(encodeReply(4, reply));
        QVERIFY2(frame, T::name);
        const Answer &answer = std::get<Answer>(*frame);
        QCOMPARE(answer.request, 4u);
        QVERIFY2(*fromCbor<typename T::Reply>(answer.body) == reply, T::name);
    });
}

void TestRoundTrip::carriesEveryEvent()
{
    Events::forEach([]<typename T>() {
        checkValue<T>(8);
        const T event = sample<T>(21);
        const auto frame = decodeServerFrame(encodeEvent(event));
        QVERIFY2(frame, T::name);
        QVERIFY2(std::get<T>(std::get<Event>(*frame)) == event, T::name);
        const auto fromText = eventFromJson(eventToJson(event));
        QVERIFY2(fromText, T::name);
        QVERIFY2(std::get<T>(*fromText) == event, T::name);
    });
}

void TestRoundTrip::namesEveryTypeOnce()
{
    QStringList names;
    Commands::forEach([&]<typename T>() { names << QLatin1String(T::name); });
    QCOMPARE(names.removeDuplicates(), 0);
    names.clear();
    Events::forEach([&]<typename T>() { names << QLatin1String(T::name); });
    QCOMPARE(names.removeDuplicates(), 0);
}

void TestRoundTrip::keysAreShortAndUnique()
{
    const auto check = []<typename T>() {
        QStringList keys;
        forEachField<T>([&](const auto &f) {
            keys << QLatin1String(f.key);
            QVERIFY(keys.last().size() <= 32);
        });
        QCOMPARE(keys.removeDuplicates(), 0);
    };
    Commands::forEach([&]<typename T>() {
        check.operator()<T>();
        if constexpr (fieldCount < typename T::Reply >> 0)
            check.operator()<typename T::Reply>();
    });
    Events::forEach([&]<typename T>() { check.operator()<T>(); });
    check.operator()<Row>();
    check.operator()<Operation>();
}

void TestRoundTrip::leavesOutWhatIsAbsent()
{
    // Two keys: which chat; nothing else is there to be said.
    const QByteArray bytes = toCbor(Typing{ChatId{}, false});
    QCOMPARE(quint8(bytes.front()), quint8(0xA1));
    const auto typing = fromCbor<Typing>(bytes);
    QVERIFY(typing);
    QVERIFY(!typing->on);
}

QTEST_APPLESS_MAIN(TestRoundTrip)
#include "tst_roundtrip.moc"
