// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/dayplan.h"

#include <QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

DayPlan planned(const QByteArray &log, const QByteArray &replies = {})
{
    const auto links = parseIrcReplies(replies);
    const auto plan = planDay(parseIrcLog(log), *links);
    return *plan;
}

} // namespace

class DayPlanTest : public QObject {
    Q_OBJECT

private slots:
    void givesEachNickAnAccount();
    void makesUserNamesOfAnyNick();
    void followsANickChange();
    void doesNotGiveATakenNickAway();
    void linksReplies();
    void dropsAReplyToWhatWasNotSaid();
    void findsWhoIsAddressed();
    void choosesThoseWhoSpeakMostToEachOther();
    void letsAQuietPairTalkAnyway();
    void refusesADayWithoutTwoPeople();
};

void DayPlanTest::givesEachNickAnAccount()
{
    const auto plan = planned("[10:00] <a1> x\n[10:01] <b1> y\n[10:02] <a1> z\n"
                              "=== c1 [h] has joined #u\n");
    QCOMPARE(plan.people.size(), size_t(2));
    QCOMPARE(plan.steps.size(), size_t(3));
    QCOMPARE(plan.steps[2].person, 0);
    QCOMPARE(plan.steps[2].line, 2);
    QCOMPARE(plan.steps[1].minute, 601);
}

void DayPlanTest::makesUserNamesOfAnyNick()
{
    const auto plan = planned("[10:00] <[zero]> x\n[10:00] <Zero`> x\n[10:00] <__> x\n"
                              "[10:00] <a^_^> x\n[10:00] <\xc3\xa9> x\n");
    const QStringList expected{u"zero"_s, u"Zero-2"_s, u"user"_s, u"a_"_s, u"user-2"_s};
    for (size_t person = 0; person < plan.people.size(); ++person)
        QCOMPARE(plan.people[person].userName, expected[qsizetype(person)]);
    QCOMPARE(plan.people[0].displayName, u"[zero]"_s);
}

void DayPlanTest::followsANickChange()
{
    const auto plan = planned("[10:00] <a1> x\n[10:00] <b1> x\n=== a1 is now known as a1|away\n"
                              "[10:01] <a1|away> y\n=== a1|away is now known as a1\n"
                              "=== silent is now known as still\n[10:02] <a1> z\n");
    QCOMPARE(plan.people.size(), size_t(2));
    QCOMPARE(plan.steps.size(), size_t(6));
    QCOMPARE(plan.steps[2].newName, std::optional(u"a1|away"_s));
    QCOMPARE(plan.steps[3].person, 0);
    QCOMPARE(plan.steps[4].newName, std::optional(u"a1"_s));
    QCOMPARE(plan.silentNickChanges, 1);
}

void DayPlanTest::doesNotGiveATakenNickAway()
{
    const auto plan =
        planned("[10:00] <a1> x\n[10:00] <b1> x\n=== a1 is now known as b1\n[10:01] <b1> y\n");
    QCOMPARE(plan.silentNickChanges, 1);
    QCOMPARE(plan.steps.size(), size_t(3));
    QCOMPARE(plan.steps[2].person, 1);
}

void DayPlanTest::linksReplies()
{
    const auto plan = planned("[10:00] <a1> x\n[10:00] <b1> y\n", "0 1 -\n");
    QVERIFY(!plan.steps[0].repliesTo);
    QCOMPARE(plan.steps[1].repliesTo, std::optional<qsizetype>(0));
}

void DayPlanTest::dropsAReplyToWhatWasNotSaid()
{
    const auto plan =
        planned("=== a1 [h] has joined #u\n[10:00] <a1> x\n[10:00] <b1> welcome\n", "0 2 -\n");
    QVERIFY(!plan.steps[1].repliesTo);
    QCOMPARE(plan.droppedReplies, 1);
}

void DayPlanTest::findsWhoIsAddressed()
{
    const auto plan = planned("[10:00] <a1> x\n[10:00] <b1> a1: y\n[10:00] <b1> nobody: y\n"
                              "[10:00] <a1> a1: to myself\n[10:00] <a1> b1, z\n");
    QCOMPARE(plan.steps[1].addressed, std::optional(0));
    QCOMPARE(plan.steps[1].addressLength, 2);
    QVERIFY(!plan.steps[2].addressed);
    QVERIFY(!plan.steps[3].addressed);
    QCOMPARE(plan.steps[4].addressed, std::optional(1));
}

void DayPlanTest::choosesThoseWhoSpeakMostToEachOther()
{
    QByteArray log = "[10:00] <a1> x\n[10:00] <b1> x\n[10:00] <c1> x\n";
    for (int round = 0; round < 9; ++round)
        log += "[10:01] <a1> b1: monologue\n";
    for (int round = 0; round < 6; ++round)
        log += "[10:02] <b1> c1: question\n[10:02] <c1> b1: answer\n";
    const auto plan = planned(log);
    QCOMPARE(std::minmax(plan.first, plan.second), std::minmax(1, 2));
    const auto direct = std::count_if(plan.steps.begin(), plan.steps.end(),
        [](const PlannedStep &step) { return step.isAlsoDirect; });
    QCOMPARE(direct, 12);
}

void DayPlanTest::letsAQuietPairTalkAnyway()
{
    QByteArray log;
    for (int round = 0; round < 8; ++round)
        log += "[10:02] <a1> x\n[10:02] <b1> y\n";
    const auto plan = planned(log);
    const auto direct = std::count_if(plan.steps.begin(), plan.steps.end(),
        [](const PlannedStep &step) { return step.isAlsoDirect; });
    QCOMPARE(direct, 4);
}

void DayPlanTest::refusesADayWithoutTwoPeople()
{
    QVERIFY(!planDay({}, {}));
    QVERIFY(!planDay(parseIrcLog("[10:00] <a1> x\n[10:00] <a1> y\n"), {}));
}

QTEST_APPLESS_MAIN(DayPlanTest)
#include "tst_dayplan.moc"
