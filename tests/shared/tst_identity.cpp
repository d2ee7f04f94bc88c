// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"
#include "shared/error.h"
#include "shared/random.h"
#include "shared/result.h"
#include "shared/uuid7.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QtTest>

#include <set>

using namespace parley;

namespace {
/// Bytes that rise: what comes out can be written down in a test.
class CountingRandom : public Random {
public:
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = m_next++;
    }

private:
    quint8 m_next = 0;
};

template <typename IdType>
IdType idOf(char fill)
{
    return *IdType::fromBytes(QByteArray(16, fill));
}
} // namespace

class TestIdentity : public QObject {
    Q_OBJECT

private slots:
    void composesTheExampleOfRfc9562();
    void risesWithinOneMillisecond();
    void risesWhenTheClockGoesBack();
    void movesOnWhenTheCounterIsFull();
    void readsOnlyIdsOfSixteenBytes();
    void writesIdsAsTheyAreRead();
    void computesOneDirectChatForBothSides();
    void knowsAClassForEveryCode();
    void drawsBelowABoundOnly();
};

void TestIdentity::composesTheExampleOfRfc9562()
{
    // RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F
    const MessageId id = Uuid7::compose(0x017F22E279B0, 0xCC3, 0x18C4DC0C0C07398F);
    QCOMPARE(id.bytes().toHex(), QByteArray("017f22e279b07cc398c4dc0c0c07398f"));
    QVERIFY(Uuid7::isVersion7(id));
    QCOMPARE(Uuid7::timeMs(id), qint64(0x017F22E279B0));
    QVERIFY(!Uuid7::isVersion7(idOf<MessageId>('\x42')));
}

void TestIdentity::risesWithinOneMillisecond()
{
    CountingRandom random;
    Uuid7 source(random);
    MessageId last = source.next(1'700'000'000'000);
    for (int i = 0; i < 2000; ++i) {
        const MessageId next = source.next(1'700'000'000'000);
        QVERIFY(last < next);
        QVERIFY(Uuid7::isVersion7(next));
        last = next;
    }
}

void TestIdentity::risesWhenTheClockGoesBack()
{
    CountingRandom random;
    Uuid7 source(random);
    const MessageId before = source.next(1'700'000'000'000);
    const MessageId after = source.next(1'000'000'000'000);
    QVERIFY(before < after);
    QVERIFY(source.next(-5) > after);
}

void TestIdentity::movesOnWhenTheCounterIsFull()
{
    CountingRandom random;
    Uuid7 source(random);
    std::set<MessageId> seen;
    for (int i = 0; i < 10'000; ++i)
        seen.insert(source.next(1));
    QCOMPARE(seen.size(), size_t(10'000));
}

void TestIdentity::readsOnlyIdsOfSixteenBytes()
{
    QVERIFY(!UserId::fromBytes(QByteArray(15, 'a')));
    QVERIFY(UserId::fromBytes(QByteArray(16, 'a')));
    QVERIFY(!UserId::fromBytes(QByteArray(17, 'a')));
    QVERIFY(!UserId::fromText("not base64url!!"));
    QVERIFY(!UserId::fromText(""));
    QVERIFY(UserId().isNull());
}

void TestIdentity::writesIdsAsTheyAreRead()
{
    const auto id = idOf<ChatId>('\xfb');
    QCOMPARE(id.text().size(), 22);
    QCOMPARE(ChatId::fromText(id.text().toLatin1()), std::optional(id));
}

void TestIdentity::computesOneDirectChatForBothSides()
{
    const auto ana = idOf<UserId>('\x01');
    const auto bo = idOf<UserId>('\xf0');
    QCOMPARE(directChatId(ana, bo), directChatId(bo, ana));
    QVERIFY(directChatId(ana, bo) != directChatId(ana, ana));
    QByteArray expected = QCryptographicHash::hash(
        "parley direct" + ana.bytes() + bo.bytes(), QCryptographicHash::Sha256)
                              .first(16);
    expected[0] = static_cast<char>(expected[0] | '\x80');
    QCOMPARE(directChatId(bo, ana).bytes(), expected);
    QVERIFY(!canNameGroup(directChatId(bo, ana)));
    SystemRandom random;
    for (int i = 0; i < 100; ++i)
        QVERIFY(canNameGroup(newGroupId(random)));
}

void TestIdentity::knowsAClassForEveryCode()
{
    QCOMPARE(errorClass(ErrorCode::Busy), ErrorClass::Retry);
    QCOMPARE(errorClass(ErrorCode::Forbidden), ErrorClass::Reject);
    QCOMPARE(errorClass(ErrorCode::NotSignedIn), ErrorClass::Auth);
    // A code from the future is final rather than tried for ever.
    QCOMPARE(errorClass(static_cast<ErrorCode>(9999)), ErrorClass::Reject);
    QCOMPARE(QByteArray(errorName(ErrorCode::IdReused)), QByteArray("IdReused"));
    const Result<int> failed = ErrorCode::Busy;
    QVERIFY(!failed);
    QCOMPARE(failed.error().errorClass(), ErrorClass::Retry);
    const Result<int> good = 7;
    QCOMPARE(*good, 7);
}

void TestIdentity::drawsBelowABoundOnly()
{
    SystemRandom random;
    QCOMPARE(random.below(0), quint64(0));
    QCOMPARE(random.below(1), quint64(0));
    std::set<quint64> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(random.below(5));
    QCOMPARE(seen, (std::set<quint64>{0, 1, 2, 3, 4}));
}

QTEST_APPLESS_MAIN(TestIdentity)
#include "tst_identity.moc"
