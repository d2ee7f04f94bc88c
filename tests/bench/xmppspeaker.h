// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/platform/link.h"
#include "tests/bench/speaker.h"

#include <deque>

namespace parley::bench {

/// A client of XMPP: SASL PLAIN, acknowledgements of XEP-0198, receipts of XEP-0184. An
/// acknowledgement is asked for behind each message, as clients do, and to say that one is there.
class XmppSpeaker : public Link::Owner, public Speaker {
public:
    enum class Account { Existing, ToMake };

    XmppSpeaker(Route &route, Faults &faults, const std::vector<Ticket> &tickets, size_t number,
        size_t textBytes, Account account);

    void start() override;
    bool isThere() const override { return m_stage == Stage::There; }
    void stop() override;
    void beat() override { askForAcknowledgement(); }
    void join(Talk &talk, quint16 run) override;
    void part() override;
    void say() override;

    void opened() override;
    size_t arrived(std::string_view bytes) override;
    void lost(const char *why) override;

private:
    /// In the order in which one leads to the next.
    enum class Stage { Away, Opening, Registering, SigningIn, Reopening, Binding, Enabling, There };
    enum class Sent { Message, Other };

    void write(std::string_view text) { m_link.out().append(text); }
    void askForAcknowledgement() { write("<r xmlns='urn:xmpp:sm:3'/>"); }
    void openStream(Stage stage);
    void take(std::string_view stanza);
    void comeFurther(std::string_view stanza);
    void signIn();
    void takeMessage(std::string_view stanza);
    void takeAcknowledgement(std::string_view stanza);
    void sendReceipt(std::string_view id);

    Link m_link;
    Faults &m_faults;
    const Ticket m_ticket;
    const std::string m_partnerName;
    const quint32 m_number;
    const std::string m_text;
    Account m_account;
    Stage m_stage = Stage::Away;
    Voice *m_voice = nullptr;
    Voice *m_partnerVoice = nullptr;
    std::string m_run;
    std::deque<Sent> m_unacknowledged; ///< stanzas, since acknowledgements were enabled
    quint32 m_acknowledged = 0;
    quint32 m_received = 0;
};

} // namespace parley::bench
