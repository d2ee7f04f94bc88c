// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/kill/chatter.h"

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int signInAgainMs = 500;
constexpr quint32 pauseMostMs = 700;
constexpr quint32 burstMost = 9;
constexpr int waitingMost = 40; ///< of one chat: what a person may have said into the void
constexpr quint32 recentRows = 60; ///< what is answered, edited or reacted to
const QString reactions[] = {QStringLiteral("👍"), QStringLiteral("🎉"), QStringLiteral("❤️")};

} // namespace

Chatter::Chatter(const ClientOptions &options, Settings settings)
    : m_settings(std::move(settings))
    , m_random(m_settings.seed)
    , m_person(options, m_thread)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Chatter::talk);
    connect(&m_person, &Person::told, this, &Chatter::look);
    // The server may be dead at this very moment: until there is an account, again and again.
    connect(&m_signIn, &QTimer::timeout, this, [this] {
        if (m_person.isOpen() && !m_person.account())
            m_person.client().signInWithToken(m_settings.server, m_settings.token);
    });
    m_signIn.start(signInAgainMs);
}

void Chatter::look()
{
    if (m_person.account())
        m_signIn.stop();
    const auto chats = static_cast<qsizetype>(openChats().size());
    if (chats != std::exchange(m_toldChats, chats))
        emit told(u"chats %1"_s.arg(chats));
    const bool isOnline = m_person.isOnline();
    if (isOnline != std::exchange(m_wasOnline, isOnline))
        emit told(isOnline ? u"online"_s : u"offline"_s);
}

void Chatter::found(const std::vector<UserId> &others)
{
    m_person.client().createGroup(m_person.nextTicket(), u"load"_s, others);
    m_person.client().createDirect(m_person.nextTicket(), others.front());
}

std::vector<ChatId> Chatter::openChats() const
{
    std::vector<ChatId> chats;
    for (const auto &[id, chat] : m_person.chats())
        chats.push_back(id);
    return chats;
}

int Chatter::waiting(const ChatId &chat) const
{
    const auto rows = m_person.rows(chat);
    return static_cast<int>(std::count_if(rows.begin(), rows.end(),
        [](const TimelineRow &row) { return row.delivery == Delivery::Sending; }));
}

void Chatter::talk()
{
    m_timer.start(static_cast<int>(drawn(pauseMostMs)));
    const auto chats = openChats();
    if (chats.empty() || !m_person.account())
        return;
    const ChatId chat = chats[drawn(static_cast<quint32>(chats.size()))];
    switch (drawn(8)) {
    case 0:
        return read(chat);
    case 1:
    case 2:
        return touch(chat);
    default:
        return say(chat);
    }
}

void Chatter::say(const ChatId &chat)
{
    if (waiting(chat) >= waitingMost)
        return;
    const quint32 burst = 1 + drawn(burstMost);
    for (quint32 number = 0; number < burst; ++number) {
        NewMessage message;
        // Of many lengths, so that frames are cut at many places.
        message.payload =
            Person::payloadOf(u"message %1 %2"_s.arg(++m_said).arg(QString(int(drawn(300)), u'x')));
        if (const auto answered = drawn(6) == 0 ? someRow(chat, false) : std::nullopt)
            message.replyTo = answered->row.id;
        m_person.client().sendMessage(chat, message);
    }
}

void Chatter::touch(const ChatId &chat)
{
    Client &client = m_person.client();
    const quint32 what = drawn(4);
    const auto row = someRow(chat, what < 2);
    if (!row)
        return;
    if (what == 0)
        client.editMessage(chat, row->row.id, Person::payloadOf(u"edited %1"_s.arg(drawn(1000))));
    else if (what == 1 && drawn(2) == 0)
        client.deleteMessage(chat, row->row.id);
    else if (what == 2)
        client.react(chat, row->row.id, reactions[drawn(std::size(reactions))]);
    else
        client.unreact(chat, row->row.id, reactions[drawn(std::size(reactions))]);
}

void Chatter::read(const ChatId &chat)
{
    const auto rows = m_person.rows(chat);
    if (!rows.empty() && rows.back().row.seq > 0)
        m_person.client().markRead(chat, rows.back().row.seq);
}

std::optional<TimelineRow> Chatter::someRow(const ChatId &chat, bool isOwn)
{
    std::vector<TimelineRow> rows;
    for (auto &row : m_person.rows(chat)) {
        const bool fits = row.row.kind == Kind::Message && !row.row.deleted
            && (!isOwn || row.row.sender == m_person.id());
        if (fits)
            rows.push_back(std::move(row));
    }
    if (rows.empty())
        return std::nullopt;
    const auto count = static_cast<quint32>(rows.size());
    return rows[count - 1 - drawn(std::min(count, recentRows))];
}

} // namespace parley
