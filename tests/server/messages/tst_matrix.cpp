// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

using namespace parley;

namespace {

enum class Who { Owner, Admin, Member, Invited, ExMember, Stranger, Disabled };
constexpr std::array everybody{
    Who::Owner, Who::Admin, Who::Member, Who::Invited, Who::ExMember, Who::Stranger, Who::Disabled};

const char *nameOf(Who who)
{
    switch (who) {
    case Who::Owner:
        return "owner";
    case Who::Admin:
        return "admin";
    case Who::Member:
        return "member";
    case Who::Invited:
        return "invited";
    case Who::ExMember:
        return "ex-member";
    case Who::Stranger:
        return "stranger";
    case Who::Disabled:
        return "disabled";
    }
    return "";
}

using Allowed = std::set<Who>;
const Allowed moderators{Who::Owner, Who::Admin};
const Allowed members{Who::Owner, Who::Admin, Who::Member};
const Allowed served{Who::Owner, Who::Admin, Who::Member, Who::Invited};
const Allowed signedIn{
    Who::Owner, Who::Admin, Who::Member, Who::Invited, Who::ExMember, Who::Stranger};

/// Who may, by kind of operation. A kind that is missing here fails the test.
const std::map<Kind, Allowed> operationRules{
    {Kind::Create, {Who::Invited}}, // it is there: only who is invited to it joins by starting it
    {Kind::Message, members},
    {Kind::Edit, {Who::Owner}}, // the target is the owner's message
    {Kind::Delete, moderators},
    {Kind::React, members},
    {Kind::Unreact, {}}, // nobody has reacted
    {Kind::Title, moderators},
    {Kind::Add, moderators},
    {Kind::Remove, {Who::Owner, Who::Admin}},
    {Kind::Leave, members},
    {Kind::SetRole, {Who::Owner}},
    {Kind::Accept, {Who::Invited}},
    {Kind::Block, {Who::Invited}}, // direct chats alone, and Invited is tried in one
    {Kind::Unblock, {}},
    {Kind::Receipts, {}},
};

/// A group with one of each, and a direct request for the invited one.
class Scene {
public:
    Scene()
    {
        owner = &world.attach(world.addUser(QStringLiteral("owner")));
        admin = &world.attach(world.addUser(QStringLiteral("admin")));
        member = &world.attach(world.addUser(QStringLiteral("member")));
        other = world.addUser(QStringLiteral("other"));
        newcomer = world.addUser(QStringLiteral("newcomer"));
        exMember = &world.attach(world.addUser(QStringLiteral("ex")));
        invited = &world.attach(world.addUser(QStringLiteral("invited")));
        stranger = &world.attach(world.addUser(QStringLiteral("stranger")));
        group = world.group(*owner, {admin->user(), member->user(), other, exMember->user()});
        Operation promote = world.operation(Kind::SetRole);
        promote.user = admin->user();
        promote.role = Role::Admin;
        owner->send(group, promote);
        Operation remove = world.operation(Kind::Remove);
        remove.user = exMember->user();
        owner->send(group, remove);
        message = owner->say(group, "owner's").id;
        request = world.direct(*owner, invited->user());
        requestMessage = owner->say(request, "hello").id;
    }

    Peer &peer(Who who)
    {
        switch (who) {
        case Who::Owner:
            return *owner;
        case Who::Admin:
            return *admin;
        case Who::Member:
            return *member;
        case Who::Invited:
            return *invited;
        case Who::ExMember:
            return *exMember;
        case Who::Stranger:
        case Who::Disabled:
            break;
        }
        return *stranger;
    }
    ChatId chat(Who who) const { return who == Who::Invited ? request : group; }

    Operation operation(Kind kind, Who who)
    {
        Operation made = world.operation(kind);
        made.target = who == Who::Invited ? requestMessage : message;
        made.contentType = ContentType::Text;
        made.payload = "text";
        made.text = QStringLiteral("👍");
        made.user = kind == Kind::Add ? newcomer : other;
        made.role = Role::Admin;
        if (kind == Kind::Create) {
            made.user.reset();
            made.target.reset();
        }
        return made;
    }

    Conversation world;
    Peer *owner, *admin, *member, *exMember, *invited, *stranger;
    UserId other, newcomer;
    ChatId group, request;
    MessageId message, requestMessage;
};

} // namespace

/// Every kind of operation and every command of a client that the service takes, tried by
/// everybody.
class TestMatrix : public QObject {
    Q_OBJECT

private slots:
    void allowsEachOperationToWhomItsRuleNames_data();
    void allowsEachOperationToWhomItsRuleNames();
    void allowsEachCommandToWhomItsRuleNames();
};

void TestMatrix::allowsEachOperationToWhomItsRuleNames_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("who");
    for (int kind = 1; kind <= int(Kind::Receipts); ++kind) {
        for (const Who who : everybody)
            QTest::addRow("kind %d by %s", kind, nameOf(who)) << kind << int(who);
    }
}

void TestMatrix::allowsEachOperationToWhomItsRuleNames()
{
    QFETCH(int, kind);
    QFETCH(int, who);
    const Who actor = static_cast<Who>(who);
    Scene scene;
    if (actor == Who::Disabled) {
        // A disabled user has no session to send from: the attachment is what is refused.
        QVERIFY(scene.world.askInternal(DisableUser{scene.member->user(), true}));
        Origin origin;
        origin.session = SessionRef{8, 1};
        const auto refused = scene.world.askInternal(scene.member->attachment(), origin);
        QCOMPARE(refused.error().code, ErrorCode::NotSignedIn);
        return;
    }
    const auto rule = operationRules.find(static_cast<Kind>(kind));
    QVERIFY2(rule != operationRules.end(), "a kind without a rule in the matrix");
    Peer &peer = scene.peer(actor);
    const ChatId chat = scene.chat(actor);
    const auto reader = scene.world.memory.readers()->open();
    const qint64 before = *(*reader)->head(chat);
    const auto result = peer.send(chat, scene.operation(rule->first, actor));
    const qint64 after = *(*reader)->head(chat);
    if (rule->second.contains(actor)) {
        QVERIFY2(!result.error, result.error ? errorName(*result.error) : "");
        QVERIFY(after > before);
    } else {
        QVERIFY(result.error);
        QCOMPARE(errorClass(*result.error), ErrorClass::Reject);
        QCOMPARE(after, before);
        // A stranger and who is gone hear only that there is nothing for them.
        if (actor == Who::Stranger || actor == Who::ExMember) {
            const bool unknown = rule->first == Kind::Receipts;
            QCOMPARE(*result.error, unknown ? ErrorCode::Unsupported : ErrorCode::Forbidden);
        }
    }
}

void TestMatrix::allowsEachCommandToWhomItsRuleNames()
{
    for (const Who who : everybody) {
        if (who == Who::Disabled)
            continue;
        Scene scene;
        Peer &peer = scene.peer(who);
        const ChatId chat = scene.chat(who);
        const auto check = [&](const Allowed &allowed, const auto &answer, const char *command) {
            const QByteArray cell = QByteArray(command) + " by " + nameOf(who);
            QVERIFY2(bool(answer) == allowed.contains(who), cell.constData());
            if (!answer)
                QCOMPARE(answer.error().code, ErrorCode::Forbidden);
        };
        check(served, peer.ask(Page{chat, 1, 0}), "page");
        check(members, peer.ask(MarkUp{chat, 1, 1}), "mark");
        check(members, peer.ask(Typing{chat, true}), "typing");
        check(served, peer.ask(Focus{chat}), "focus");
        check(signedIn, peer.ask(SetState{QStringLiteral("mute/x"), QByteArray("1"), 0}), "set");
        check(signedIn, peer.ask(SetProfile{}), "setProfile");
        check({}, peer.ask(RevokeDevice{scene.world.random.id<DeviceId>()}), "revokeDevice");
    }
}

QTEST_APPLESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
