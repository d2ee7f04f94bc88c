// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/queryplan.h"
#include "tests/client/search/library.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

namespace {

constexpr qint64 startMs = 1'700'000'000'000;

} // namespace

class SearcherTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void findsTheNewestFirstInPages();
    void followsBehind();
    void forgetsWhatWasEdited();
    void forgetsWhatWasDeleted();
    void forgetsAChatThatIsGone();
    void leavesNothingOfADeletedTextInTheFile();
    void keepsNotesAndIndexTogether();
    void asksForAllOfIt();
    void keepsManyOfOneMillisecond();
    void showsOwnChangesThatWait();
    void hidesWhatMayNotBeRead();
    void saysHowFarBackItIsComplete();
    void asksFtsNothingButCharacters();
    void aPageComparesABoundedNumber();
    void readsByIndexWhateverTheHistory();
    void takesNothingFromAnUnreadableBody();

private:
    QByteArray fileBytes() const;

    static ChatId chat() { return chatNumber(1); }
    static ChatId other() { return chatNumber(2); }
    std::unique_ptr<Library> m_library;
};

void SearcherTest::init()
{
    m_library = std::make_unique<Library>();
    m_library->addChat(chat());
    m_library->addChat(other());
}

void SearcherTest::findsTheNewestFirstInPages()
{
    QStringList expected;
    for (int at = 0; at < 100; ++at) {
        // Not in the order of their arrival, as history that is fetched.
        const qint64 timeMs = startMs + (at * 37 % 100) * 1'000;
        m_library->say(at % 3 ? chat() : other(), Library::anna(),
            u"ridge %1"_s.arg((timeMs - startMs) / 1'000), timeMs);
        expected.prepend(u"ridge %1"_s.arg(at));
    }
    m_library->hold(chat());
    m_library->hold(other());
    m_library->open();
    m_library->catchUp();
    QCOMPARE(m_library->texts(u"idge"_s), expected);
    SearchRequest request;
    request.needles = {u" ridge "_s};
    request.limit = 7;
    QCOMPARE(m_library->find(request).size(), size_t(100));
}

void SearcherTest::followsBehind()
{
    m_library->say(chat(), Library::anna(), u"the ridge"_s, startMs);
    m_library->hold(chat());
    m_library->open();
    QVERIFY(*m_library->index().isBehind());
    QVERIFY(m_library->texts(u"ridge"_s).isEmpty());
    m_library->catchUp();
    QVERIFY(!*m_library->index().isBehind());
    QCOMPARE(m_library->texts(u"ridge"_s), QStringList{u"the ridge"_s});
}

void SearcherTest::forgetsWhatWasEdited()
{
    auto row = m_library->say(chat(), Library::anna(), u"the ridge"_s, startMs);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    row.payload = textPayload(u"the valley"_s);
    row.revision += 1;
    m_library->save(chat(), row);
    // The index still says so, the comparison does not.
    QVERIFY(m_library->texts(u"ridge"_s).isEmpty());
    m_library->catchUp();
    QCOMPARE(m_library->texts(u"valley"_s), QStringList{u"the valley"_s});
    QVERIFY(m_library->texts(u"ridge"_s).isEmpty());
    QVERIFY(*m_library->index().hasRemains());
}

void SearcherTest::forgetsWhatWasDeleted()
{
    auto row = m_library->say(chat(), Library::anna(), u"the ridge"_s, startMs);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    row.deleted = true;
    row.payload.clear();
    m_library->save(chat(), row);
    m_library->catchUp();
    QVERIFY(m_library->texts(u"ridge"_s).isEmpty());
    QCOMPARE(**m_library->database().integer(u"SELECT count(*) FROM indexed"_s), 0);
}

void SearcherTest::forgetsAChatThatIsGone()
{
    m_library->say(chat(), Library::anna(), u"the ridge"_s, startMs);
    m_library->say(other(), Library::anna(), u"another ridge"_s, startMs);
    m_library->catchUp();
    m_library->cache().begin();
    m_library->cache().removeChat(chat());
    QVERIFY(m_library->cache().commit());
    m_library->catchUp();
    QCOMPARE(**m_library->database().integer(u"SELECT count(*) FROM indexed"_s), 1);
    m_library->cache().begin();
    m_library->cache().removeServerContent();
    QVERIFY(m_library->cache().commit());
    m_library->catchUp();
    QCOMPARE(**m_library->database().integer(u"SELECT count(*) FROM indexed"_s), 0);
}

QByteArray SearcherTest::fileBytes() const
{
    QFile file(m_library->database().path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void SearcherTest::leavesNothingOfADeletedTextInTheFile()
{
    // Characters that nothing else in the file has: the index keeps three of them in a row.
    const auto secret = u"ꙀꙂꙄꙆꙈꙊꙌ"_s;
    const auto gram = u"ꙃꙅꙇ"_s.toUtf8(); // as it is folded
    for (int at = 0; at < 500; ++at)
        m_library->say(chat(), Library::anna(), u"talk number %1"_s.arg(at), startMs + at);
    auto row = m_library->say(chat(), Library::anna(), secret, startMs + 1'000);
    m_library->catchUp();
    QVERIFY(m_library->database().checkpoint());
    QVERIFY(fileBytes().contains(gram));
    row.deleted = true;
    row.payload.clear();
    m_library->save(chat(), row);
    m_library->catchUp();
    int sweeps = 0;
    for (; *m_library->index().hasRemains(); ++sweeps)
        QVERIFY(m_library->index().sweep(32) && sweeps < 1'000);
    QVERIFY(sweeps > 1);
    QVERIFY(m_library->database().checkpoint());
    QVERIFY(!fileBytes().contains(gram));
    QVERIFY(!fileBytes().contains(secret.toUtf8()));
    QVERIFY(m_library->database().quickCheck());
}

void SearcherTest::keepsNotesAndIndexTogether()
{
    QStringList expected;
    for (int at = 0; at < 30; ++at) {
        m_library->say(chat(), Library::anna(), u"ridge %1"_s.arg(at), startMs + at);
        expected.prepend(u"ridge %1"_s.arg(at));
    }
    m_library->hold(chat());
    m_library->open();
    while (*m_library->index().isBehind()) {
        QVERIFY(m_library->index().step(4));
        // In one transaction, so that whatever ends the program leaves both or none.
        const auto notes = **m_library->database().integer(u"SELECT count(*) FROM unindexed"_s);
        const auto held = **m_library->database().integer(u"SELECT count(*) FROM indexed"_s);
        QCOMPARE(notes + held, 30);
        m_library->open();
    }
    QCOMPARE(m_library->texts(u"ridge"_s), expected);
}

void SearcherTest::asksForAllOfIt()
{
    const auto question =
        m_library->say(chat(), Library::anna(), u"where? https://a.example/"_s, startMs);
    m_library->say(chat(), Library::me(), u"there"_s, startMs + 10, question.id);
    m_library->say(other(), Library::anna(), u"where else"_s, startMs + 20);
    for (const auto &each : {chat(), other()})
        m_library->hold(each);
    m_library->open();
    m_library->catchUp();
    const auto count = [&](const auto &change) {
        SearchRequest request;
        change(request);
        return int(m_library->find(request).size());
    };
    QCOMPARE(count([](SearchRequest &) {}), 3);
    QCOMPARE(count([](SearchRequest &request) { request.hasLink = true; }), 1);
    QCOMPARE(count([](SearchRequest &request) { request.hasReply = true; }), 1);
    QCOMPARE(count([](SearchRequest &request) { request.senders = {Library::anna()}; }), 2);
    QCOMPARE(count([](SearchRequest &request) { request.senders.emplace(); }), 0);
    QCOMPARE(count([](SearchRequest &request) { request.chats = {other(), chatNumber(9)}; }), 1);
    QCOMPARE(count([](SearchRequest &request) { request.sinceMs = startMs + 10; }), 2);
    QCOMPARE(count([](SearchRequest &request) { request.untilMs = startMs + 10; }), 1);
    QCOMPARE(count([](SearchRequest &request) {
        request.needles = {u"here"_s};
        request.chats = {chat()};
        request.senders = {Library::anna()};
    }),
        1);
}

void SearcherTest::keepsManyOfOneMillisecond()
{
    for (int at = 0; at < 100; ++at)
        m_library->say(chat(), Library::anna(), u"ridge %1"_s.arg(at), startMs);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    SearchRequest request;
    request.needles = {u"ridge"_s};
    request.sinceMs = startMs;
    request.untilMs = startMs + 1;
    QCOMPARE(m_library->find(request).size(), size_t(100));
}

void SearcherTest::showsOwnChangesThatWait()
{
    const auto mine = m_library->say(chat(), Library::me(), u"the ridge"_s, startMs);
    const auto gone = m_library->say(chat(), Library::me(), u"my ridge"_s, startMs + 1);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    QVERIFY(m_library->core().remove(chat(), gone.id));
    QCOMPARE(m_library->texts(u"ridge"_s), QStringList{u"the ridge"_s});
    QVERIFY(
        m_library->core().edit(chat(), mine.id, ContentType::Text, textPayload(u"that ridge"_s)));
    QCOMPARE(m_library->texts(u"ridge"_s), QStringList{u"that ridge"_s});
}

void SearcherTest::hidesWhatMayNotBeRead()
{
    m_library->say(chat(), Library::anna(), u"an old ridge"_s, startMs);
    m_library->say(chat(), Library::anna(), u"a new ridge"_s, startMs + 1);
    m_library->hold(chat(), 2);
    m_library->open();
    m_library->catchUp();
    QCOMPARE(m_library->texts(u"ridge"_s), QStringList{u"a new ridge"_s});
    const auto lost = chatNumber(7);
    m_library->say(lost, Library::anna(), u"a ridge of nobody"_s, startMs + 2);
    m_library->open();
    m_library->catchUp();
    QCOMPARE(m_library->texts(u"ridge"_s), QStringList{u"a new ridge"_s});
}

void SearcherTest::saysHowFarBackItIsComplete()
{
    m_library->say(chat(), Library::anna(), u"one"_s, startMs);
    m_library->say(chat(), Library::anna(), u"two"_s, startMs + 5'000);
    m_library->say(other(), Library::anna(), u"one"_s, startMs + 1'000);
    m_library->hold(chat(), 2);
    m_library->hold(other());
    m_library->open();
    const auto &screen = m_library->core().screen();
    QCOMPARE(screen.completeFromMs(std::nullopt), std::optional(startMs + 5'000));
    QCOMPARE(screen.completeFromMs(std::vector{other()}), std::optional<qint64>());
    m_library->cache().begin();
    m_library->cache().saveIntervals(chat(), {{2}, {1, 2}});
    QVERIFY(m_library->cache().commit());
    m_library->open();
    QCOMPARE(m_library->core().screen().completeFromMs(std::nullopt), std::optional<qint64>());
}

void SearcherTest::asksFtsNothingButCharacters()
{
    m_library->say(chat(), Library::anna(), u"a OR b NOT c NEAR(d) \"e\" text:f ^g"_s, startMs);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    for (const auto &needle : {u" or "_s, u"not c near"_s, u"text f"_s, u"^ g"_s, u" e "_s})
        QCOMPARE(m_library->texts(needle).size(), 1);
    for (const auto &needle : {u"\""_s, u"\"*"_s, u"abc\" OR \"def"_s, u"'; DROP TABLE row; --"_s,
             u"^^^"_s, u"NEAR("_s, u"((("_s, u"-----"_s})
        QVERIFY(m_library->texts(needle).isEmpty());
}

void SearcherTest::aPageComparesABoundedNumber()
{
    // Candidates that all fail: every three characters are there, the whole is not.
    for (int at = 0; at < 2 * Searcher::candidatesMost; ++at)
        m_library->say(chat(), Library::anna(), u"abcd bcde %1"_s.arg(at), startMs + at);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    SearchRequest request;
    request.needles = {u"abcde"_s};
    Searcher searcher(m_library->index(), m_library->core(), Library::me());
    const auto page = searcher.page(request);
    QVERIFY(page && page->hits.empty() && page->next);
    QVERIFY(m_library->find(request).empty());
}

void SearcherTest::readsByIndexWhateverTheHistory()
{
    const Row row = m_library->say(chat(), Library::anna(), u"the ridge"_s, startMs);
    m_library->hold(chat());
    m_library->open();
    m_library->catchUp();
    Row deleted = row;
    deleted.revision += 1;
    deleted.deleted = true;
    m_library->save(chat(), deleted);
    m_library->catchUp();
    while (*m_library->index().hasRemains())
        QVERIFY(m_library->index().sweep(64));
    SearchRequest all;
    all.hasReply = true;
    (void)m_library->find(all);
    (void)m_library->find({});
    (void)m_library->texts(u"ridge"_s);
    // Read whole once, at the start; `unindexed` from its newest end; `gram` by its own lists.
    const auto scans = fullScans(m_library->database(),
        {u"chat"_s, u"user"_s, u"state"_s, u"wish"_s, u"outbox"_s, u"meta"_s, u"interval"_s,
            u"unindexed"_s, u"indexing"_s, u"gram"_s});
    QVERIFY(scans);
    QCOMPARE(*scans, QStringList());
}

void SearcherTest::takesNothingFromAnUnreadableBody()
{
    Row row = m_library->say(chat(), Library::anna(), u"ridge"_s, startMs);
    row.payload = "no text";
    m_library->save(chat(), row);
    QVERIFY(m_library->database().run(u"INSERT INTO row VALUES(?, ?, 9, 9, 2, ?, ?)"_s, chat(),
        messageNumber(99), Library::anna(), QByteArray("no row")));
    m_library->catchUp();
    QCOMPARE(**m_library->database().integer(u"SELECT count(*) FROM indexed"_s), 0);
}

QTEST_GUILESS_MAIN(SearcherTest)
#include "tst_searcher.moc"
