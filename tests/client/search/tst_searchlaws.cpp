// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchable.h"
#include "client/search/searchquery.h"
#include "tests/client/search/library.h"
#include "tests/e2e/replay/irclog.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace parley;

/// On a real day of conversation: whatever is asked, the index gives what reading everything gives.
class SearchLawsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void findsWhatReadingEverythingFinds_data();
    void findsWhatReadingEverythingFinds();
    void staysTrueWhileMessagesChange();

private:
    struct Said {
        ChatId chat;
        Row row;
        QString text;
        QStringList words; ///< by this test's own understanding
    };
    using Test = std::function<bool(const Said &)>;
    struct Question {
        QString typed;
        std::vector<Test> tests;
    };

    static QStringList wordsOf(const QString &text);
    int pick(int count) { return int(m_random() % quint64(count)); }
    Question question();
    void addWords(Question &question, const Said &said);
    void addFilter(Question &question, const Said &said);
    SearchRequest requestOf(const Question &question) const;
    std::vector<MessageId> byReading(const Question &question, size_t most) const;
    std::vector<MessageId> bySearching(const Question &question, size_t most);
    QString difference(size_t most);

    static constexpr int chats = 5;
    static constexpr qint64 firstMs = 1'600'000'000'000;
    std::mt19937_64 m_random{20090325};
    std::unique_ptr<Library> m_library;
    std::vector<Said> m_said; ///< the newest first
    QStringList m_names; ///< of senders
};

// Not the way of the program: characters are taken one by one, and words kept apart.
QStringList SearchLawsTest::wordsOf(const QString &text)
{
    QStringList words;
    bool isWithin = false;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD).toLower()) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue;
        const bool isAlone = c.isSymbol() || c.script() == QChar::Script_Han;
        if (isAlone || c.isLetterOrNumber()) {
            if (isAlone || !isWithin)
                words += QString();
            words.back() += c;
        }
        isWithin = !isAlone && c.isLetterOrNumber();
    }
    return words;
}

void SearchLawsTest::initTestCase()
{
    QFile file(qEnvironmentVariable("PARLEY_SEARCHED_DAY", QStringLiteral(PARLEY_DEMO_DAY)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_library = std::make_unique<Library>();
    for (quint8 number = 1; number <= chats; ++number)
        m_library->addChat(chatNumber(number));
    qint64 timeMs = firstMs;
    std::map<ChatId, MessageId> last;
    for (const auto &line : parseIrcLog(file.readAll())) {
        if (!line.isSaid())
            continue;
        if (!m_names.contains(line.nick) && m_names.size() < 200)
            m_names += line.nick;
        const auto sender =
            userNumber(quint8(1 + std::max<qsizetype>(0, m_names.indexOf(line.nick))));
        const auto chat = chatNumber(quint8(1 + pick(chats)));
        const bool isReply = last.contains(chat) && pick(5) == 0;
        timeMs += 1 + pick(200'000);
        const auto row = m_library->say(
            chat, sender, line.text, timeMs, isReply ? std::optional(last[chat]) : std::nullopt);
        last[chat] = row.id;
        m_said.push_back({chat, row, line.text, wordsOf(line.text)});
    }
    for (quint8 number = 1; number <= chats; ++number)
        m_library->hold(chatNumber(number));
    m_library->open();
    m_library->catchUp();
    std::reverse(m_said.begin(), m_said.end());
    QVERIFY(m_said.size() > 500);
}

void SearchLawsTest::addWords(Question &question, const Said &said)
{
    if (said.words.isEmpty())
        return;
    const int first = pick(int(said.words.size()));
    const int count = std::min<int>(1 + pick(3), int(said.words.size()) - first);
    const auto words = said.words.mid(first, count);
    const auto &word = words.front();
    const auto anyWord = [](const std::function<bool(const QString &)> &fits) -> Test {
        return [fits](const Said &each) {
            return std::any_of(each.words.begin(), each.words.end(), fits);
        };
    };
    const int kind = pick(4);
    if (kind == 0) { // a phrase
        question.typed += u" \"%1\""_s.arg(words.join(pick(2) ? u' ' : u'-'));
        question.tests.push_back([words](const Said &each) {
            for (qsizetype at = 0; at + words.size() <= each.words.size(); ++at)
                if (each.words.mid(at, words.size()) == words)
                    return true;
            return false;
        });
    } else if (kind == 1) { // a beginning
        const auto begun = word.left(1 + pick(int(word.size())));
        question.typed += u' ' + begun + u'*';
        question.tests.push_back(anyWord([begun](const QString &each) {
            return begun.size() == 1 ? each == begun : each.startsWith(begun);
        }));
    } else { // as it is typed: a part, a beginning, a word
        const int begin = kind == 2 ? pick(int(word.size())) : 0;
        const auto part = word.mid(begin, kind == 2 ? 1 + pick(int(word.size())) : -1);
        question.typed += u' ' + (pick(2) ? part.toUpper() : part);
        question.tests.push_back(anyWord([part](const QString &each) {
            return part.size() == 1 ? each == part
                : part.size() == 2  ? each.startsWith(part)
                                    : each.contains(part);
        }));
    }
}

void SearchLawsTest::addFilter(Question &question, const Said &said)
{
    const auto day = QDateTime::fromMSecsSinceEpoch(said.row.time).date();
    switch (pick(6)) {
    case 0:
        question.typed += u" from:%1"_s.arg(said.row.sender.text());
        question.tests.push_back(
            [sender = said.row.sender](const Said &each) { return each.row.sender == sender; });
        break;
    case 1:
        question.typed += u" in:%1"_s.arg(said.chat.text());
        question.tests.push_back(
            [chat = said.chat](const Said &each) { return each.chat == chat; });
        break;
    case 2:
        question.typed += u" has:reply"_s;
        question.tests.push_back([](const Said &each) { return each.row.replyTo.has_value(); });
        break;
    case 3:
        question.typed += u" has:link"_s;
        question.tests.push_back([](const Said &each) { return hasLink(*bodyOf(each.row)); });
        break;
    case 4:
        question.typed += u" before:%1"_s.arg(day.toString(Qt::ISODate));
        question.tests.push_back([end = day.startOfDay().toMSecsSinceEpoch()](
                                     const Said &each) { return each.row.time < end; });
        break;
    default:
        question.typed += u" after:%1"_s.arg(day.toString(Qt::ISODate));
        question.tests.push_back([begin = day.addDays(1).startOfDay().toMSecsSinceEpoch()](
                                     const Said &each) { return each.row.time >= begin; });
        break;
    }
}

SearchLawsTest::Question SearchLawsTest::question()
{
    Question question;
    const auto any = [this]() -> const Said & { return m_said[size_t(pick(int(m_said.size())))]; };
    const auto &one = any();
    for (int count = 1 + pick(3); count > 0; --count)
        addWords(question, pick(4) ? one : any()); // mostly what one message has
    if (pick(3) == 0)
        addFilter(question, pick(2) ? one : any());
    return question;
}

SearchRequest SearchLawsTest::requestOf(const Question &question) const
{
    const auto query = SearchQuery::parse(question.typed, QDate(2024, 5, 14));
    SearchRequest request;
    request.needles = query.needles;
    request.hasLink = query.hasLink;
    request.hasReply = query.hasReply;
    if (!query.from.isEmpty())
        request.senders = {*UserId::fromText(query.from.front().toLatin1())};
    if (!query.in.isEmpty())
        request.chats = {*ChatId::fromText(query.in.front().toLatin1())};
    if (query.firstDay)
        request.sinceMs = query.firstDay->startOfDay().toMSecsSinceEpoch();
    if (query.lastDay)
        request.untilMs = query.lastDay->addDays(1).startOfDay().toMSecsSinceEpoch();
    return request;
}

std::vector<MessageId> SearchLawsTest::byReading(const Question &question, size_t most) const
{
    std::vector<MessageId> found;
    for (const auto &said : m_said) {
        if (found.size() == most)
            break;
        if (!said.row.deleted
            && std::all_of(question.tests.begin(), question.tests.end(),
                [&](const Test &test) { return test(said); }))
            found.push_back(said.row.id);
    }
    return found;
}

std::vector<MessageId> SearchLawsTest::bySearching(const Question &question, size_t most)
{
    Searcher searcher(m_library->index(), m_library->core(), Library::me());
    auto request = requestOf(question);
    std::vector<MessageId> found;
    for (;;) {
        request.limit = int(std::min<size_t>(most - found.size(), SearchRequest::pageHits));
        const auto page = searcher.page(request);
        if (!page)
            qFatal("%s", qPrintable(page.error().text));
        for (const auto &hit : page->hits)
            found.push_back(hit.row.row.id);
        if (!page->next || found.size() == most)
            return found;
        request.before = *page->next;
    }
}

QString SearchLawsTest::difference(size_t most)
{
    const auto asked = question();
    const auto read = byReading(asked, most);
    const auto searched = bySearching(asked, most);
    if (read == searched)
        return {};
    return u"%1: %2 by reading, %3 by searching"_s.arg(asked.typed)
        .arg(read.size())
        .arg(searched.size());
}

void SearchLawsTest::findsWhatReadingEverythingFinds_data()
{
    QTest::addColumn<int>("thousand");
    for (int thousand = 1; thousand <= 10; ++thousand)
        QTest::addRow("thousand questions, %d", thousand) << thousand;
}

void SearchLawsTest::findsWhatReadingEverythingFinds()
{
    constexpr int questions = 1'000;
    constexpr size_t twoPages = 2 * SearchRequest::pageHits;
    QStringList faults;
    for (int at = 0; at < questions; ++at) {
        const auto fault = difference(at % 20 ? twoPages : m_said.size());
        if (!fault.isEmpty())
            faults += fault;
    }
    QVERIFY2(faults.isEmpty(),
        qPrintable(
            u"%1 questions, as\n%2"_s.arg(faults.size()).arg(faults.mid(0, 20).join(u'\n'))));
}

void SearchLawsTest::staysTrueWhileMessagesChange()
{
    for (int round = 0; round < 40; ++round) {
        for (int change = 0; change < 20; ++change) {
            auto &said = m_said[size_t(pick(int(m_said.size())))];
            const auto &model = m_said[size_t(pick(int(m_said.size())))];
            said.row.revision += 1;
            if (pick(4) == 0) {
                said.row.deleted = true;
                said.row.payload.clear();
            } else if (!said.row.deleted) {
                said.text = model.text;
                said.words = model.words;
                said.row.payload = textPayload(said.text);
            }
            m_library->save(said.chat, said.row);
        }
        m_library->catchUp();
        if (round % 10 == 9) {
            while (*m_library->index().hasRemains())
                QVERIFY(m_library->index().sweep(64));
        }
        for (int at = 0; at < 20; ++at)
            QCOMPARE(difference(2 * SearchRequest::pageHits), QString());
    }
}

QTEST_GUILESS_MAIN(SearchLawsTest)
#include "tst_searchlaws.moc"
