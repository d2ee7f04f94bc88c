// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/xmppspeaker.h"

#include "tests/bench/xmppstream.h"

#include <charconv>

namespace parley::bench {

namespace {

constexpr std::string_view domain = "localhost";

quint64 numberIn(std::string_view text)
{
    quint64 number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

XmppSpeaker::XmppSpeaker(Route &route, Faults &faults, const std::vector<Ticket> &tickets,
    size_t number, size_t textBytes, Account account)
    : m_link(route, *this)
    , m_faults(faults)
    , m_ticket(tickets[number])
    , m_partnerName(tickets[number ^ 1].name.toStdString())
    , m_number(static_cast<quint32>(number))
    , m_text(textBytes, 'x')
    , m_account(account)
{
}

void XmppSpeaker::start()
{
    m_unacknowledged.clear();
    m_acknowledged = 0;
    m_received = 0;
    m_link.open(m_number);
}

void XmppSpeaker::stop()
{
    m_stage = Stage::Away;
    if (m_link.isOpen())
        write("</stream:stream>");
    m_link.close();
}

void XmppSpeaker::join(Talk &talk, quint16 run)
{
    m_voice = &talk.voice(m_number);
    m_partnerVoice = &talk.voice(m_number ^ 1);
    m_run = 'r' + std::to_string(run) + '-';
}

void XmppSpeaker::part()
{
    m_voice = nullptr;
    m_partnerVoice = nullptr;
}

void XmppSpeaker::say()
{
    while (m_voice && m_voice->waiting() > 0) {
        write("<message type='chat' to='");
        write(m_partnerName);
        write("@localhost' id='");
        write(m_run + std::to_string(m_voice->next()));
        write("'><body>");
        write(m_text);
        write("</body><request xmlns='urn:xmpp:receipts'/></message>");
        askForAcknowledgement();
        m_unacknowledged.push_back(Sent::Message);
        m_voice->take(1, m_link.now());
    }
}

void XmppSpeaker::opened()
{
    openStream(Stage::Opening);
}

void XmppSpeaker::openStream(Stage stage)
{
    m_stage = stage;
    write("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' "
          "xmlns:stream='http://etherx.jabber.org/streams' to='");
    write(domain);
    write("'>");
}

size_t XmppSpeaker::arrived(std::string_view bytes)
{
    const size_t all = bytes.size();
    while (m_link.isOpen()) {
        const auto stanza = takeStanza(bytes);
        if (!stanza)
            break;
        take(*stanza);
    }
    say();
    return all - bytes.size();
}

void XmppSpeaker::lost(const char *why)
{
    m_stage = Stage::Away;
    m_faults.add(why);
}

void XmppSpeaker::take(std::string_view stanza)
{
    const auto element = elementOf(stanza);
    if (element == "stream:error" || element == "failure" || element == "failed")
        return m_faults.add(QString::fromUtf8(stanza.data(), qsizetype(stanza.size())));
    if (m_stage != Stage::There)
        return comeFurther(stanza);
    if (element == "a")
        return takeAcknowledgement(stanza);
    if (element == "r") {
        write("<a xmlns='urn:xmpp:sm:3' h='");
        write(std::to_string(m_received));
        return write("'/>");
    }
    ++m_received;
    if (element == "message")
        takeMessage(stanza);
}

void XmppSpeaker::comeFurther(std::string_view stanza)
{
    const auto element = elementOf(stanza);
    const bool hasFeatures = element == "stream:features";
    if (m_stage == Stage::Opening && hasFeatures && m_account == Account::ToMake) {
        m_stage = Stage::Registering;
        write("<iq type='set' id='make'><query xmlns='jabber:iq:register'><username>");
        write(m_ticket.name.toStdString());
        write("</username><password>" + m_ticket.secret.toStdString() + "</password></query></iq>");
    } else if ((m_stage == Stage::Opening && hasFeatures)
        || (m_stage == Stage::Registering && element == "iq")) {
        // Refused is as good: it is there.
        m_account = Account::Existing;
        signIn();
    } else if (m_stage == Stage::SigningIn && element == "success") {
        openStream(Stage::Reopening);
    } else if (m_stage == Stage::Reopening && hasFeatures) {
        m_stage = Stage::Binding;
        write("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
              "<resource>bench</resource></bind></iq>");
    } else if (m_stage == Stage::Binding && element == "iq") {
        m_stage = Stage::Enabling;
        write("<enable xmlns='urn:xmpp:sm:3'/>");
    } else if (m_stage == Stage::Enabling && element == "enabled") {
        m_stage = Stage::There;
        m_unacknowledged.push_back(Sent::Other);
        write("<presence/>");
    }
}

void XmppSpeaker::signIn()
{
    m_stage = Stage::SigningIn;
    const QByteArray plain =
        QByteArray(1, '\0') + m_ticket.name.toUtf8() + QByteArray(1, '\0') + m_ticket.secret;
    write("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>");
    write(plain.toBase64().toStdString());
    write("</auth>");
}

void XmppSpeaker::takeMessage(std::string_view stanza)
{
    if (!m_voice)
        return;
    if (attributeOf(stanza, "message", "type") == "error")
        return m_faults.add(QString::fromUtf8(stanza.data(), qsizetype(stanza.size())));
    const auto receipt = attributeOf(stanza, "received", "id");
    if (receipt.starts_with(m_run))
        return m_voice->receipted(1, m_link.now());
    const auto id = attributeOf(stanza, "message", "id");
    if (!receipt.empty() || !id.starts_with(m_run))
        return;
    m_partnerVoice->arrived(numberIn(id.substr(m_run.size())), m_link.now());
    sendReceipt(id);
}

void XmppSpeaker::sendReceipt(std::string_view id)
{
    write("<message type='chat' to='");
    write(m_partnerName);
    write("@localhost' id='x");
    write(id);
    write("'><received xmlns='urn:xmpp:receipts' id='");
    write(id);
    write("'/></message>");
    m_unacknowledged.push_back(Sent::Other);
}

// It says how many stanzas the server has handled in all.
void XmppSpeaker::takeAcknowledgement(std::string_view stanza)
{
    const auto handled = static_cast<quint32>(numberIn(attributeOf(stanza, "a", "h")));
    size_t messages = 0;
    for (; m_acknowledged != handled && !m_unacknowledged.empty(); ++m_acknowledged) {
        messages += m_unacknowledged.front() == Sent::Message ? 1 : 0;
        m_unacknowledged.pop_front();
    }
    if (m_voice && messages > 0)
        m_voice->acknowledged(messages, m_link.now());
}

} // namespace parley::bench
