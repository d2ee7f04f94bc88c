// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/cbor.h"
#include "tests/server/gateway/house.h"

#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {

enum class Who { Owner, Admin, Member, Invited, ExMember, Stranger, Disabled, Nobody };
constexpr std::array<std::pair<Who, const char *>, 8> everybody{
    {{Who::Owner, "owner"}, {Who::Admin, "admin"}, {Who::Member, "member"},
        {Who::Invited, "invited"}, {Who::ExMember, "ex-member"}, {Who::Stranger, "stranger"},
        {Who::Disabled, "disabled"}, {Who::Nobody, "not signed in"}}};

const QByteArray canary = "what the group says";
const QString title = u"The group's title"_s;

/// What the definition of a command promises.
bool isAllowed(Access access, Who who)
{
    switch (access) {
    case Access::Anyone:
        return who != Who::Disabled;
    case Access::User:
        return who != Who::Disabled && who != Who::Nobody;
    case Access::Invited:
        return who <= Who::Invited;
    case Access::Member:
    case Access::Operations: // a message, here; the other kinds are in tst_matrix
        return who <= Who::Member;
    }
    return false;
}

/// One group, with one of each, on a real server.
class GroupHouse : public House {
public:
    bool furnish()
    {
        config.limits.requestsPerHour = 1'000;
        config.limits.announced.devices = config.limits.announced.sessions = 1'000;
        // Every command, answer and push crosses the queue as bytes here.
        if (!isInitialised || start(Server::Crossing::AsBytes))
            return false;
        for (const auto &[who, name] : everybody) {
            if (who != Who::Nobody)
                people[who] = add(QString::fromLatin1(name).remove(u' '));
        }
        Peer owner;
        return signIn(owner, Who::Owner) && found(owner) && acceptAs(Who::Admin)
            && acceptAs(Who::Member) && acceptAs(Who::ExMember) && acceptAs(Who::Disabled)
            && finish(owner);
    }
    /// A session of a new device; what it may do hangs on the person alone.
    std::optional<Welcome> signIn(Peer &peer, Who who)
    {
        const auto welcome = peer.open(server->url()) ? peer.ask(Peer::hello(tokenOf(who)))
                                                      : Result<Welcome>(ErrorCode::Cancelled);
        return welcome ? std::optional(*welcome) : std::nullopt;
    }
    QByteArray tokenOf(Who who) const
    {
        const QJsonObject made = admin(u"token.create"_s, {{u"name"_s, nameOf(who)}});
        const QByteArray token = QByteArray::fromBase64(
            made.value(u"token"_s).toString().toLatin1(), QByteArray::Base64UrlEncoding);
        return token.isEmpty() ? people.at(who).token : token; // a disabled one gets no new one
    }
    static QString nameOf(Who who)
    {
        return QString::fromLatin1(everybody[size_t(who)].second).remove(u' ');
    }

    std::map<Who, Person> people;
    ChatId group;

private:
    bool found(Peer &owner)
    {
        group = newGroupId(random);
        Operation create = operation(Kind::Create);
        create.text = title;
        for (const Who who : {Who::Admin, Who::Member, Who::Invited, Who::ExMember, Who::Disabled})
            create.members.push_back(people.at(who).id);
        return isDone(owner.ask(Send{group, {create}}));
    }
    bool acceptAs(Who who)
    {
        Peer peer;
        return signIn(peer, who) && isDone(peer.ask(Send{group, {operation(Kind::Accept)}}));
    }
    bool finish(Peer &owner)
    {
        Operation promote = operation(Kind::SetRole);
        promote.user = people.at(Who::Admin).id;
        promote.role = Role::Admin;
        Operation remove = operation(Kind::Remove);
        remove.user = people.at(Who::ExMember).id;
        const QJsonObject disable{{u"name"_s, nameOf(Who::Disabled)}};
        return isDone(owner.ask(Send{group, {promote}})) && isDone(owner.ask(text(group, canary)))
            && isDone(owner.ask(Send{group, {remove}}))
            && admin(u"user.disable"_s, disable).value(u"ok"_s).toBool();
    }
    static bool isDone(const Result<SendReply> &reply)
    {
        return reply && reply->results.size() == 1 && !reply->results.front().error;
    }
};

/// What each command is tried with. One that is missing here does not compile.
struct Questions {
    GroupHouse &house;
    DeviceId device;

    Hello operator()(std::type_identity<Hello>) const
    {
        Hello hello; // who signs in says another
        hello.versions = {1};
        return hello;
    }
    CatchUp operator()(std::type_identity<CatchUp>) const { return {}; }
    Send operator()(std::type_identity<Send>) const { return house.text(house.group, "said"); }
    MarkUp operator()(std::type_identity<MarkUp>) const { return {house.group, 1, 1}; }
    Page operator()(std::type_identity<Page>) const { return {house.group, 0, 0}; }
    History operator()(std::type_identity<History>) const
    {
        History history;
        history.chat = house.group;
        history.before = 1'000;
        history.limit = 50;
        return history;
    }
    Alive operator()(std::type_identity<Alive>) const { return {}; }
    Digest operator()(std::type_identity<Digest>) const { return {}; }
    SetState operator()(std::type_identity<SetState>) const
    {
        return {u"mute/x"_s, QByteArray("1"), 0};
    }
    SetProfile operator()(std::type_identity<SetProfile>) const { return {}; }
    Users operator()(std::type_identity<Users>) const { return {everyone()}; }
    FindUser operator()(std::type_identity<FindUser>) const
    {
        return {GroupHouse::nameOf(Who::Stranger)};
    }
    Watch operator()(std::type_identity<Watch>) const { return {everyone()}; }
    Focus operator()(std::type_identity<Focus>) const { return {house.group}; }
    Typing operator()(std::type_identity<Typing>) const { return {house.group, true}; }
    Members operator()(std::type_identity<Members>) const { return {house.group, {}}; }
    Marks operator()(std::type_identity<Marks>) const { return {house.group, {}}; }
    Devices operator()(std::type_identity<Devices>) const { return {}; }
    RevokeDevice operator()(std::type_identity<RevokeDevice>) const { return {device}; }

    std::vector<UserId> everyone() const
    {
        std::vector<UserId> ids;
        for (const auto &[who, person] : house.people)
            ids.push_back(person.id);
        return ids;
    }
};

/// Whether an answer's bytes show anything of the group.
bool showsTheGroup(const GroupHouse &house, const QByteArray &body)
{
    return body.contains(canary) || body.contains(title.toUtf8())
        || body.contains(house.group.bytes())
        || body.contains(house.people.at(Who::Owner).id.bytes());
}

/// How a cell of the matrix turned out; empty when it is as the rule says.
template <typename Command>
QByteArray tryWhoIsSignedIn(GroupHouse &house, Who who)
{
    Peer peer;
    const auto welcome = house.signIn(peer, who);
    if (!welcome)
        return "could not sign in";
    if constexpr (std::is_same_v<Command, Hello>) {
        return {};
    } else {
        const Questions questions{house, *welcome->device};
        const auto reply = peer.ask(questions(std::type_identity<Command>()));
        bool done = bool(reply);
        ErrorCode refused = done ? ErrorCode::Internal : reply.error().code;
        if constexpr (std::is_same_v<Command, Send>) {
            done = reply && reply->results.size() == 1 && !reply->results.front().error;
            if (reply && !done)
                refused = reply->results.front().error.value_or(ErrorCode::Internal);
        }
        const bool allowed = isAllowed(Command::access, who);
        if (done != allowed)
            return allowed ? QByteArray("was refused: ") + errorName(refused) : "was allowed";
        if (!done && refused != ErrorCode::Forbidden)
            return QByteArray("was refused otherwise: ") + errorName(refused);
        if (reply && who > Who::Invited && showsTheGroup(house, toCbor(*reply)))
            return "was shown the group";
        return {};
    }
}

template <typename Command>
QByteArray tryWhoIsNot(GroupHouse &house, Who who)
{
    Peer peer;
    if (!peer.open(house.server->url()))
        return "could not connect";
    if (who == Who::Disabled) {
        // What is sent behind the hello is not done either.
        const RequestNumber hello = peer.say(Peer::hello(house.tokenOf(who)));
        const auto reply = peer.ask(Questions{house, {}}(std::type_identity<Command>()));
        const auto refused = peer.refusal(hello);
        if (!refused || refused->code != ErrorCode::NotSignedIn)
            return "was not refused at the door";
        return reply ? "was answered" : "";
    }
    const auto reply = peer.ask(Questions{house, {}}(std::type_identity<Command>()));
    const bool allowed = isAllowed(Command::access, who);
    if (bool(reply) != allowed)
        return allowed ? "was refused" : "was allowed";
    if (!reply && reply.error().code != ErrorCode::NotSignedIn)
        return QByteArray("was refused otherwise: ") + errorName(reply.error().code);
    return reply && showsTheGroup(house, toCbor(*reply)) ? "was shown the group" : "";
}

} // namespace

/// Every command that there is, by everybody, on a real server: the rule is the one of the
/// command's definition, and who is not served is shown nothing of the group.
class tst_CommandMatrix : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void allowsWhatTheDefinitionSays_data();
    void allowsWhatTheDefinitionSays();

private:
    std::unique_ptr<GroupHouse> m_house;
};

void tst_CommandMatrix::initTestCase()
{
    m_house = std::make_unique<GroupHouse>();
    QVERIFY(m_house->furnish());
}

void tst_CommandMatrix::allowsWhatTheDefinitionSays_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<int>("who");
    int index = 0;
    Commands::forEach([&]<typename Command>() {
        for (const auto &[who, name] : everybody)
            QTest::addRow("%s by %s", Command::name, name) << index << int(who);
        ++index;
    });
}

void tst_CommandMatrix::allowsWhatTheDefinitionSays()
{
    QFETCH(int, command);
    QFETCH(int, who);
    const Who actor = static_cast<Who>(who);
    const bool isSignedIn = actor != Who::Disabled && actor != Who::Nobody;
    int index = 0;
    QByteArray wrong = "no such command";
    Commands::forEach([&]<typename Command>() {
        if (index++ != command)
            return;
        wrong = isSignedIn ? tryWhoIsSignedIn<Command>(*m_house, actor)
                           : tryWhoIsNot<Command>(*m_house, actor);
    });
    QVERIFY2(wrong.isEmpty(), wrong.constData());
}

QTEST_GUILESS_MAIN(tst_CommandMatrix)
#include "tst_commandmatrix.moc"
