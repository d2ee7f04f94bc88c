// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/directchat.h"
#include "shared/random.h"
#include "shared/uuid7.h"
#include "tests/bench/parleyspeaker.h"
#include "tests/bench/scenarios.h"

#include <unordered_map>

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 fillMs = 1'800'000;
constexpr qint64 catchUpMs = 600'000;
constexpr size_t pagesAtOnce = 6; ///< as Parley's client
constexpr quint16 runNumber = 1;

/// Writes to the reader who is away.
class Writer : public ParleySession {
public:
    Writer(Run &run, size_t number, quint64 messages)
        : ParleySession(run.route, run.faults, run.tickets[number], quint32(number))
        , m_run(run)
        , m_chat(directChatId(user(), run.tickets.front().user))
        , m_messages(messages)
    {
    }

    const ChatId &chat() const { return m_chat; }
    bool isDone() const { return m_stored == m_messages; }

protected:
    void listed(const Sync &) override
    {
        SystemRandom random;
        Operation create;
        create.id = Uuid7(random).next(wallMs());
        create.kind = Kind::Create;
        create.user = m_run.tickets.front().user;
        m_create = ask(Send{m_chat, {create}});
    }

    void answered(RequestNumber request, std::string_view body) override
    {
        if (request != m_create && !readSendReply(body, [this](const ResultGlance &result) {
                if (result.error == 0)
                    ++m_stored;
                else
                    faults().add("a message was refused");
            }))
            faults().add("an answer that cannot be read");
        const size_t count = std::min<quint64>(m_messages - m_stored, m_run.phrases.operations());
        if (count > 0)
            m_run.phrases.send(link().out(), count, nextRequest(), m_chat,
                {runNumber, number(), m_stored}, wallMs());
    }

private:
    Run &m_run;
    const ChatId m_chat;
    const quint64 m_messages;
    RequestNumber m_create = 0;
    quint64 m_stored = 0;
};

/// A page as far as it is counted.
struct PageGlance {
    std::string_view chat;
    quint64 head = 0;
    quint64 last = 0; ///< seq of the last entry
    quint64 entries = 0;
    quint64 messages = 0;
    bool isMore = false;
    bool isDense = true;
    std::string_view opened;
};

std::optional<PageGlance> readPage(std::string_view body)
{
    PageGlance page;
    CborScan scan(body);
    scan.map([&](std::string_view key) {
        if (key == "chat")
            page.chat = scan.bytes();
        else if (key == "head")
            page.head = scan.number();
        else if (key == "more")
            page.isMore = scan.raw() == "\xf5";
        else if (key == "opened")
            page.opened = scan.raw();
        else if (key == "entries")
            scan.list([&] {
                const EntryGlance entry = readEntry(scan);
                page.isDense = page.isDense && (page.entries++ == 0 || entry.seq == page.last + 1);
                page.last = entry.seq;
                page.messages += entry.kind == quint64(Kind::Message) ? 1 : 0;
            });
        else
            return false;
        return true;
    });
    return scan.isAtEnd() ? std::optional(page) : std::nullopt;
}

/// The device that was away: it knew every chat, when there was nothing in it yet. It asks as
/// Parley's client does, and says what was delivered when a chat is done.
class Reader : public ParleySession {
public:
    Reader(Run &run, const std::vector<ChatId> &chats)
        : ParleySession(run.route, run.faults, run.tickets.front(), 0)
        , m_phrases(run.phrases)
        , m_left(chats.size())
    {
        for (const ChatId &chat : chats)
            held().have.push_back(Have{chat, 1, 0, 0});
    }

    bool isDone() const { return m_left == 0; }
    quint64 messages() const { return m_messages; }
    qint64 listedAt() const { return m_listedAt; }

protected:
    void listed(const Sync &sync) override
    {
        for (const ChatHead &head : sync.chats)
            m_toAsk.push_back({head.chat, 1});
        m_listedAt = now();
        if (!sync.more)
            askMore();
    }

    void answered(RequestNumber request, std::string_view body) override
    {
        if (const auto history = m_histories.find(request); history != m_histories.end()) {
            const ChatId chat = history->second;
            m_histories.erase(history);
            takeHistory(chat, body);
        } else if (const auto page = m_pages.find(request); page != m_pages.end()) {
            const Asked asked = page->second;
            m_pages.erase(page);
            takePage(asked, body);
        }
        askMore();
    }

private:
    struct Asked {
        ChatId chat;
        quint64 after = 0;
    };

    void askMore()
    {
        while (!m_toAsk.empty() && m_pages.size() + m_histories.size() < pagesAtOnce) {
            const Asked next = m_toAsk.front();
            m_toAsk.pop_front();
            m_pages.emplace(ask(Page{next.chat, qint64(next.after), 0}), next);
        }
    }

    void takePage(const Asked &asked, std::string_view body)
    {
        const auto page = readPage(body);
        if (!page)
            return faults().add("a page that cannot be read");
        if (!page->opened.empty())
            return takeOpened(asked.chat, *page);
        m_messages += page->messages;
        if (!page->isDense || (page->entries > 0 && page->last != asked.after + page->entries))
            faults().add("an entry is missing");
        if (page->isMore)
            m_toAsk.push_front({asked.chat, page->last}); // The chat first that was begun.
        else
            finish(asked.chat, page->head);
    }

    // More was missed than is sent again entry by entry: the newest rows, and the older ones on
    // demand.
    void takeOpened(const ChatId &chat, const PageGlance &page)
    {
        const auto opened = fromCbor<Opened>(bytesOf(page.opened));
        if (!opened)
            return faults().add("a page that cannot be read");
        count(opened->rows);
        m_heads[chat] = page.head;
        older(chat, opened->low);
    }

    void takeHistory(const ChatId &chat, std::string_view body)
    {
        const auto history = fromCbor<HistoryReply>(bytesOf(body));
        if (!history)
            return faults().add("a history that cannot be read");
        count(history->rows);
        older(chat, history->low);
    }

    void older(const ChatId &chat, qint64 low)
    {
        if (low <= 1)
            return finish(chat, m_heads[chat]);
        History history;
        history.chat = chat;
        history.before = low;
        m_histories.emplace(ask(history), chat);
    }

    void count(const std::vector<Row> &rows)
    {
        for (const Row &row : rows)
            m_messages += row.kind == Kind::Message ? 1 : 0;
    }

    void finish(const ChatId &chat, quint64 head)
    {
        --m_left;
        m_phrases.mark(link().out(), nextRequest(), chat, qint64(head));
    }

    const Phrases &m_phrases;
    std::deque<Asked> m_toAsk;
    std::unordered_map<RequestNumber, Asked> m_pages;
    std::unordered_map<RequestNumber, ChatId> m_histories;
    std::unordered_map<ChatId, quint64> m_heads;
    size_t m_left;
    quint64 m_messages = 0;
    qint64 m_listedAt = 0;
};

/// Everything that is there to be read; the chats.
std::vector<ChatId> fill(Run &run, quint64 each)
{
    std::vector<std::unique_ptr<Writer>> writers;
    std::vector<ChatId> chats;
    for (size_t number = 1; number <= size_t(run.settings.chats); ++number) {
        writers.push_back(std::make_unique<Writer>(run, number, each));
        chats.push_back(writers.back()->chat());
        writers.back()->connectNow();
    }
    const auto isDone = [](const auto &writer) { return writer->isDone(); };
    const auto letGo = [&](qint64) {
        // Who is done says nothing more, and would be taken for dead.
        for (const auto &writer : writers) {
            if (writer->isSynced() && writer->isDone())
                writer->disconnectNow();
        }
    };
    const bool isFull = run.loop.until(
        [&] { return run.faults.count() > 0 || std::ranges::all_of(writers, isDone); }, fillMs,
        letGo);
    if (!isFull)
        run.faults.add("the chats could not be filled");
    for (const auto &writer : writers)
        writer->disconnectNow();
    return chats;
}

} // namespace

void runCatchUp(Run &run)
{
    const quint64 each = quint64(run.settings.messages) / quint64(run.settings.chats);
    const quint64 all = each * quint64(run.settings.chats);
    Reader reader(run, fill(run, each));
    Stopwatch watch(run);
    watch.start(0);
    const qint64 began = nowNs();
    reader.connectNow();
    const bool isDone =
        run.loop.until([&] { return reader.isDone() || run.faults.count() > 0; }, catchUpMs);
    const Span span = watch.stop(reader.messages());
    if (!isDone)
        run.faults.add("catching up was not done in time");
    if (reader.messages() != all)
        run.faults.add(u"%1 messages of %2 were read"_s.arg(reader.messages()).arg(all));
    run.result.insert(u"messages"_s, qint64(reader.messages()));
    run.result.insert(u"messagesPerSecond"_s, span.perSecond());
    span.addTo(run.result);
    run.result.insert(u"caughtUpSeconds"_s, span.seconds);
    run.result.insert(u"listSeconds"_s, double(reader.listedAt() - began) / double(nsPerSecond));
    reader.disconnectNow();
}

} // namespace parley::bench
