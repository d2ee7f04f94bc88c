// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/intervals.h"
#include "client/core/merge.h"
#include "tests/properties/property.h"

#include <set>

using namespace parley;

/// The laws that make order and repetition harmless, and the algebra of what is held.
class tst_MergeProperties : public QObject {
    Q_OBJECT

private slots:
    void marksMergeInAnyOrder();
    void marksOnlyGrowAndReadImpliesDelivered();
    void rowsMergeInAnyOrder();
    void intervalsAreASetOfNumbers();
    void intervalsStayDisjointAndApart();
    void intervalsTellWhatATableMustDo();
    void intervalsForgetTheOrderOfAdding();
};

namespace {

constexpr qint64 placesMost = 60;

Mark merged(Mark one, const Mark &other)
{
    raise(one, other);
    return one;
}

rc::Gen<Mark> anyMark()
{
    return rc::gen::map(
        rc::gen::pair(rc::gen::inRange<qint64>(0, 50), rc::gen::inRange<qint64>(0, 50)),
        [](const std::pair<qint64, qint64> &numbers) {
            Mark mark{UserId::fromArray({1}), numbers.first, numbers.second};
            // As they are sent: what is read is delivered.
            mark.delivered = std::max(mark.delivered, mark.read);
            return mark;
        });
}

using Span = std::pair<qint64, qint64>;

rc::Gen<std::vector<Span>> anySpans()
{
    return rc::gen::container<std::vector<Span>>(rc::gen::map(
        rc::gen::pair(rc::gen::inRange<qint64>(1, placesMost), rc::gen::inRange<qint64>(-1, 12)),
        [](const Span &span) {
            return Span{span.first, span.first + span.second};
        }));
}

std::set<qint64> numbersOf(const std::vector<Span> &spans)
{
    std::set<qint64> numbers;
    for (const auto &[low, high] : spans) {
        for (qint64 place = low; place <= high; ++place)
            numbers.insert(place);
    }
    return numbers;
}

Intervals intervalsOf(const std::vector<Span> &spans)
{
    Intervals intervals;
    for (const auto &[low, high] : spans)
        intervals.add(low, high);
    return intervals;
}

/// What a device holds of one thing, after these versions of it came in this order.
std::optional<Row> heldAfter(const std::vector<Row> &versions)
{
    std::optional<Row> held;
    for (const Row &row : versions) {
        if (supersedes(row, held ? &*held : nullptr))
            held = row;
    }
    return held;
}

} // namespace

void tst_MergeProperties::marksMergeInAnyOrder()
{
    holds(
        "commutative, associative, idempotent",
        [] {
            const Mark a = *anyMark();
            const Mark b = *anyMark();
            const Mark c = *anyMark();
            RC_ASSERT(merged(a, b) == merged(b, a));
            RC_ASSERT(merged(merged(a, b), c) == merged(a, merged(b, c)));
            RC_ASSERT(merged(a, a) == a);
            RC_ASSERT(merged(merged(a, b), b) == merged(a, b));
        },
        1000);
}

void tst_MergeProperties::marksOnlyGrowAndReadImpliesDelivered()
{
    holds(
        "grows",
        [] {
            // Whatever a peer says, not only what an honest one would.
            Mark held{UserId(), 0, 0};
            const auto steps = *rc::gen::arbitrary<std::vector<std::pair<qint64, qint64>>>();
            for (const auto &[delivered, read] : steps) {
                const Mark before = held;
                const bool grew = raise(held, Mark{UserId(), delivered, read});
                RC_ASSERT(held.delivered >= before.delivered && held.read >= before.read);
                RC_ASSERT(held.delivered >= held.read);
                RC_ASSERT(grew == !(held == before));
            }
        },
        1000);
}

void tst_MergeProperties::rowsMergeInAnyOrder()
{
    holds(
        "any order, any repetition",
        [] {
            const auto count = *rc::gen::inRange(1, 8);
            std::vector<Row> versions;
            for (int revision = 1; revision <= count; ++revision) {
                Row row = valueOf<Row>(*steering(100));
                row.revision = revision;
                versions.push_back(std::move(row));
            }
            const Row newest = versions.back();
            std::vector<Row> arrived = versions;
            for (const int again :
                *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, count)))
                arrived.push_back(versions[size_t(again)]);
            for (size_t i = arrived.size(); i > 1; --i)
                std::swap(arrived[i - 1], arrived[*rc::gen::inRange<size_t>(0, i)]);
            RC_ASSERT(heldAfter(arrived) == newest);
        },
        300);
}

void tst_MergeProperties::intervalsAreASetOfNumbers()
{
    holds(
        "as std::set",
        [] {
            const auto spans = *anySpans();
            const auto numbers = numbersOf(spans);
            const Intervals intervals = intervalsOf(spans);
            RC_ASSERT(intervals.top() == (numbers.empty() ? 0 : *numbers.rbegin()));
            for (qint64 place = 0; place <= placesMost + 14; ++place)
                RC_ASSERT(intervals.contains(place) == numbers.contains(place));
            const qint64 low = *rc::gen::inRange<qint64>(0, placesMost);
            const qint64 high = *rc::gen::inRange<qint64>(0, placesMost + 14);
            std::set<qint64> missing;
            for (qint64 place = low; place <= high; ++place) {
                if (!numbers.contains(place))
                    missing.insert(place);
            }
            std::vector<Span> holes;
            for (const Interval &hole : intervals.holes(low, high))
                holes.emplace_back(hole.low, hole.high);
            RC_ASSERT(numbersOf(holes) == missing);
            RC_ASSERT(intervals.covers(low, high) == missing.empty());
        },
        2000);
}

void tst_MergeProperties::intervalsStayDisjointAndApart()
{
    holds(
        "disjoint",
        [] {
            const auto all = intervalsOf(*anySpans()).all();
            for (size_t i = 0; i < all.size(); ++i) {
                RC_ASSERT(all[i].low <= all[i].high);
                if (i > 0)
                    RC_ASSERT(all[i - 1].high + 1 < all[i].low);
            }
        },
        1000);
}

void tst_MergeProperties::intervalsTellWhatATableMustDo()
{
    holds(
        "changes",
        [] {
            Intervals intervals;
            std::map<qint64, qint64> table;
            for (const auto &[low, high] : *anySpans()) {
                const auto change = intervals.add(low, high);
                if (!change)
                    continue;
                for (const qint64 gone : change->removedLows)
                    RC_ASSERT(table.erase(gone) == 1u);
                RC_ASSERT(table.emplace(change->added.low, change->added.high).second);
            }
            std::vector<Interval> rows;
            for (const auto &[low, high] : table)
                rows.push_back({low, high});
            RC_ASSERT(rows == intervals.all());
        },
        1000);
}

void tst_MergeProperties::intervalsForgetTheOrderOfAdding()
{
    holds(
        "order",
        [] {
            auto spans = *anySpans();
            const Intervals one = intervalsOf(spans);
            std::reverse(spans.begin(), spans.end());
            spans.insert(
                spans.end(), spans.begin(), spans.begin() + std::ptrdiff_t(spans.size() / 2));
            RC_ASSERT(intervalsOf(spans) == one);
        },
        1000);
}

QTEST_APPLESS_MAIN(tst_MergeProperties)
#include "tst_mergeproperties.moc"
