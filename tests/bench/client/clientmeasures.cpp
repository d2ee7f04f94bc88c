// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/client/clientmeasures.h"

#include "client/app/worker.h"
#include "client/cache/searchindex.h"
#include "client/cache/sqlitecache.h"
#include "client/search/indexer.h"
#include "client/search/searchquery.h"
#include "tests/bench/platform/processfigures.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>

#include <random>

using namespace Qt::StringLiterals;

namespace parley::bench {

namespace {

constexpr int patienceMs = 120'000;
constexpr size_t chatsVisited = 20;

double msSince(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

double roundedMs(double ms)
{
    return std::round(ms * 100) / 100;
}

double mib(qint64 bytes)
{
    return std::round(double(bytes) / (1024.0 * 1024.0) * 10) / 10;
}

Error tooLate(const QString &what)
{
    return {ErrorCode::Unavailable, u"%1 did not come within two minutes"_s.arg(what)};
}

/// The client as the program has it, on its thread, and a question at a time to it.
class Asking {
public:
    explicit Asking(const ClientOptions &options)
        : m_worker(options)
    {
        m_late.setSingleShot(true);
        QObject::connect(&m_late, &QTimer::timeout, &m_loop, [this] { m_loop.exit(1); });
    }

    Status open()
    {
        std::optional<QString> failure;
        QObject::connect(
            &m_worker.client(), &Client::openFailed, &m_loop, [&](const QString &sentence) {
                failure = sentence;
                m_loop.quit();
            });
        QObject::connect(&m_worker.client(), &Client::opened, &m_loop, [this] { m_loop.quit(); });
        m_worker.start();
        if (!wait())
            return tooLate(u"The profile"_s);
        return failure ? Status(Error(ErrorCode::Unavailable, *failure)) : Status(Done{});
    }

    /// In milliseconds; nothing when it comes too late.
    std::optional<double> window(const ChatId &chat)
    {
        WindowRequest request;
        request.chat = chat;
        return time(&Preparer::windowReady,
            [&](quint64 ticket) { m_worker.client().requestWindow(ticket, request); });
    }

    std::optional<double> search(const SearchRequest &request)
    {
        return time(&Preparer::searchReady,
            [&](quint64 ticket) { m_worker.client().search(ticket, request); });
    }

private:
    bool wait()
    {
        m_late.start(patienceMs);
        const bool isThere = m_loop.exec() == 0;
        m_late.stop();
        return isThere;
    }

    template <typename Answer, typename Ask>
    std::optional<double> time(Answer answer, const Ask &ask)
    {
        const quint64 ticket = ++m_tickets;
        const auto listens = QObject::connect(
            &m_worker.preparer(), answer, &m_loop, [this, ticket](quint64 answered, const auto &) {
                if (answered == ticket)
                    m_loop.quit();
            });
        QElapsedTimer timer;
        timer.start();
        ask(ticket);
        const bool isThere = wait();
        const double ms = msSince(timer);
        QObject::disconnect(listens);
        return isThere ? std::optional(ms) : std::nullopt;
    }

    QEventLoop m_loop;
    QTimer m_late;
    Worker m_worker;
    quint64 m_tickets = 0;
};

/// What people type: one word of a line, two, a part of one, a phrase; a frequent word as often as
/// a rare one is said.
class Queries {
public:
    explicit Queries(const std::vector<SaidLine> &said)
        : m_said(said)
    {
    }

    QString next()
    {
        for (;;) {
            const SaidLine &line = m_said[m_random() % m_said.size()];
            const QStringList words = line.text.split(u' ', Qt::SkipEmptyParts);
            const QString word = words.isEmpty() ? QString() : words[pick(words.size())];
            if (word.size() < 3)
                continue;
            switch (pick(4)) {
            case 0:
                return word;
            case 1:
                return word + u' ' + words[pick(words.size())];
            case 2:
                return word.left(std::max<qsizetype>(3, word.size() - 1));
            default:
                return u'"' + words.mid(pick(words.size()), 2).join(u' ').remove(u'"') + u'"';
            }
        }
    }

private:
    qsizetype pick(qsizetype count) { return qsizetype(m_random() % quint64(count)); }

    const std::vector<SaidLine> &m_said;
    std::mt19937_64 m_random{7};
};

struct Start {
    double ms = 0;
    double residentMib = 0;
};

/// One start of the program, and its end.
Result<Start> startOnce(const Subject &subject)
{
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"QT_QUICK_BACKEND"_s, u"software"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"parley.launch.debug=true"_s);
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer timer;
    timer.start();
    program.start(QStringLiteral(PARLEY_PROGRAM),
        {u"--data"_s, subject.options.dataFolder, u"--profile"_s, subject.options.profile,
            u"--geometry"_s, u"1280x800"_s, u"--open-chat"_s, subject.chats.front().title});
    QByteArray said;
    std::optional<Start> start;
    while (!start && timer.elapsed() < patienceMs && program.waitForReadyRead(patienceMs)) {
        said += program.readAll();
        if (said.contains("the chat is on the screen"))
            start = Start{msSince(timer), mib(figuresOf(program.processId()).residentKib * 1024)};
    }
    program.terminate();
    program.waitForFinished();
    if (!start)
        return Error(ErrorCode::Unavailable,
            u"The program did not show the chat: %1"_s.arg(QString::fromUtf8(said)));
    return *start;
}

} // namespace

QJsonObject summary(std::vector<double> ms)
{
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double part) {
        return ms.empty() ? 0.0 : roundedMs(ms[size_t(part * double(ms.size() - 1))]);
    };
    return {{u"p50"_s, at(0.5)}, {u"p95"_s, at(0.95)}, {u"most"_s, at(1)}};
}

Result<QJsonObject> measureIndex(const Subject &subject)
{
    const QString folder = profileFolder(subject.options);
    auto cache = SqliteCache::open(folder);
    if (!cache)
        return cache.error();
    SearchIndex index((*cache)->database());
    std::vector<double> steps;
    QElapsedTimer whole;
    whole.start();
    for (;;) {
        const auto isBehind = index.isBehind();
        if (!isBehind)
            return isBehind.error();
        if (!*isBehind)
            break;
        QElapsedTimer timer;
        timer.start();
        if (auto done = index.step(Indexer::stepRows); !done)
            return done.error();
        steps.push_back(msSince(timer));
    }
    const double seconds = msSince(whole) / 1000;
    return QJsonObject{{u"seconds"_s, roundedMs(seconds)},
        {u"messagesPerSecond"_s, std::round(double(subject.messages) / std::max(seconds, 1e-9))},
        {u"stepMs"_s, summary(std::move(steps))},
        {u"cacheMiB"_s, mib(QFileInfo(SqliteCache::fileIn(folder)).size())}};
}

Result<QJsonObject> measureStart(const Subject &subject, int runs)
{
    std::vector<double> ms;
    double residentMib = 0;
    for (int run = 0; run < runs; ++run) {
        const auto start = startOnce(subject);
        if (!start)
            return start.error();
        ms.push_back(start->ms);
        residentMib = std::max(residentMib, start->residentMib);
    }
    return QJsonObject{{u"ms"_s, summary(std::move(ms))}, {u"residentMiB"_s, residentMib}};
}

Result<QJsonObject> measureOpening(const Subject &subject)
{
    Asking asking(subject.options);
    if (auto opened = asking.open(); !opened)
        return opened.error();
    QJsonObject result;
    for (const auto &name : {u"firstMs"_s, u"againMs"_s}) {
        std::vector<double> ms;
        for (size_t at = 0; at < std::min(chatsVisited, subject.chats.size()); ++at) {
            const auto took = asking.window(subject.chats[at].id);
            if (!took)
                return tooLate(u"A chat"_s);
            ms.push_back(*took);
        }
        result[name] = summary(std::move(ms));
    }
    return result;
}

Result<QJsonObject> measureSearch(const Subject &subject, int queries)
{
    Asking asking(subject.options);
    if (auto opened = asking.open(); !opened)
        return opened.error();
    Queries typed(subject.said);
    std::vector<double> ms;
    QString slowest;
    for (int number = 0; number < queries; ++number) {
        const QString text = typed.next();
        const auto query = SearchQuery::parse(text, QDate::currentDate());
        SearchRequest request;
        request.needles = query.needles;
        const auto took = asking.search(request);
        if (!took)
            return tooLate(u"The hits of “%1”"_s.arg(text));
        if (ms.empty() || *took > *std::max_element(ms.begin(), ms.end()))
            slowest = text;
        ms.push_back(*took);
    }
    return QJsonObject{{u"queries"_s, queries}, {u"firstPageMs"_s, summary(std::move(ms))},
        {u"slowest"_s, slowest}};
}

} // namespace parley::bench
