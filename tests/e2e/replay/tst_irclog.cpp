// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/irclog.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

IrcLine only(const QByteArray &bytes)
{
    const auto lines = parseIrcLog(bytes);
    return lines.size() == 1 ? lines.front() : IrcLine();
}

} // namespace

class IrcLogTest : public QObject {
    Q_OBJECT

private slots:
    void readsAMessage();
    void keepsBlanksInsideOfAText();
    void readsAnActionOfEitherAge();
    void readsEveryNotice_data();
    void readsEveryNotice();
    void keepsAByteOrderMarkWhereverItStands();
    void keepsControlCharacters();
    void replacesWhatIsNotUtf8();
    void findsNothingToSayInAnInvisibleText();
    void cutsOneByteAboveTheLimitAndNotAtIt();
    void neverCutsThroughACharacter();
    void keepsATimeThatIsNone();
    void passesMidnight();
    void doesNotFollowAClockThatWasSetBack();
    void callsTheRestMalformedAndKeepsItsNumber();
    void readsAnEmptyLog();
    void takesTheNearestLink();
    void ignoresALinkToItself();
    void refusesALinkThatIsNone();
    void countsWhatThereWas();
};

void IrcLogTest::readsAMessage()
{
    const auto line = only("[06:52] <Yossi> how do i change it?\n");
    QCOMPARE(line.kind, IrcKind::Message);
    QCOMPARE(line.minute, 6 * 60 + 52);
    QCOMPARE(line.nick, u"Yossi"_s);
    QCOMPARE(line.text, u"how do i change it?"_s);
    QVERIFY(line.isSaid());
    QVERIFY(!line.hadStrangeTime && !line.hasByteOrderMark && !line.hasControlCharacters);
    QCOMPARE(only("[06:52] <[zero] > hi\r\n").nick, u"[zero]"_s);
    QCOMPARE(only("[06:52] <a> <b> c > d").text, u"<b> c > d"_s);
}

void IrcLogTest::keepsBlanksInsideOfAText()
{
    QCOMPARE(only("[06:52] <a>   two  blanks \n").text, u"  two  blanks "_s);
}

void IrcLogTest::readsAnActionOfEitherAge()
{
    for (const QByteArray bytes : {"[02:27]  * nickrud says Hi!", "=== nickrud says Hi!"}) {
        const auto line = only(bytes);
        QCOMPARE(line.kind, IrcKind::Action);
        QCOMPARE(line.nick, u"nickrud"_s);
        QCOMPARE(line.text, u"says Hi!"_s);
    }
}

void IrcLogTest::readsEveryNotice_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<IrcKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("join") << QByteArray("=== a [~a@host] has joined #ubuntu") << IrcKind::Joined
                          << QString();
    QTest::newRow("left") << QByteArray("=== a [~a@host] has left #ubuntu [\"bye\"]")
                          << IrcKind::Left << QString();
    QTest::newRow("kick") << QByteArray("=== a was kicked off #ubuntu by b (b)") << IrcKind::Left
                          << QString();
    QTest::newRow("nick") << QByteArray("=== a is now known as b`") << IrcKind::NickChange
                          << u"b`"_s;
    QTest::newRow("topic") << QByteArray("=== ..[topic/#ubuntu:a] : Happy : day") << IrcKind::Topic
                           << u"Happy : day"_s;
    QTest::newRow("mode") << QByteArray("=== mode/#ubuntu [+o a]  by b") << IrcKind::Mode
                          << QString();
}

void IrcLogTest::readsEveryNotice()
{
    QFETCH(QByteArray, bytes);
    QFETCH(IrcKind, kind);
    QFETCH(QString, text);
    const auto line = only(bytes);
    QCOMPARE(line.kind, kind);
    QCOMPARE(line.text, text);
    QVERIFY(!line.isSaid());
    if (kind != IrcKind::Mode)
        QCOMPARE(line.nick, u"a"_s);
}

void IrcLogTest::keepsAByteOrderMarkWhereverItStands()
{
    const auto inside = only("[09:52] <a> \xef\xbb\xbfremote: \xef\xbb\xbfhi");
    QVERIFY(inside.hasByteOrderMark);
    QCOMPARE(inside.text, u"\ufeffremote: \ufeffhi"_s);
    const auto onTop = only("\xef\xbb\xbf[09:52] <a> hi");
    QCOMPARE(onTop.kind, IrcKind::Malformed);
    QCOMPARE(onTop.text, u"\ufeff[09:52] <a> hi"_s);
}

void IrcLogTest::keepsControlCharacters()
{
    const auto line = only("[09:52] <a> \x02"
                           "bold\x02 and \x1f");
    QVERIFY(line.hasControlCharacters);
    QCOMPARE(line.text, u"\u0002bold\u0002 and \u001f"_s);
}

void IrcLogTest::replacesWhatIsNotUtf8()
{
    const auto line = only("[09:52] <a> caf\xe9 au lait");
    QVERIFY(line.wasNotUtf8);
    QCOMPARE(line.kind, IrcKind::Message);
    QCOMPARE(line.text, u"caf\ufffd au lait"_s);
}

void IrcLogTest::findsNothingToSayInAnInvisibleText()
{
    for (const QByteArray text : {"", " ", "\xef\xbb\xbf", " \x02 \x0f"})
        QCOMPARE(only("[09:52] <a> " + text).kind, IrcKind::Empty);
    QCOMPARE(only("[09:52]  * a").kind, IrcKind::Empty);
    QVERIFY(!only("[09:52] <a> ").isSaid());
}

void IrcLogTest::cutsOneByteAboveTheLimitAndNotAtIt()
{
    const auto at = only("[09:52] <a> " + QByteArray(ircTextBytes, 'x'));
    QVERIFY(!at.wasCut);
    QCOMPARE(at.text.size(), ircTextBytes);
    const auto past = only("[09:52] <a> " + QByteArray(ircTextBytes + 1, 'x'));
    QVERIFY(past.wasCut);
    QCOMPARE(past.text.size(), ircTextBytes);
}

void IrcLogTest::neverCutsThroughACharacter()
{
    const auto line =
        only("[09:52] <a> " + QByteArray(ircTextBytes - 2, 'x') + "\xf0\x9f\x98\x80 more");
    QVERIFY(line.wasCut);
    QCOMPARE(line.text.size(), ircTextBytes - 2);
    QCOMPARE(line.text.back(), QChar(u'x'));
}

void IrcLogTest::keepsATimeThatIsNone()
{
    const auto lines = parseIrcLog("[10:10] <a> one\n[25:99] <a> two\n[ab:cd] <a> three\n");
    QCOMPARE(lines.size(), size_t(3));
    for (const size_t number : {size_t(1), size_t(2)}) {
        QCOMPARE(lines[number].kind, IrcKind::Message);
        QCOMPARE(lines[number].minute, 10 * 60 + 10);
        QVERIFY(lines[number].hadStrangeTime);
    }
}

void IrcLogTest::passesMidnight()
{
    const auto lines = parseIrcLog("[23:59] <a> one\n[00:01] <a> two\n=== b likes it\n");
    QCOMPARE(lines[1].minute, 24 * 60 + 1);
    QVERIFY(!lines[1].hadStrangeTime);
    QCOMPARE(lines[2].minute, 24 * 60 + 1);
}

void IrcLogTest::doesNotFollowAClockThatWasSetBack()
{
    const auto lines = parseIrcLog("[12:30] <a> one\n[12:10] <a> two\n[12:31] <a> three\n");
    QCOMPARE(lines[1].minute, 12 * 60 + 30);
    QVERIFY(lines[1].hadStrangeTime);
    QCOMPARE(lines[2].minute, 12 * 60 + 31);
    QVERIFY(!lines[2].hadStrangeTime);
}

void IrcLogTest::callsTheRestMalformedAndKeepsItsNumber()
{
    const auto lines =
        parseIrcLog("\nno time\n[09:52] no nick\n[09:52] <open\n[09:52] < > x\n===\n[09:53] <a> b");
    QCOMPARE(lines.size(), size_t(7));
    for (size_t number = 0; number < 6; ++number)
        QCOMPARE(lines[number].kind, IrcKind::Malformed);
    QCOMPARE(lines[1].text, u"no time"_s);
    QCOMPARE(lines[6].kind, IrcKind::Message);
}

void IrcLogTest::readsAnEmptyLog()
{
    QVERIFY(parseIrcLog(QByteArray()).empty());
}

void IrcLogTest::takesTheNearestLink()
{
    const auto replies = parseIrcReplies("1001 1004 - \n1003 1004 -\n1002 1004 -\n1006 1005 -\n");
    QVERIFY(replies);
    QCOMPARE(replies->size(), size_t(2));
    QCOMPARE(replies->at(1004), 1003);
    QCOMPARE(replies->at(1006), 1005);
}

void IrcLogTest::ignoresALinkToItself()
{
    const auto replies = parseIrcReplies("1002 1002 -\n");
    QVERIFY(replies);
    QVERIFY(replies->empty());
}

void IrcLogTest::refusesALinkThatIsNone()
{
    for (const QByteArray bytes : {"one two -", "1 -", "-1 2 -", "1 2 3 4"}) {
        const auto replies = parseIrcReplies("1 2 -\n" + bytes);
        QVERIFY(!replies);
        QVERIFY(replies.error().text.contains(u"line 2"_s));
    }
}

void IrcLogTest::countsWhatThereWas()
{
    const auto lines = parseIrcLog("[10:10] <a> \xef\xbb\xbfone\n[10:10] <a> \x02two\n"
                                   "[99:10]  * a waves\n=== a is now known as b\nnothing\n");
    QCOMPARE(countIrcLines(lines).text(),
        u"2 messages, 1 actions, 1 nick changes, 1 malformed, 1 with byte-order marks, "
        "1 with control characters, 1 with a strange time"_s);
}

QTEST_APPLESS_MAIN(IrcLogTest)
#include "tst_irclog.moc"
