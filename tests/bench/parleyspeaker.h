// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/parleysession.h"

#include <deque>

namespace parley::bench {

/// The frames that all speakers of a run send.
class Phrases {
public:
    /// Messages of so many bytes of text; at most so many in one `send`, and so many of these
    /// without an answer. Parley's client sends 32 and 1.
    Phrases(size_t textBytes, size_t operations, size_t sendsAtOnce);

    void send(std::string &out, size_t operations, RequestNumber request, const ChatId &chat,
        const MessageNumber &first, qint64 nowMs) const;
    void mark(std::string &out, RequestNumber request, const ChatId &chat, qint64 delivered) const;
    size_t operations() const { return m_sends.size(); }
    size_t sendsAtOnce() const { return m_sendsAtOnce; }

private:
    std::vector<SendTemplate> m_sends; ///< the first with one message
    MarkTemplate m_mark;
    size_t m_sendsAtOnce;
};

/// Half of a direct chat, with the habits of Parley's client: one `send` of a chat under way, with
/// all that waits; one `mark` of what was delivered under way; entries taken in sequence alone.
class ParleySpeaker : public ParleySession, public Speaker {
public:
    ParleySpeaker(Route &route, Faults &faults, const Phrases &phrases,
        const std::vector<Ticket> &tickets, size_t number);

    void start() override;
    bool isThere() const override { return isSynced(); }
    bool isBack() const override { return isSynced() && m_isLive; }
    void stop() override;
    void beat() override { alive(); }
    /// The chat is made by one of the two, then opened by both.
    int steps() const override { return 2; }
    void doStep(int step) override;
    bool isStepDone() const override { return m_stepRequest == 0; }
    void join(Talk &talk, quint16 run) override;
    void part() override;
    void say() override;

protected:
    void listed(const Sync &sync) override;
    void answered(RequestNumber request, std::string_view body) override;
    void refused(RequestNumber request, ErrorCode code) override;
    void pushed(std::string_view body) override;
    void live(std::string_view /*body*/) override { m_isLive = true; }

private:
    struct Watermarks {
        quint64 delivered = 0;
        quint64 read = 0;
        quint64 sum() const { return delivered + read; }
    };
    struct SendUnderWay {
        RequestNumber request = 0;
        size_t count = 0;
    };

    void open(std::string_view body);
    void sent(std::string_view body);
    void takeEntry(const EntryGlance &entry);
    void takeMark(bool isOwn, quint64 delivered, quint64 read);
    void sayMark();
    void credit();

    const Phrases &m_phrases;
    const UserId m_partner;
    const quint32 m_partnerNumber;
    const ChatId m_chat;
    RequestNumber m_stepRequest = 0;
    int m_step = -1;

    Voice *m_voice = nullptr;
    Voice *m_partnerVoice = nullptr;
    quint16 m_run = 0;
    std::deque<SendUnderWay> m_sends;
    std::deque<quint64> m_seqs; ///< of messages of its own without a receipt
    RequestNumber m_mark = 0;
    quint64 m_seq = 0;
    bool m_isLive = false;
    bool m_hasLeft = false; ///< once, with the chat
    Watermarks m_own;
    Watermarks m_partners;
};

} // namespace parley::bench
