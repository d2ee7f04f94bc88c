// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/gateway/house.h"

#include <QtCore/QJsonArray>

using namespace parley;
using namespace Qt::StringLiterals;

/// The real server in this process, and raw WebSockets against it.
class tst_Server : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_house.reset(); }
    void letsTwoPeopleTalk_data();
    void letsTwoPeopleTalk();
    void signsInByPasswordAndThenByToken();
    void makesAnAccountByInviteOnceAndAgainForTheSamePerson();
    void refusesWhoCannotProveWhoTheyAre();
    void saysWhichWaysToSignInThereAre();
    void handsOverWhatIsUpToDateAndSyncsWhatIsBehind();
    void endsTheSessionsOfADisabledUser();
    void endsTheOlderConnectionOfADevice();
    void tellsWatchersWhoIsThere();
    void saysGoAwayBeforeItStops();
    void keepsEverythingOverARestart();
    void refusesAFolderThatIsInUse();
    void refusesAFolderWithoutAStore();
    void refusesToInitialiseTwice();

private:
    std::unique_ptr<House> m_house;
};

void tst_Server::init()
{
    m_house = std::make_unique<House>();
    QVERIFY(m_house->isInitialised);
}

void tst_Server::letsTwoPeopleTalk_data()
{
    QTest::addColumn<bool>("asBytes");
    QTest::newRow("values across the queue") << false;
    QTest::newRow("bytes across the queue") << true;
}

void tst_Server::letsTwoPeopleTalk()
{
    QFETCH(bool, asBytes);
    QVERIFY(!m_house->start(asBytes ? Server::Crossing::AsBytes : Server::Crossing::AsValues));
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    Peer adas;
    Peer bobs;
    QVERIFY(adas.open(m_house->server->url()));
    QVERIFY(bobs.open(m_house->server->url()));
    const auto welcome = adas.ask(Peer::hello(ada.token));
    QVERIFY(welcome);
    QCOMPARE(welcome->user->userName, u"ada"_s);
    QVERIFY(adas.next<Sync>());
    QVERIFY(bobs.ask(Peer::hello(bob.token)));
    QVERIFY(bobs.next<Sync>());

    const Send create = m_house->directChat(ada.id, bob.id);
    const auto created = adas.ask(create);
    QVERIFY(created);
    QCOMPARE(created->results.front().error, std::nullopt);
    // The chat reaches the other one by the own state, then it is asked for and becomes live.
    QVERIFY(bobs.next<UserStateChanged>());
    const auto page = bobs.ask(Page{create.chat, 0, 1});
    QVERIFY(page);
    QVERIFY(page->opened);
    QVERIFY(adas.ask(Page{create.chat, 0, 1}));

    const auto sent = adas.ask(m_house->text(create.chat, "hello"));
    QVERIFY(sent);
    QVERIFY(sent->results.front().seq);
    std::optional<Pushed> pushed;
    do {
        pushed = bobs.next<Pushed>();
        QVERIFY(pushed);
    } while (pushed->entries.empty() || pushed->entries.back().kind != Kind::Message);
    QCOMPARE(pushed->entries.back().row->payload, QByteArray("hello"));

    const auto history = bobs.ask(History{create.chat, {}, 0, {}, 100, 1});
    QVERIFY(history);
    QCOMPARE(history->rows.back().payload, QByteArray("hello"));
    const auto members = bobs.ask(Members{create.chat, {}});
    QVERIFY(members);
    QCOMPARE(members->members.size(), size_t(2));
    QVERIFY(bobs.ask(Users{{ada.id}})->users.size() == 1);
    QVERIFY(bobs.ask(Devices{})->devices.front().current);
}

void tst_Server::signsInByPasswordAndThenByToken()
{
    QVERIFY(!m_house->start());
    m_house->admin(u"user.add"_s, {{u"name"_s, u"Ada"_s}, {u"password"_s, u"a quiet afternoon"_s}});
    Peer first;
    QVERIFY(first.open(m_house->server->url()));
    Hello hello = Peer::hello({});
    hello.auth = Auth{{}, PasswordAuth{u"ADA"_s, u"a quiet afternoon"_s, u"laptop"_s}, {}};
    const auto welcome = first.ask(hello);
    QVERIFY(welcome);
    QCOMPARE(welcome->token->size(), limits::tokenBytes);

    Peer second;
    QVERIFY(second.open(m_house->server->url()));
    const auto again = second.ask(Peer::hello(*welcome->token));
    QVERIFY(again);
    QCOMPARE(*again->device, *welcome->device);
    QVERIFY(!again->token);
}

void tst_Server::makesAnAccountByInviteOnceAndAgainForTheSamePerson()
{
    QVERIFY(!m_house->start());
    const QString code = m_house->admin(u"invite.create"_s).value(u"code"_s).toString();
    Hello hello = Peer::hello({});
    hello.auth = Auth{{}, {},
        InviteAuth{code.toLower(), u"carl"_s, u"Carl C."_s, u"a quiet afternoon"_s, u"phone"_s}};
    const auto attempt = [&] {
        Peer peer;
        return peer.open(m_house->server->url()) ? peer.ask(hello)
                                                 : Result<Welcome>(ErrorCode::Cancelled);
    };
    const auto first = attempt();
    QVERIFY(first);
    QCOMPARE(first->user->displayName, u"Carl C."_s);
    const auto second = attempt();
    QVERIFY(second);
    QCOMPARE(second->user->id, first->user->id);
    QVERIFY(*second->token != *first->token);

    hello.auth.invite->password = u"another afternoon"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
    hello.auth.invite->userName = u"dora"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
    hello.auth.invite->code = u"no such code"_s;
    QCOMPARE(attempt().error().code, ErrorCode::InvalidInvite);
}

void tst_Server::refusesWhoCannotProveWhoTheyAre()
{
    QVERIFY(!m_house->start());
    m_house->admin(u"user.add"_s, {{u"name"_s, u"ada"_s}, {u"password"_s, u"a quiet afternoon"_s}});
    const auto attempt = [&](const Auth &auth) {
        Peer peer;
        Hello hello = Peer::hello({});
        hello.auth = auth;
        if (!peer.open(m_house->server->url()))
            return ErrorCode::Cancelled;
        const auto answer = peer.ask(hello);
        return answer || !peer.isClosed() ? ErrorCode::Internal : answer.error().code;
    };
    QCOMPARE(attempt(Auth{QByteArray(32, 'x'), {}, {}}), ErrorCode::NotSignedIn);
    QCOMPARE(attempt(Auth{QByteArray("short"), {}, {}}), ErrorCode::NotSignedIn);
    QCOMPARE(
        attempt(Auth{{}, PasswordAuth{u"ada"_s, u"wrong"_s, {}}, {}}), ErrorCode::BadCredentials);
    QCOMPARE(attempt(Auth{{}, PasswordAuth{u"nobody"_s, u"wrong"_s, {}}, {}}),
        ErrorCode::BadCredentials);
    QCOMPARE(attempt(Auth{QByteArray(32, 'x'), PasswordAuth{u"ada"_s, u"wrong"_s, {}}, {}}),
        ErrorCode::Malformed);
}

void tst_Server::saysWhichWaysToSignInThereAre()
{
    QVERIFY(!m_house->start());
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    Hello hello;
    hello.versions = {1};
    const auto welcome = peer.ask(hello);
    QVERIFY(welcome);
    QVERIFY(!welcome->user);
    QCOMPARE(welcome->signIn, (std::vector<QString>{u"password"_s, u"invite"_s}));
    QVERIFY(peer.isClosed());
}

void tst_Server::handsOverWhatIsUpToDateAndSyncsWhatIsBehind()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    const Send create = m_house->directChat(ada.id, bob.id);
    Epoch epoch;
    PageReply page;
    qint64 revision = 0;
    {
        Peer peer;
        QVERIFY(peer.open(m_house->server->url()));
        const auto welcome = peer.ask(Peer::hello(ada.token));
        epoch = welcome->epoch;
        QVERIFY(peer.ask(create));
        QVERIFY(peer.ask(m_house->text(create.chat, "one")));
        const auto opened = peer.ask(Page{create.chat, 0, 7});
        QVERIFY(opened);
        page = *opened;
        revision = peer.next<UserStateChanged>()->row.revision;
    }
    qint64 marks = 0;
    for (const Mark &mark : page.marks)
        marks += mark.delivered + mark.read;
    Hello hello = Peer::hello(ada.token);
    hello.epoch = epoch;
    hello.userRevision = revision;
    hello.have = {Have{create.chat, page.head, marks, 7}};
    {
        Peer peer;
        QVERIFY(peer.open(m_house->server->url()));
        QVERIFY(peer.ask(hello));
        const auto sync = peer.next<Sync>();
        QVERIFY(sync);
        QVERIFY(sync->chats.empty());
        const auto live = peer.next<HandedOver>();
        QVERIFY(live);
        QCOMPARE(live->page.generation, 7u);
        QVERIFY(live->page.entries.empty());
        // What the other one writes now is pushed.
        QVERIFY(peer.ask(m_house->text(create.chat, "two")));
        QVERIFY(peer.next<Pushed>());
    }
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(hello));
    const auto sync = peer.next<Sync>();
    QCOMPARE(sync->chats.size(), size_t(1));
    QCOMPARE(sync->chats.front().last->payload, QByteArray("two"));
    const auto missed = peer.ask(Page{create.chat, page.head, 7});
    QVERIFY(missed);
    QVERIFY(!missed->more);
    QCOMPARE(missed->entries.size(), size_t(1));

    // A device that knows more than the store: only a restored store explains it.
    hello.have.front().seq = page.head + 10;
    Peer later;
    QVERIFY(later.open(m_house->server->url()));
    QVERIFY(later.ask(hello));
    QVERIFY(later.next<Sync>()->restored);
}

void tst_Server::endsTheSessionsOfADisabledUser()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    m_house->admin(u"user.disable"_s, {{u"name"_s, u"ada"_s}});
    QCOMPARE(peer.next<Closing>()->reason, CloseReason::Revoked);
    QVERIFY(peer.isClosed());
    Peer again;
    QVERIFY(again.open(m_house->server->url()));
    QCOMPARE(again.ask(Peer::hello(ada.token)).error().code, ErrorCode::NotSignedIn);
}

void tst_Server::endsTheOlderConnectionOfADevice()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    Peer older;
    Peer newer;
    QVERIFY(older.open(m_house->server->url()));
    QVERIFY(newer.open(m_house->server->url()));
    QVERIFY(older.ask(Peer::hello(ada.token)));
    QVERIFY(newer.ask(Peer::hello(ada.token)));
    QCOMPARE(older.next<Closing>()->reason, CloseReason::Replaced);
    QVERIFY(older.isClosed());
    QVERIFY(newer.ask(Alive{true, {}}));
}

void tst_Server::tellsWatchersWhoIsThere()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    Peer adas;
    QVERIFY(adas.open(m_house->server->url()));
    QVERIFY(adas.ask(Peer::hello(ada.token)));
    const Send create = m_house->directChat(ada.id, bob.id);
    QVERIFY(adas.ask(create));
    Peer bobs;
    QVERIFY(bobs.open(m_house->server->url()));
    QVERIFY(bobs.ask(Peer::hello(bob.token)));
    // A request says nothing about the two until it is accepted.
    auto watched = adas.ask(Watch{{bob.id}});
    QVERIFY(watched);
    QCOMPARE(watched->presence.front().state, PresenceState::Offline);
    const Operation accept = m_house->operation(Kind::Accept);
    QVERIFY(!bobs.ask(Send{create.chat, {accept}})->results.front().error);
    watched = adas.ask(Watch{{bob.id}});
    QVERIFY(watched);
    QCOMPARE(watched->users.front().userName, u"bob"_s);
    QCOMPARE(watched->presence.front().state, PresenceState::Online);
    QVERIFY(bobs.ask(Alive{false, {}}));
    QCOMPARE(adas.next<PresenceChanged>()->users.front().state, PresenceState::Away);
    QVERIFY(bobs.ask(SetProfile{u"Bobby"_s, {}, {}, {}}));
    QCOMPARE(adas.next<ProfileChanged>()->user.displayName, u"Bobby"_s);
}

void tst_Server::saysGoAwayBeforeItStops()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    m_house->server->stop();
    QCOMPARE(peer.next<GoAway>()->windowMs, quint32(m_house->config.times.goAwayMs));
    QVERIFY(peer.isClosed());
}

void tst_Server::keepsEverythingOverARestart()
{
    QVERIFY(!m_house->start());
    const House::Person ada = m_house->add(u"ada"_s);
    const House::Person bob = m_house->add(u"bob"_s);
    const Send create = m_house->directChat(ada.id, bob.id);
    {
        Peer peer;
        QVERIFY(peer.open(m_house->server->url()));
        QVERIFY(peer.ask(Peer::hello(ada.token)));
        QVERIFY(peer.ask(create));
        QVERIFY(peer.ask(m_house->text(create.chat, "kept")));
    }
    m_house->server.reset();
    QVERIFY(!m_house->start());
    Peer peer;
    QVERIFY(peer.open(m_house->server->url()));
    QVERIFY(peer.ask(Peer::hello(ada.token)));
    const auto sync = peer.next<Sync>();
    QCOMPARE(sync->chats.front().last->payload, QByteArray("kept"));
    QCOMPARE(sync->users.front().userName, u"bob"_s);
}

void tst_Server::refusesAFolderThatIsInUse()
{
    QVERIFY(!m_house->start());
    QCOMPARE(Server::start(m_house->config).error().code, ErrorCode::Busy);
}

void tst_Server::refusesAFolderWithoutAStore()
{
    m_house->config.server.dataFolder = m_house->folder.path() + u"/elsewhere"_s;
    QCOMPARE(Server::start(m_house->config).error().code, ErrorCode::NotFound);
}

void tst_Server::refusesToInitialiseTwice()
{
    QCOMPARE(Server::initialise(m_house->config).error().code, ErrorCode::LimitReached);
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
