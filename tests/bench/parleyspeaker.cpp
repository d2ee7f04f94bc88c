// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/parleyspeaker.h"

#include "shared/directchat.h"
#include "shared/protocol/text.h"
#include "shared/uuid7.h"

namespace parley::bench {

namespace {

std::string_view viewOf(const UserId &user)
{
    return std::string_view(user.view().data(), size_t(UserId::sizeBytes));
}

} // namespace

Phrases::Phrases(size_t textBytes, size_t operations, size_t sendsAtOnce)
    : m_sendsAtOnce(sendsAtOnce)
{
    TextBody body;
    body.text = QString(static_cast<qsizetype>(textBytes), u'x');
    for (size_t count = 1; count <= operations; ++count)
        m_sends.emplace_back(toCbor(body), count);
}

void Phrases::send(std::string &out, size_t operations, RequestNumber request, const ChatId &chat,
    const MessageNumber &first, qint64 nowMs) const
{
    const SendTemplate &send = m_sends[operations - 1];
    const size_t at = beginFrame(out, Opcode::Binary, send.sizeBytes());
    send.append(out, request, chat, first, nowMs);
    endFrame(out, at);
}

void Phrases::mark(
    std::string &out, RequestNumber request, const ChatId &chat, qint64 delivered) const
{
    const size_t at = beginFrame(out, Opcode::Binary, m_mark.sizeBytes());
    m_mark.append(out, request, chat, delivered);
    endFrame(out, at);
}

ParleySpeaker::ParleySpeaker(Route &route, Faults &faults, const Phrases &phrases,
    const std::vector<Ticket> &tickets, size_t number)
    : ParleySession(route, faults, tickets[number], static_cast<quint32>(number))
    , m_phrases(phrases)
    , m_partner(tickets[number ^ 1].user)
    , m_partnerNumber(static_cast<quint32>(number ^ 1))
    , m_chat(directChatId(user(), m_partner))
{
}

void ParleySpeaker::start()
{
    m_isLive = false;
    m_mark = 0;
    connectNow();
}

void ParleySpeaker::stop()
{
    disconnectNow();
    if (m_seq == 0)
        return;
    m_hasLeft = true;
    held().have = {Have{m_chat, qint64(m_seq), qint64(m_own.sum() + m_partners.sum()), 0}};
}

// Who comes back to a chat in which nothing happened finds nothing listed.
void ParleySpeaker::listed(const Sync &sync)
{
    if (m_hasLeft && !sync.chats.empty())
        faults().add("a chat that was up to date is listed as behind");
}

void ParleySpeaker::doStep(int step)
{
    m_step = step;
    if (step == 1) {
        m_stepRequest = ask(Page{m_chat, 0, 0});
        return;
    }
    if (number() > m_partnerNumber)
        return;
    SystemRandom random;
    Operation create;
    create.id = Uuid7(random).next(wallMs());
    create.kind = Kind::Create;
    create.user = m_partner;
    m_stepRequest = ask(Send{m_chat, {create}});
}

void ParleySpeaker::join(Talk &talk, quint16 run)
{
    m_voice = &talk.voice(number());
    m_partnerVoice = &talk.voice(m_partnerNumber);
    m_run = run;
}

void ParleySpeaker::part()
{
    m_voice = nullptr;
    m_partnerVoice = nullptr;
    m_sends.clear();
    m_seqs.clear();
}

void ParleySpeaker::say()
{
    while (m_voice && m_voice->waiting() > 0 && m_sends.size() < m_phrases.sendsAtOnce()) {
        const size_t count = std::min(m_voice->waiting(), m_phrases.operations());
        const MessageNumber first{m_run, number(), m_voice->next()};
        m_sends.push_back({nextRequest(), count});
        m_phrases.send(link().out(), count, m_sends.back().request, m_chat, first, wallMs());
        m_voice->take(count, now());
    }
}

void ParleySpeaker::answered(RequestNumber request, std::string_view body)
{
    if (!m_sends.empty() && request == m_sends.front().request)
        return sent(body);
    if (request == m_mark) {
        m_mark = 0;
        takeMark(true, readMarkReply(body).value_or(0), 0);
        return sayMark();
    }
    if (request != m_stepRequest)
        return faults().add("an answer to nothing");
    if (m_step == 1)
        open(body);
    m_stepRequest = 0;
}

void ParleySpeaker::refused(RequestNumber request, ErrorCode code)
{
    ParleySession::refused(request, code);
    if (request == m_stepRequest)
        m_stepRequest = 0;
    if (request == m_mark)
        m_mark = 0;
}

void ParleySpeaker::open(std::string_view body)
{
    const auto page = fromCbor<PageReply>(bytesOf(body));
    if (!page || page->more)
        return faults().add("a new chat with an odd page");
    m_seq = static_cast<quint64>(page->head);
    for (const Mark &mark : page->marks)
        takeMark(mark.user == user(), quint64(mark.delivered), quint64(mark.read));
    m_isLive = true;
    sayMark();
}

void ParleySpeaker::sent(std::string_view body)
{
    size_t count = 0;
    const bool isGood = readSendReply(body, [&](const ResultGlance &result) {
        ++count;
        if (result.error != 0)
            return faults().add("a message was refused");
        m_seqs.push_back(result.seq);
    });
    if (!isGood || count != m_sends.front().count)
        faults().add("an answer to a send that does not fit it");
    m_sends.pop_front();
    m_voice->acknowledged(count, now());
    credit();
    say();
}

void ParleySpeaker::pushed(std::string_view body)
{
    std::string_view chat;
    if (!readPush(
            body, chat, [this](const EntryGlance &entry) { takeEntry(entry); },
            [this](const MarkGlance &mark) {
                takeMark(mark.user == viewOf(user()), mark.delivered, mark.read);
            }))
        faults().add("a push that cannot be read");
    credit();
    sayMark();
    say();
}

void ParleySpeaker::takeEntry(const EntryGlance &entry)
{
    // The push of what a page has shown already is none of a gap.
    if (entry.seq <= m_seq)
        return;
    if (entry.seq != m_seq + 1)
        faults().add("an entry is missing");
    m_seq = entry.seq;
    if (entry.kind != quint64(Kind::Message) || entry.actor == viewOf(user()) || !m_partnerVoice)
        return;
    const auto said = MessageNumber::of(entry.id);
    if (said.run == m_run && said.voice == m_partnerNumber)
        m_partnerVoice->arrived(said.message, now());
}

void ParleySpeaker::takeMark(bool isOwn, quint64 delivered, quint64 read)
{
    Watermarks &known = isOwn ? m_own : m_partners;
    known.delivered = std::max(known.delivered, delivered);
    known.read = std::max(known.read, read);
}

void ParleySpeaker::sayMark()
{
    if (m_mark != 0 || m_own.delivered >= m_seq)
        return;
    m_mark = nextRequest();
    m_phrases.mark(link().out(), m_mark, m_chat, static_cast<qint64>(m_seq));
}

void ParleySpeaker::credit()
{
    size_t count = 0;
    for (; !m_seqs.empty() && m_seqs.front() <= m_partners.delivered; ++count)
        m_seqs.pop_front();
    if (count > 0 && m_voice)
        m_voice->receipted(count, now());
}

} // namespace parley::bench
