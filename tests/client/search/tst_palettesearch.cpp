// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

/// What the palette shows of real conversations through the real server.
class TestPaletteSearch : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void offersTheNewestChatsBeforeAnythingIsTyped();
    void findsChatsAndPeopleByTheirNames();
    void findsMessagesAndJumpsToOne();
    void marksWhatItFoundAndPaintsNoMarkup();
    void narrowsByWhoAndWhere();
    void saysWhyItSearchesNothing();
    void findsNothingAfterADeletion();
    void fetchesPageAfterPage();
    void worksOffline();

private:
    PaletteSearch &search() { return *m_ann->app().search(); }
    FoundModel &found() { return *search().found(); }
    QVariant role(int row, FoundModel::Role role) { return found().data(found().index(row), role); }
    int count(FoundModel::Kind kind);
    int rowOf(FoundModel::Kind kind, int nth = 0);
    /// The query is asked anew and answered, from an index that knows everything that is here.
    bool ask(const QString &query);
    ChatId talk(const QString &title) { return m_ann->joinGroupOf(*m_bob, title); }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Seat> m_ann;
    Person *m_bob = nullptr;
};

void TestPaletteSearch::init()
{
    m_world = std::make_unique<World>();
    m_bob = &m_world->join(u"bob"_s);
    m_world->addUser(u"ann"_s);
    m_ann = std::make_unique<Seat>(programOf(m_world->path(u"desk"_s), u"ann"_s));
    new QAbstractItemModelTester(
        &found(), QAbstractItemModelTester::FailureReportingMode::QtTest, &found());
    QVERIFY(m_ann->signIn(m_world->server().url(), m_world->mintToken(u"ann"_s)));
}

void TestPaletteSearch::cleanup()
{
    m_ann.reset();
    m_world.reset();
}

int TestPaletteSearch::count(FoundModel::Kind kind)
{
    int count = 0;
    for (int row = 0; row < found().count(); ++row)
        count += role(row, FoundModel::KindRole).toInt() == kind;
    return count;
}

int TestPaletteSearch::rowOf(FoundModel::Kind kind, int nth)
{
    for (int row = 0; row < found().count(); ++row)
        if (role(row, FoundModel::KindRole).toInt() == kind && nth-- == 0)
            return row;
    return -1;
}

bool TestPaletteSearch::ask(const QString &query)
{
    const auto askAnew = [&] {
        search().reset();
        search().setQuery(query);
    };
    askAnew();
    return waitUntil([&] {
        if (search().isSearching())
            return false;
        if (search().isIndexing()) {
            askAnew();
            return false;
        }
        return true;
    });
}

void TestPaletteSearch::offersTheNewestChatsBeforeAnythingIsTyped()
{
    const auto first = talk(u"First"_s);
    const auto second = talk(u"Second"_s);
    m_bob->say(first, u"news"_s);
    PARLEY_WAIT(m_ann->app().chats()->rowOf(first.text()) == 0);
    search().reset();
    QCOMPARE(found().results(), 2);
    QCOMPARE(role(0, FoundModel::TitleRole).toString(), u"First"_s);
    QCOMPARE(role(0, FoundModel::MemberCountRole).toInt(), 2);
    QCOMPARE(role(1, FoundModel::ChatIdRole).toString(), second.text());
    QCOMPARE(count(FoundModel::SwitchTheme), 1);
    QCOMPARE(count(FoundModel::NewChat), 0);
}

void TestPaletteSearch::findsChatsAndPeopleByTheirNames()
{
    talk(u"Bridge club"_s);
    talk(u"Ridge Walkers"_s);
    talk(u"Others"_s);
    QVERIFY(ask(u"RIDGE"_s));
    QCOMPARE(count(FoundModel::Chat), 2);
    // A word that begins so comes first, although the other one is newer or older.
    QCOMPARE(role(0, FoundModel::TitleRole).toString(), u"Ridge Walkers"_s);
    QCOMPARE(count(FoundModel::NewChat), 1);
    QCOMPARE(count(FoundModel::SwitchTheme), 0);
    QVERIFY(ask(u"@bo"_s));
    QCOMPARE(count(FoundModel::Person), 1);
    const int row = rowOf(FoundModel::Person);
    QCOMPARE(role(row, FoundModel::UserNameRole).toString(), u"bob"_s);
    QCOMPARE(role(row, FoundModel::UserIdRole).toString(), m_bob->id().text());
}

void TestPaletteSearch::findsMessagesAndJumpsToOne()
{
    const auto chat = talk(u"Walkers"_s);
    m_bob->say(chat, u"shall we do the ridge loop?"_s);
    for (int at = 0; at < 100; ++at)
        m_bob->say(chat, u"talk %1"_s.arg(at));
    PARLEY_WAIT(ask(u"ridge loop"_s) && count(FoundModel::Message) == 1);
    const int row = rowOf(FoundModel::Message);
    QCOMPARE(role(row, FoundModel::ChatTitleRole).toString(), u"Walkers"_s);
    QVERIFY(!role(row, FoundModel::IsMineRole).toBool());
    QVERIFY(!role(row, FoundModel::TimeTextRole).toString().isEmpty());
    const auto message = role(row, FoundModel::MessageIdRole).toString();
    m_ann->app().openMessage(role(row, FoundModel::ChatIdRole).toString(), message);
    PARLEY_WAIT(m_ann->app().chat() && m_ann->timeline().rowOf(message) >= 0);
    QVERIFY(m_ann->rowOf(u"talk 0"_s) >= 0); // in its context
    m_ann->app().openMessage(chat.text(), message);
    QCOMPARE(m_ann->app().chat()->chatId(), chat.text());
}

void TestPaletteSearch::marksWhatItFoundAndPaintsNoMarkup()
{
    const auto chat = talk(u"Walkers"_s);
    m_bob->say(chat, u"before <b>x</b> & the Ridge, 火車站"_s);
    PARLEY_WAIT(ask(u"ridge 車"_s) && count(FoundModel::Message) == 1);
    QCOMPARE(role(rowOf(FoundModel::Message), FoundModel::MarkupRole).toString(),
        u"before &lt;b&gt;x&lt;/b&gt; &amp; the <b><font color=\"mark\">Ridge</font></b>, "
        "火<b><font color=\"mark\">車</font></b>站"_s);
    QCOMPARE(role(rowOf(FoundModel::Message), FoundModel::PlainRole).toString(),
        u"before <b>x</b> & the Ridge, 火車站"_s);
}

void TestPaletteSearch::narrowsByWhoAndWhere()
{
    const auto one = talk(u"Walkers"_s);
    const auto two = talk(u"Book club"_s);
    m_bob->say(one, u"ridge one"_s);
    m_bob->say(two, u"ridge two"_s);
    QVERIFY(m_ann->open(one.text()));
    m_ann->say(u"my ridge"_s);
    PARLEY_WAIT(m_bob->said(one, u"my ridge"_s));
    PARLEY_WAIT(ask(u"ridge"_s) && count(FoundModel::Message) == 3);
    QVERIFY(ask(u"ridge from:bob"_s));
    QCOMPARE(count(FoundModel::Message), 2);
    QCOMPARE(count(FoundModel::Chat), 0);
    QVERIFY(ask(u"ridge from:me"_s));
    QCOMPARE(count(FoundModel::Message), 1);
    QVERIFY(role(rowOf(FoundModel::Message), FoundModel::IsMineRole).toBool());
    QVERIFY(ask(u"ridge in:\"book club\""_s));
    QCOMPARE(count(FoundModel::Message), 1);
    QVERIFY(ask(u"ridge after:today"_s));
    QCOMPARE(count(FoundModel::Message), 0);
    QVERIFY(ask(u"ridge after:yesterday"_s));
    QCOMPARE(count(FoundModel::Message), 3);
}

void TestPaletteSearch::saysWhyItSearchesNothing()
{
    talk(u"Walkers"_s);
    const std::tuple<QString, PaletteSearch::Fault, QString> faults[] = {
        {u"has:photo"_s, PaletteSearch::UnknownKind, u"photo"_s},
        {u"x before:soon"_s, PaletteSearch::NoDate, u"soon"_s},
        {u"from:zoe"_s, PaletteSearch::NobodyNamed, u"zoe"_s},
        {u"in:nowhere"_s, PaletteSearch::NoChatNamed, u"nowhere"_s},
    };
    for (const auto &[query, fault, text] : faults) {
        search().setQuery(query);
        QCOMPARE(search().fault(), fault);
        QCOMPARE(search().faultText(), text);
        QVERIFY(!search().isSearching());
        QCOMPARE(found().results(), 0);
    }
    search().setQuery(u"from:"_s);
    QCOMPARE(search().fault(), PaletteSearch::NoFault);
}

void TestPaletteSearch::findsNothingAfterADeletion()
{
    const auto chat = talk(u"Walkers"_s);
    const auto message = m_bob->say(chat, u"a secret"_s);
    PARLEY_WAIT(ask(u"secret"_s) && count(FoundModel::Message) == 1);
    m_bob->client().deleteMessage(chat, message);
    // What stands there stays until it is asked again.
    PARLEY_WAIT(ask(u"secret"_s) && count(FoundModel::Message) == 0);
}

void TestPaletteSearch::fetchesPageAfterPage()
{
    const auto chat = talk(u"Walkers"_s);
    constexpr int most = SearchRequest::pageHits + 5;
    for (int at = 0; at < most; ++at)
        m_bob->say(chat, u"ridge %1"_s.arg(at));
    PARLEY_WAIT(ask(u"ridge"_s) && count(FoundModel::Message) == SearchRequest::pageHits
        && role(rowOf(FoundModel::Message), FoundModel::PlainRole) == u"ridge %1"_s.arg(most - 1));
    search().loadMore();
    PARLEY_WAIT(count(FoundModel::Message) == most);
    search().loadMore();
    QVERIFY(!search().isSearching());
    QCOMPARE(
        role(rowOf(FoundModel::Message, most - 1), FoundModel::PlainRole).toString(), u"ridge 0"_s);
}

void TestPaletteSearch::worksOffline()
{
    const auto chat = talk(u"Walkers"_s);
    m_bob->say(chat, u"the ridge"_s);
    PARLEY_WAIT(ask(u"ridge"_s) && count(FoundModel::Message) == 1);
    m_world->stopServer();
    PARLEY_WAIT(!m_ann->isOnline());
    QVERIFY(ask(u"the ridge"_s));
    QCOMPARE(count(FoundModel::Message), 1);
    QCOMPARE(search().completeFromText(), QString());
}

QTEST_MAIN(TestPaletteSearch)
#include "tst_palettesearch.moc"
