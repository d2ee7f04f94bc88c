// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/timeline.h"
#include "tests/client/timeline/timelinerows.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace parley;

namespace {

/// Keeps a copy of the list by what it is told alone, as a view does.
class Mirror : public TimelineObserver {
public:
    void watch(const Timeline &timeline) { m_timeline = &timeline; }

    void aboutToInsert(int first, int last) override { m_first = first, m_last = last; }
    void inserted() override
    {
        ++inserts;
        for (int row = m_first; row <= m_last; ++row)
            lines.insert(row, nameOf(row));
    }
    void aboutToRemove(int first, int last) override { m_first = first, m_last = last; }
    void removed() override
    {
        ++removes;
        lines.remove(m_first, m_last - m_first + 1);
    }
    void aboutToMove(int from, int to) override { m_first = from, m_last = to; }
    void moved() override
    {
        ++moves;
        lines.move(m_first, m_last > m_first ? m_last - 1 : m_last);
    }
    void aboutToReset() override { }
    void wasReset() override
    {
        ++resets;
        lines.clear();
        for (int row = 0; row < m_timeline->count(); ++row)
            lines.append(nameOf(row));
    }
    void changed(int row) override
    {
        changedRows.append(row);
        lines[row] = nameOf(row);
    }
    void edgesMoved() override { }

    QString nameOf(int row) const
    {
        const auto &line = m_timeline->at(row);
        if (line.kind == TimelineLine::Kind::Hole)
            return QStringLiteral("%1-%2").arg(line.hole.low).arg(line.hole.high);
        return line.prepared.text.plain + (line.isFirstInGroup ? u'<' : u'.')
            + (line.isLastInGroup ? u'>' : u'.') + (line.isFirstOfDay ? u'D' : u'.')
            + (line.isFirstUnread ? u'U' : u'.');
    }
    QStringList truth() const
    {
        QStringList names;
        for (int row = 0; row < m_timeline->count(); ++row)
            names.append(nameOf(row));
        return names;
    }

    QStringList lines;
    QList<int> changedRows;
    int inserts = 0;
    int removes = 0;
    int moves = 0;
    int resets = 0;

private:
    const Timeline *m_timeline = nullptr;
    int m_first = 0;
    int m_last = 0;
};

QList<qint64> seqs(const Timeline &timeline)
{
    QList<qint64> found;
    for (int row = 0; row < timeline.count(); ++row)
        found.append(timeline.at(row).key.waiting ? -timeline.at(row).key.waiting
                                                  : timeline.at(row).key.seq);
    return found;
}

} // namespace

class TestTimeline : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_mirror = Mirror();
        m_timeline = std::make_unique<Timeline>(rows::user(1), m_mirror);
        m_mirror.watch(*m_timeline);
    }
    void cleanup() { QCOMPARE(m_mirror.lines, m_mirror.truth()); }

    void putsTheNewestFirst()
    {
        m_timeline->reset(rows::range(1, 3));
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{3, 2, 1}));
        QVERIFY(m_timeline->isAtStart());
        QCOMPARE(m_timeline->rowOf(rows::id(2)), 1);
        QCOMPARE(m_timeline->rowOf(rows::id(9)), -1);
    }

    void groupsOneSendersMessagesOfFiveMinutes()
    {
        const auto first = rows::minuteMs(0);
        m_timeline->reset(rows::window({rows::at(rows::message(1), first),
            rows::at(rows::message(2), first + Timeline::groupMs - 1),
            rows::at(rows::message(3), first + 2 * Timeline::groupMs - 1),
            rows::at(rows::message(4, 2), first + 2 * Timeline::groupMs)}));
        QVERIFY(m_timeline->at(3).isFirstInGroup && !m_timeline->at(3).isLastInGroup);
        QVERIFY(!m_timeline->at(2).isFirstInGroup && m_timeline->at(2).isLastInGroup);
        QVERIFY(m_timeline->at(1).isFirstInGroup && m_timeline->at(1).isLastInGroup);
        QVERIFY(m_timeline->at(0).isFirstInGroup && m_timeline->at(0).isLastInGroup);
    }

    void endsGroupsAtSystemRows()
    {
        const auto now = rows::minuteMs(0);
        m_timeline->reset(rows::window({rows::at(rows::message(1), now),
            rows::at(rows::system(2, Kind::Title), now), rows::at(rows::message(3), now)}));
        QVERIFY(m_timeline->at(2).isLastInGroup);
        QVERIFY(m_timeline->at(0).isFirstInGroup);
    }

    void beginsDaysAndGroupsAtMidnight()
    {
        const auto late = QDateTime(QDate(2026, 3, 4), QTime(23, 59)).toMSecsSinceEpoch();
        m_timeline->reset(rows::window({rows::at(rows::message(1), late),
            rows::at(rows::message(2), late + 90'000), rows::at(rows::message(3), late + 91'000)}));
        QVERIFY(m_timeline->at(2).isFirstOfDay);
        QVERIFY(m_timeline->at(1).isFirstOfDay && m_timeline->at(1).isFirstInGroup);
        QVERIFY(!m_timeline->at(0).isFirstOfDay && !m_timeline->at(0).isFirstInGroup);
    }

    void drawsTheUnreadLineAboveTheFirstMessageOfOthers()
    {
        m_timeline->setUnreadAfter(2);
        m_timeline->reset(rows::window({rows::message(1, 2), rows::message(2, 2),
            rows::message(3, 1), rows::message(4, 2), rows::message(5, 2)}));
        QCOMPARE(m_timeline->firstUnreadRow(), 1);
        QVERIFY(m_timeline->at(0).isFirstInGroup == false);
        QVERIFY(m_timeline->at(1).isFirstInGroup);
        m_timeline->apply({rows::message(6, 2)}, {});
        QCOMPARE(m_timeline->firstUnreadRow(), 2);
    }

    void drawsNoUnreadLineWhereOlderOnesMayBe()
    {
        m_timeline->setUnreadAfter(2);
        m_timeline->reset(rows::range(10, 12));
        QCOMPARE(m_timeline->firstUnreadRow(), -1);
        auto older = rows::range(1, 9);
        m_timeline->mergeOlder(older);
        QCOMPARE(m_timeline->at(m_timeline->firstUnreadRow()).key.seq, 4);
    }

    void insertsWhatArrives()
    {
        m_timeline->reset(rows::range(1, 3));
        m_timeline->apply({rows::message(5, 1), rows::message(4, 2)}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{5, 4, 3, 2, 1}));
        QCOMPARE(m_mirror.resets, 1);
    }

    void changesAKnownRowInPlace()
    {
        m_timeline->reset(rows::range(1, 3));
        m_mirror.changedRows.clear();
        m_timeline->apply({rows::message(2, 2, QStringLiteral("edited"))}, {});
        QCOMPARE(m_mirror.changedRows, QList<int>{1});
        QCOMPARE(m_timeline->at(1).prepared.text.plain, QStringLiteral("edited"));
        QCOMPARE(m_mirror.inserts, 0);
    }

    void saysNothingWhenNothingChanged()
    {
        m_timeline->reset(rows::range(1, 3));
        m_mirror.changedRows.clear();
        m_timeline->apply({rows::message(2, 2)}, {});
        m_timeline->mergeNewest(rows::range(1, 3));
        QVERIFY(m_mirror.changedRows.isEmpty());
        QCOMPARE(m_mirror.inserts + m_mirror.removes + m_mirror.moves, 0);
    }

    void givesAWaitingRowItsPlaceWithoutMovingIt()
    {
        m_timeline->reset(rows::range(1, 3));
        m_timeline->apply({rows::waiting(4, 1)}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{-1, 3, 2, 1}));
        m_timeline->apply({rows::message(4, 1)}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{4, 3, 2, 1}));
        QCOMPARE(m_mirror.inserts, 1);
        QCOMPARE(m_mirror.removes + m_mirror.moves, 0);
    }

    void movesAWaitingRowBelowWhatOvertookIt()
    {
        m_timeline->reset(rows::range(1, 3));
        m_timeline->apply({rows::waiting(40, 1), rows::waiting(41, 2)}, {});
        m_timeline->apply({rows::message(4, 2)}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{-2, -1, 4, 3, 2, 1}));
        auto second = rows::waiting(41, 2);
        second.row.key = {5, 0};
        m_timeline->apply({second}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{-1, 5, 4, 3, 2, 1}));
        QCOMPARE(m_mirror.moves, 1);
    }

    void removesWhatWasDiscarded()
    {
        m_timeline->reset(rows::range(1, 2));
        m_timeline->apply({rows::waiting(9, 1)}, {});
        m_timeline->apply({}, {rows::id(9)});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{2, 1}));
        QCOMPARE(m_timeline->rowOf(rows::id(9)), -1);
    }

    void appendsOlderPartsInOneGo()
    {
        m_timeline->reset(rows::range(61, 80));
        m_timeline->mergeOlder(rows::range(1, 60));
        QCOMPARE(m_timeline->count(), 80);
        QCOMPARE(m_mirror.inserts, 1);
        QVERIFY(m_timeline->isAtStart());
    }

    void showsHolesBetweenRowsAndKeepsTheOldestForTheEdge()
    {
        auto part = rows::window({rows::message(30), rows::message(50)}, {{1, 29}, {31, 49}});
        part.reachesStart = false;
        m_timeline->reset(part);
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{50, 31, 30}));
        QCOMPARE(m_timeline->at(1).kind, TimelineLine::Kind::Hole);
        QCOMPARE(m_timeline->olderHole(), std::optional(TimelineHole{1, 29}));
        QVERIFY(!m_timeline->isAtStart());
        QVERIFY(m_timeline->at(0).isFirstInGroup);
    }

    void closesAHoleWhenItIsFilled()
    {
        m_timeline->reset(
            rows::window({rows::message(1), rows::message(2), rows::message(6)}, {{3, 5}}));
        m_timeline->mergeNewest(rows::range(1, 6));
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{6, 5, 4, 3, 2, 1}));
        QCOMPARE(m_mirror.resets, 1);
    }

    void keepsOlderPartsWhenTheNewestComesAgain()
    {
        m_timeline->reset(rows::range(41, 60));
        m_timeline->mergeOlder(rows::range(1, 40));
        m_timeline->mergeNewest(rows::range(51, 62));
        QCOMPARE(m_timeline->count(), 62);
        QVERIFY(m_timeline->isAtStart());
    }

    void startsOverWhenTheNewestPartDoesNotTouch()
    {
        m_timeline->reset(rows::range(1, 10));
        auto later = rows::range(100, 110);
        m_timeline->mergeNewest(later);
        QCOMPARE(m_timeline->count(), 11);
        QVERIFY(!m_timeline->isAtStart());
    }

    void dropsWhatTheServerNoLongerHolds()
    {
        m_timeline->reset(rows::range(1, 10));
        auto fresh = rows::range(8, 10);
        fresh.holes = {{1, 7}};
        m_timeline->mergeNewest(fresh);
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{10, 9, 8}));
        QCOMPARE(m_timeline->olderHole(), std::optional(TimelineHole{1, 7}));
    }

    void ignoresWhatLiesOutsideOfAnOlderPart()
    {
        auto part = rows::range(10, 20);
        part.reachesEnd = false;
        m_timeline->reset(part);
        m_timeline->apply({rows::message(40), rows::message(3)}, {});
        QCOMPARE(m_timeline->count(), 11);
        auto newer = rows::range(21, 40);
        m_timeline->mergeNewer(newer);
        QVERIFY(m_timeline->reachesEnd());
        QCOMPARE(m_timeline->count(), 31);
        m_timeline->apply({rows::message(41)}, {});
        QCOMPARE(m_timeline->count(), 32);
    }

    void knowsWhichPlacesWouldBeSeen()
    {
        m_timeline->reset(rows::range(10, 20));
        QVERIFY(m_timeline->touches({5, 9}));
        QVERIFY(m_timeline->touches({12, 13}));
        QVERIFY(m_timeline->touches({21, 30}));
        QVERIFY(!m_timeline->touches({1, 8}));
        auto part = rows::range(10, 20);
        part.reachesEnd = false;
        part.holes = {{4, 9}};
        m_timeline->reset(part);
        QVERIFY(m_timeline->touches({4, 6}));
        QVERIFY(!m_timeline->touches({1, 2}));
    }

    void showsNothingForKindsItDoesNotKnow()
    {
        m_timeline->reset(rows::window({rows::message(1), rows::system(2, Kind(999))}));
        m_timeline->apply({rows::system(3, Kind(998)), rows::system(4, Kind::Receipts)}, {});
        QCOMPARE(seqs(*m_timeline), (QList<qint64>{1}));
    }

    void tellsAViewEverythingInRandomWorlds()
    {
        for (quint32 seed = 1; seed <= 60; ++seed) {
            init();
            QRandomGenerator random(seed);
            m_timeline->reset(rows::range(50, 60));
            for (int step = 0; step < 60; ++step) {
                takeAStep(random);
                QCOMPARE(m_mirror.lines, m_mirror.truth());
                for (int row = 1; row < m_timeline->count(); ++row)
                    QVERIFY(isInOrder(m_timeline->at(row - 1), m_timeline->at(row)));
            }
        }
    }

private:
    // A row that arrives in a hole before the hole is looked at again may stand beside it.
    static bool isInOrder(const TimelineLine &newer, const TimelineLine &older)
    {
        const bool hasHole =
            newer.kind == TimelineLine::Kind::Hole || older.kind == TimelineLine::Kind::Hole;
        return newer.key > older.key || (hasHole && newer.key == older.key);
    }

    void takeAStep(QRandomGenerator &random)
    {
        const auto seq = qint64(random.bounded(1, 90));
        switch (random.bounded(7)) {
        case 0:
            m_timeline->apply({rows::message(seq, quint8(1 + seq % 3))}, {});
            break;
        case 1:
            m_timeline->apply({rows::waiting(seq + 1'000, seq)}, {});
            break;
        case 2:
            m_timeline->apply({}, {rows::id(seq)});
            break;
        case 3: {
            auto part = rows::range(std::max<qint64>(1, seq - 9), seq);
            if (random.bounded(2))
                part.holes = {{seq + 1, seq + 4}};
            m_timeline->mergeNewest(part);
            break;
        }
        case 4: {
            auto oldest = m_timeline->count() ? m_timeline->at(m_timeline->count() - 1).key.seq : 2;
            oldest = std::min<qint64>(oldest, 1'000);
            if (oldest > 1)
                m_timeline->mergeOlder(rows::range(std::max<qint64>(1, oldest - 7), oldest - 1));
            break;
        }
        case 5: {
            auto moved = rows::waiting(seq + 1'000, seq);
            moved.row.key = {100 + seq, 0};
            m_timeline->apply({moved}, {});
            break;
        }
        default:
            m_timeline->setUnreadAfter(seq);
        }
    }

    Mirror m_mirror;
    std::unique_ptr<Timeline> m_timeline;
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
