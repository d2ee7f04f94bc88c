// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/merge.h"
#include "shared/uuid7.h"
#include "tests/client/support/talk.h"
#include "tests/fuzz/liveserver.h"
#include "tests/properties/property.h"

using namespace parley;

/// Unread is others' messages after the own read mark, deleted ones among them: what the server
/// keeps in O(1), and what a device shows, equal what counting says.
class tst_UnreadProperties : public QObject {
    Q_OBJECT

private slots:
    void isWhatCountingSaysOnTheServer();
    void isWhatCountingSaysOnTheDevice();
};

namespace {

/// Each works on a real file.
constexpr int readersTried = 25;
using Act = std::pair<quint8, quint8>;

/// Ada and Ben in their group, by the real service.
class Group {
public:
    Group()
        : m_server(LiveWorld::get().state)
        , m_messages(LiveWorld::get().known.messages)
    {
    }

    void act(const Act &act)
    {
        const quint8 who = act.first & 1;
        switch (act.first % 7) {
        case 0:
        case 1:
        case 2:
            return append(who, Kind::Message, {});
        case 3:
            return append(who, Kind::Delete, m_messages[act.second % m_messages.size()]);
        case 4:
            return append(who, Kind::Edit, m_messages[act.second % m_messages.size()]);
        default:
            m_server.ask(MarkUp{chat(), act.second % 40, act.second % 30}, origin(who));
        }
    }
    QByteArray fault() const { return m_server.faultInLogs(); }

private:
    static ChatId chat() { return LiveWorld::get().known.chats[0]; }
    Origin origin(quint8 who)
    {
        Origin origin;
        origin.session = SessionRef{1, quint64(who) + 1};
        origin.request = ++m_request;
        origin.user = LiveWorld::get().known.users[who];
        origin.device = LiveWorld::get().known.devices[who];
        return origin;
    }
    void append(quint8 who, Kind kind, std::optional<MessageId> target)
    {
        Operation operation;
        operation.id = Uuid7::compose(quint64(m_server.nowMs), 1, ++m_made);
        operation.kind = kind;
        operation.target = target;
        if (kind != Kind::Delete) {
            operation.contentType = ContentType::Text;
            operation.payload = "words";
        }
        if (kind == Kind::Message)
            m_messages.push_back(operation.id);
        m_server.ask(Send{chat(), {operation}}, origin(who));
    }

    LiveServer m_server;
    std::vector<MessageId> m_messages;
    quint64 m_made = 0;
    RequestNumber m_request = 0;
};

/// One chat of a device, pushed to in parts.
class Reader {
public:
    Reader()
        : m_log(chatNumber(1), Talk::anna(), {Talk::me(), Talk::ben()})
    {
        m_talk.signIn({&m_log});
        m_pushed = m_log.head();
    }

    void act(const Act &act)
    {
        switch (act.first % 8) {
        case 0:
        case 1:
            m_messages.push_back(m_log.post(Talk::anna(), QStringLiteral("words")));
            return;
        case 2:
            m_messages.push_back(m_log.post(Talk::me(), QStringLiteral("mine")));
            return;
        case 3:
            if (!m_messages.empty())
                m_log.remove(Talk::anna(), m_messages[act.second % m_messages.size()]);
            return;
        case 4:
            if (!m_messages.empty())
                m_log.edit(Talk::anna(), m_messages[act.second % m_messages.size()],
                    QStringLiteral("other"));
            return;
        case 5:
            (void)m_talk.core().markRead(m_log.chat(), act.second % 60);
            return confirm();
        case 6:
            m_talk.restart();
            m_talk.signIn({&m_log});
            m_pushed = m_log.head();
            return;
        default:
            return push();
        }
    }

    void check()
    {
        push();
        const Chat &chat = *m_talk.core().chat(m_log.chat());
        RC_ASSERT(chat.seq() == m_log.head());
        RC_ASSERT(m_talk.core().screen().unread(chat) == counted(chat.readUpTo(Talk::me())));
    }

private:
    qint64 counted(qint64 read) const
    {
        return std::ranges::count_if(m_log.rows(), [&](const auto &item) {
            const Row &row = item.second;
            return row.kind == Kind::Message && row.sender != Talk::me() && row.seq > read;
        });
    }
    void push()
    {
        if (m_pushed < m_log.head())
            m_talk.inject(m_log.push(m_pushed + 1, m_log.head()));
        m_pushed = m_log.head();
        confirm();
    }
    /// The server answers the marks, as it counts.
    void confirm()
    {
        while (m_talk.has<MarkUp>()) {
            const MarkUp asked = m_talk.expect<MarkUp>();
            Mark &held = m_log.marks[Talk::me()];
            raise(held,
                Mark{Talk::me(), std::min(asked.delivered, m_log.head()),
                    std::min(asked.read, m_log.head())});
            held.user = Talk::me();
            m_talk.reply(MarkReply{held.delivered, held.read, counted(held.read)});
        }
    }

    Talk m_talk;
    ChatLog m_log;
    std::vector<MessageId> m_messages;
    qint64 m_pushed = 0;
};

} // namespace

void tst_UnreadProperties::isWhatCountingSaysOnTheServer()
{
    holds("server", [] {
        Group group;
        for (const Act &act : *rc::gen::arbitrary<std::vector<Act>>()) {
            group.act(act);
            RC_ASSERT(group.fault() == QByteArray());
        }
    });
}

void tst_UnreadProperties::isWhatCountingSaysOnTheDevice()
{
    holds(
        "device",
        [] {
            Reader reader;
            for (const Act &act : *rc::gen::arbitrary<std::vector<Act>>())
                reader.act(act);
            reader.check();
        },
        readersTried);
}

QTEST_GUILESS_MAIN(tst_UnreadProperties)
#include "tst_unreadproperties.moc"
