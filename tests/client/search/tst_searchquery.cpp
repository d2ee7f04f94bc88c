// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchquery.h"

#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

class SearchQueryTest : public QObject {
    Q_OBJECT
private slots:
    void readsWordsPhrasesAndBeginnings();
    void readsFilters();
    void readsDates_data();
    void readsDates();
    void saysWhatItDoesNotUnderstand();
    void whatIsHalfTypedSaysNothingYet();
    void whatLooksLikeAFilterIsWords();
    void readsNoMoreThanAPersonTypes();

private:
    static SearchQuery parse(const QString &text)
    {
        return SearchQuery::parse(text, QDate(2024, 5, 14));
    }
};

void SearchQueryTest::readsWordsPhrasesAndBeginnings()
{
    const auto query = parse(u"Ridge  \"the loop\" sat* ri x ridge \"half op"_s);
    QCOMPARE(query.needles,
        (QStringList{u"ridge"_s, u" the loop "_s, u" sat"_s, u" ri"_s, u" x "_s, u" half op"_s}));
    QVERIFY(!query.hasFilter() && !query.isEmpty());
    QCOMPARE(parse(u"“the loop”"_s).needles, QStringList{u" the loop "_s});
    QVERIFY(parse(u"  … \"\" * "_s).isEmpty());
    QVERIFY(parse(QString()).isEmpty());
}

void SearchQueryTest::readsFilters()
{
    const auto query =
        parse(u"from:maya FROM:\"Noor Haddad\" in:walkers has:LINK has:reply ridge"_s);
    QCOMPARE(query.from, (QStringList{u"maya"_s, u"Noor Haddad"_s}));
    QCOMPARE(query.in, QStringList{u"walkers"_s});
    QVERIFY(query.hasLink && query.hasReply && query.hasFilter());
    QCOMPARE(query.needles, QStringList{u"ridge"_s});
    QCOMPARE(query.words, QStringList{u"ridge"_s});
    QVERIFY(!parse(u"has:link"_s).isEmpty());
}

void SearchQueryTest::readsDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("first");
    QTest::addColumn<QDate>("last");
    const auto row = [](const QString &text, const QDate &first, const QDate &last) {
        QTest::newRow(qPrintable(text)) << text << first << last;
    };
    row(u"after:2024-05-12"_s, QDate(2024, 5, 13), {});
    row(u"before:2024-05-12"_s, {}, QDate(2024, 5, 11));
    row(u"after:2024-2"_s, QDate(2024, 3, 1), {});
    row(u"before:2024-02"_s, {}, QDate(2024, 1, 31));
    row(u"after:2023"_s, QDate(2024, 1, 1), {});
    row(u"before:2024"_s, {}, QDate(2023, 12, 31));
    row(u"after:2024-12"_s, QDate(2025, 1, 1), {});
    row(u"after:Yesterday"_s, QDate(2024, 5, 14), {});
    row(u"before:today"_s, {}, QDate(2024, 5, 13));
    row(u"after:2024-05-01 after:2024-05-03 before:2024 before:2025"_s, QDate(2024, 5, 4),
        QDate(2023, 12, 31));
}

void SearchQueryTest::readsDates()
{
    QFETCH(QString, text);
    QFETCH(QDate, first);
    QFETCH(QDate, last);
    const auto query = parse(text);
    QCOMPARE(query.fault, SearchQuery::Fault::None);
    QCOMPARE(query.firstDay.value_or(QDate()), first);
    QCOMPARE(query.lastDay.value_or(QDate()), last);
}

void SearchQueryTest::saysWhatItDoesNotUnderstand()
{
    auto query = parse(u"has:photo before:soon"_s);
    QCOMPARE(query.fault, SearchQuery::Fault::UnknownKind);
    QCOMPARE(query.faultText, u"photo"_s);
    for (const auto &date : {u"soon"_s, u"2024-13"_s, u"2024-02-30"_s, u"0000"_s, u"24"_s,
             u"2024-05-12-1"_s, u"12.5.2024"_s}) {
        query = parse(u"ridge after:"_s + date);
        QCOMPARE(query.fault, SearchQuery::Fault::NoDate);
        QCOMPARE(query.faultText, date);
    }
}

void SearchQueryTest::whatIsHalfTypedSaysNothingYet()
{
    for (const auto &text : {u"from:"_s, u"in: "_s, u"has:"_s, u"before:"_s, u"from:\"\""_s})
        QVERIFY(parse(text).isEmpty() && parse(text).fault == SearchQuery::Fault::None);
    QCOMPARE(parse(u"from:\"Noor Ha"_s).from, QStringList{u"Noor Ha"_s});
}

void SearchQueryTest::whatLooksLikeAFilterIsWords()
{
    QCOMPARE(parse(u"re: https://example.org"_s).needles,
        (QStringList{u" re"_s, u"https example org"_s}));
    QCOMPARE(parse(u"Xfrom:maya"_s).needles, QStringList{u"xfrom maya"_s});
}

void SearchQueryTest::readsNoMoreThanAPersonTypes()
{
    const auto query = parse(QString(100'000, u'a'));
    QCOMPARE(query.needles.front().size(), 400);
    QVERIFY(parse(u"\" "_s.repeated(50'000)).isEmpty());
}

QTEST_GUILESS_MAIN(SearchQueryTest)
#include "tst_searchquery.moc"
