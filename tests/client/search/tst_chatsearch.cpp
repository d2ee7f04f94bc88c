// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

/// What the search bar of a chat shows of real messages through the real server.
class TestChatSearch : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void walksFromTheNewestHitToTheOldestAndBack();
    void searchesThisChatAlone();
    void jumpsToWhatIsNotLoadedAndMarksItThere();
    void marksEveryHitAndNothingElse();
    void understandsTheQueriesOfThePalette();
    void saysWhyItSearchesNothingHere();
    void countsTheFirstHitsAndFetchesTheOthersOnTheWay();
    void skipsWhatWasDeletedMeanwhile();
    void skipsWhatNoLongerFits();
    void staysWhereItIsWhenNewHitsCome();
    void forgetsEverythingWhenItCloses();
    void isClosedInTheNextChat();
    void walksOffline();

private:
    ChatSearch &search() { return *m_ann->chat().search(); }
    /// Opens the bar, asks, and waits for an answer out of an index that knows everything.
    bool look(const QString &query, int count);
    QString currentText();
    bool isMarked(const QString &text);
    ChatId talk(const QString &title) { return m_ann->joinGroupOf(*m_bob, title); }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Seat> m_ann;
    Person *m_bob = nullptr;
    ChatId m_chat;
};

void TestChatSearch::init()
{
    m_world = std::make_unique<World>();
    m_bob = &m_world->join(u"bob"_s);
    m_world->addUser(u"ann"_s);
    m_ann = std::make_unique<Seat>(programOf(m_world->path(u"desk"_s), u"ann"_s));
    QVERIFY(m_ann->signIn(m_world->server().url(), m_world->mintToken(u"ann"_s)));
    m_chat = talk(u"Walkers"_s);
}

void TestChatSearch::cleanup()
{
    m_ann.reset();
    m_world.reset();
}

bool TestChatSearch::look(const QString &query, int count)
{
    const auto askAnew = [&] {
        search().setQuery(QString());
        search().setQuery(query);
    };
    search().setOpen(true);
    askAnew();
    return waitUntil([&] {
        if (search().isSearching())
            return false;
        if (search().isIndexing() || search().count() != count) {
            askAnew();
            return false;
        }
        return true;
    });
}

QString TestChatSearch::currentText()
{
    const int row = m_ann->timeline().rowOf(search().currentId());
    return row < 0 ? QString() : m_ann->role(row, TimelineModel::PlainRole).toString();
}

bool TestChatSearch::isMarked(const QString &text)
{
    const int row = m_ann->rowOf(text);
    return row >= 0 && m_ann->role(row, TimelineModel::MarkedRole).toBool();
}

void TestChatSearch::walksFromTheNewestHitToTheOldestAndBack()
{
    for (const auto &text : {u"ridge one"_s, u"valley"_s, u"the Ridges"_s, u"ridge three"_s})
        m_bob->say(m_chat, text);
    QVERIFY(m_ann->open(m_chat.text()));
    PARLEY_WAIT(m_ann->rowOf(u"ridge three"_s) >= 0);
    QVERIFY(look(u"ridge"_s, 3));
    QCOMPARE(search().position(), 1);
    PARLEY_WAIT(currentText() == u"ridge three"_s);
    QVERIFY(!search().hasMore() && !search().hasNewer() && search().hasOlder());
    search().newer();
    QCOMPARE(search().position(), 1);
    search().older();
    PARLEY_WAIT(currentText() == u"the Ridges"_s);
    search().older();
    PARLEY_WAIT(currentText() == u"ridge one"_s);
    QVERIFY(!search().hasOlder());
    search().older();
    QCOMPARE(search().position(), 3);
    search().newer();
    PARLEY_WAIT(currentText() == u"the Ridges"_s);
    // Another query begins at its newest hit.
    QVERIFY(look(u"ridge on"_s, 1));
    QCOMPARE(search().position(), 1);
    QVERIFY(look(u"mountain"_s, 0));
    QCOMPARE(search().position(), 0);
    QVERIFY(search().isLooking() && search().currentId().isEmpty());
}

void TestChatSearch::searchesThisChatAlone()
{
    const auto other = talk(u"Book club"_s);
    m_bob->say(other, u"ridge elsewhere"_s);
    m_bob->say(m_chat, u"ridge here"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 1));
    // It is this chat, whatever the query says of others.
    QVERIFY(look(u"ridge in:\"book club\""_s, 1));
    search().setQuery(u"in:book"_s);
    QVERIFY(!search().isLooking());
    QCOMPARE(search().fault(), int(PaletteSearch::NoFault));
}

void TestChatSearch::jumpsToWhatIsNotLoadedAndMarksItThere()
{
    m_bob->say(m_chat, u"shall we do the ridge loop?"_s);
    for (int at = 0; at < 100; ++at)
        m_bob->say(m_chat, u"talk %1"_s.arg(at));
    QVERIFY(m_ann->open(m_chat.text()));
    m_ann->timeline().jumpToLatest();
    PARLEY_WAIT(m_ann->rowOf(u"talk 99"_s) >= 0 && m_ann->rowOf(u"talk 0"_s) < 0);
    QSignalSpy jumps(&m_ann->timeline(), &TimelineModel::jumped);
    QVERIFY(look(u"ridge"_s, 1));
    PARLEY_WAIT(currentText() == u"shall we do the ridge loop?"_s);
    PARLEY_WAIT(!jumps.isEmpty());
    QVERIFY(isMarked(u"shall we do the ridge loop?"_s));
    QVERIFY(m_ann->rowOf(u"talk 0"_s) >= 0); // in its context
}

void TestChatSearch::marksEveryHitAndNothingElse()
{
    m_bob->say(m_chat, u"<b>Ridge</b> & loop, 火車站"_s);
    m_bob->say(m_chat, u"a ridge alone"_s);
    m_bob->say(m_chat, u"the ridge, a loop"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge loop"_s, 2));
    PARLEY_WAIT(isMarked(u"the ridge, a loop"_s));
    QVERIFY(!isMarked(u"a ridge alone"_s));
    const int row = m_ann->rowOf(u"<b>Ridge</b> & loop, 火車站"_s);
    QCOMPARE(m_ann->role(row, TimelineModel::MarkupRole).toString(),
        u"&lt;b&gt;<b><font color=\"mark\">Ridge</font></b>&lt;/b&gt; &amp; "
        "<b><font color=\"mark\">loop</font></b>, 火車站"_s);
    // What comes while it is open is marked as it comes.
    m_bob->say(m_chat, u"loop to the ridge"_s);
    PARLEY_WAIT(isMarked(u"loop to the ridge"_s));
}

void TestChatSearch::understandsTheQueriesOfThePalette()
{
    const auto first = m_bob->say(m_chat, u"ridge https://a.example/"_s);
    m_bob->say(m_chat, u"ridge, yes"_s, first);
    QVERIFY(m_ann->open(m_chat.text()));
    m_ann->say(u"my ridge"_s);
    PARLEY_WAIT(m_bob->said(m_chat, u"my ridge"_s));
    QVERIFY(look(u"ridge"_s, 3));
    QVERIFY(look(u"ridge from:bob"_s, 2));
    QVERIFY(look(u"from:me"_s, 1));
    PARLEY_WAIT(currentText() == u"my ridge"_s);
    QVERIFY(look(u"has:link"_s, 1));
    QVERIFY(look(u"has:reply"_s, 1));
    QVERIFY(look(u"ridge after:today"_s, 0));
    QVERIFY(look(u"ridge after:yesterday"_s, 3));
}

void TestChatSearch::saysWhyItSearchesNothingHere()
{
    QVERIFY(m_ann->open(m_chat.text()));
    search().setOpen(true);
    const std::tuple<QString, PaletteSearch::Fault, QString> faults[] = {
        {u"has:photo"_s, PaletteSearch::UnknownKind, u"photo"_s},
        {u"x before:soon"_s, PaletteSearch::NoDate, u"soon"_s},
        {u"from:zoe"_s, PaletteSearch::NobodyNamed, u"zoe"_s},
    };
    for (const auto &[query, fault, text] : faults) {
        search().setQuery(query);
        QCOMPARE(search().fault(), int(fault));
        QCOMPARE(search().faultText(), text);
        QVERIFY(!search().isLooking() && !search().isSearching());
        QCOMPARE(search().count(), 0);
    }
}

void TestChatSearch::countsTheFirstHitsAndFetchesTheOthersOnTheWay()
{
    constexpr int most = ChatSearch::countMost + 5;
    for (int at = 0; at < most; ++at)
        m_bob->say(m_chat, u"ridge %1"_s.arg(at));
    QVERIFY(m_ann->open(m_chat.text()));
    const auto last = u"ridge %1"_s.arg(most - 1);
    PARLEY_WAIT(look(u"ridge"_s, ChatSearch::countMost) && currentText() == last);
    QVERIFY(search().hasMore());
    while (search().position() < ChatSearch::countMost)
        search().older();
    QVERIFY(search().hasOlder());
    search().older();
    PARLEY_WAIT(search().position() == ChatSearch::countMost + 1);
    QCOMPARE(search().count(), most);
    QVERIFY(!search().hasMore());
    PARLEY_WAIT(currentText() == u"ridge 4"_s);
}

void TestChatSearch::skipsWhatWasDeletedMeanwhile()
{
    m_bob->say(m_chat, u"ridge one"_s);
    const auto second = m_bob->say(m_chat, u"ridge two"_s);
    const auto third = m_bob->say(m_chat, u"ridge three"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 3));
    PARLEY_WAIT(currentText() == u"ridge three"_s);
    m_bob->client().deleteMessage(m_chat, second);
    PARLEY_WAIT(search().count() == 2);
    QCOMPARE(search().position(), 1);
    m_bob->client().deleteMessage(m_chat, third);
    PARLEY_WAIT(search().count() == 1);
    // Where one was is nothing any more: the next step is to what came before it.
    QCOMPARE(search().position(), 0);
    QVERIFY(search().currentId().isEmpty() && search().hasOlder() && !search().hasNewer());
    search().older();
    QCOMPARE(search().position(), 1);
    PARLEY_WAIT(currentText() == u"ridge one"_s);
}

void TestChatSearch::skipsWhatNoLongerFits()
{
    m_bob->say(m_chat, u"ridge one"_s);
    const auto second = m_bob->say(m_chat, u"ridge two"_s);
    m_bob->say(m_chat, u"ridge three"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 3));
    search().older();
    PARLEY_WAIT(currentText() == u"ridge two"_s);
    m_bob->edit(m_chat, second, u"valley"_s);
    PARLEY_WAIT(search().count() == 2);
    QCOMPARE(search().position(), 0);
    PARLEY_WAIT(m_ann->rowOf(u"valley"_s) >= 0);
    QVERIFY(!isMarked(u"valley"_s));
    search().newer();
    PARLEY_WAIT(currentText() == u"ridge three"_s);
    search().older();
    PARLEY_WAIT(currentText() == u"ridge one"_s);
}

void TestChatSearch::staysWhereItIsWhenNewHitsCome()
{
    m_bob->say(m_chat, u"ridge one"_s);
    m_bob->say(m_chat, u"ridge two"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 2));
    search().older();
    QSignalSpy jumps(&m_ann->timeline(), &TimelineModel::jumped);
    m_bob->say(m_chat, u"ridge three"_s);
    PARLEY_WAIT(search().count() == 3);
    QCOMPARE(search().position(), 3);
    PARLEY_WAIT(currentText() == u"ridge one"_s);
    QVERIFY(jumps.isEmpty());
    // The first one that there ever was is not gone to unasked, either.
    QVERIFY(look(u"peak"_s, 0));
    m_bob->say(m_chat, u"the peak"_s);
    PARLEY_WAIT(search().count() == 1);
    QCOMPARE(search().position(), 0);
    search().older();
    PARLEY_WAIT(currentText() == u"the peak"_s);
}

void TestChatSearch::forgetsEverythingWhenItCloses()
{
    m_bob->say(m_chat, u"the ridge"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 1));
    PARLEY_WAIT(isMarked(u"the ridge"_s));
    search().setOpen(false);
    QCOMPARE(search().query(), QString());
    QCOMPARE(search().count(), 0);
    QVERIFY(search().currentId().isEmpty());
    PARLEY_WAIT(!isMarked(u"the ridge"_s));
}

void TestChatSearch::isClosedInTheNextChat()
{
    const auto other = talk(u"Book club"_s);
    m_bob->say(other, u"the ridge"_s);
    m_bob->say(m_chat, u"the ridge"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 1));
    QVERIFY(m_ann->open(other.text()));
    QVERIFY(!search().isOpen());
    PARLEY_WAIT(m_ann->rowOf(u"the ridge"_s) >= 0);
    QVERIFY(!isMarked(u"the ridge"_s));
}

void TestChatSearch::walksOffline()
{
    m_bob->say(m_chat, u"ridge one"_s);
    m_bob->say(m_chat, u"ridge two"_s);
    QVERIFY(m_ann->open(m_chat.text()));
    QVERIFY(look(u"ridge"_s, 2));
    search().setOpen(false);
    m_world->stopServer();
    PARLEY_WAIT(!m_ann->isOnline());
    QVERIFY(look(u"ridge"_s, 2));
    search().older();
    PARLEY_WAIT(currentText() == u"ridge one"_s);
    QCOMPARE(search().completeFromText(), QString());
}

QTEST_MAIN(TestChatSearch)
#include "tst_chatsearch.moc"
