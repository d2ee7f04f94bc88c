// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/messages/conversation.h"

#include "shared/directchat.h"

namespace parley {

void Peer::expectNothing()
{
    if (!m_events.empty())
        QTest::qFail("expected nothing, was told something", __FILE__, __LINE__);
}

size_t Peer::answersTo(RequestNumber request) const
{
    const auto answers = m_answers.find(request);
    return answers == m_answers.end() ? 0 : answers->second.size();
}

OperationResult Peer::send(const ChatId &chat, Operation operation)
{
    const auto reply = ask(Send{chat, {std::move(operation)}});
    if (!reply || reply->results.size() != 1) {
        OperationResult result;
        result.error = reply ? ErrorCode::Internal : reply.error().code;
        return result;
    }
    return reply->results.front();
}

OperationResult Peer::say(const ChatId &chat, const QByteArray &text)
{
    return send(chat, m_world->message(text));
}

PageReply Peer::open(const ChatId &chat, qint64 after)
{
    auto page = ask(Page{chat, after, 0});
    if (!page) {
        QTest::qFail("the chat was not opened", __FILE__, __LINE__);
        return {};
    }
    return *page;
}

Conversation::Conversation(ServiceLimits limits)
    : m_limits(limits)
{
    restart();
}

ServiceLimits Conversation::generousLimits()
{
    ServiceLimits limits;
    limits.announced.chatsPerHour = 1000;
    limits.announced.addedMembersPerHour = 10'000;
    limits.requestsPerHour = 1000;
    limits.asking = Asking::InDirectChats; // most tests need people in a group, not how they came
    return limits;
}

void Conversation::restart()
{
    m_service.reset();
    m_service = std::make_unique<MessageService>(store, *this, m_limits);
    QVERIFY(m_service->start(now));
}

UserId Conversation::addUser(const QString &name)
{
    CreateUser create;
    create.user = random.id<UserId>();
    create.userName = name;
    create.foldedName = name;
    create.displayName = name;
    const auto user = askInternal(create);
    return user ? user->id : UserId();
}

Peer &Conversation::attach(const UserId &user)
{
    MintToken mint{user, random.id<DeviceId>(), QStringLiteral("device"), QByteArray(32, 't')};
    random.fill(std::span(reinterpret_cast<quint8 *>(mint.tokenHash.data()), 32));
    if (!askInternal(mint))
        QTest::qFail("no device could be made", __FILE__, __LINE__);
    Peer known;
    known.m_origin.user = user;
    known.m_origin.device = mint.device;
    known.m_tokenHash = mint.tokenHash;
    return attachAgain(known);
}

Peer &Conversation::attachAgain(const Peer &peer)
{
    auto made = std::make_unique<Peer>();
    made->m_world = this;
    made->m_origin.session = SessionRef{1, ++m_lastSession};
    made->m_origin.user = peer.user();
    made->m_origin.device = peer.device();
    made->m_tokenHash = peer.m_tokenHash;
    Peer &result = *m_peers.emplace(m_lastSession, std::move(made)).first->second;
    if (!askInternal(peer.attachment(), result.m_origin))
        QTest::qFail("the session was not attached", __FILE__, __LINE__);
    result.clear();
    return result;
}

void Conversation::detach(Peer &peer)
{
    Origin origin = peer.m_origin;
    handle({Queued{origin, Detach{}}});
}

Operation Conversation::operation(Kind kind)
{
    Operation operation;
    operation.id = ids.next(now);
    operation.kind = kind;
    return operation;
}

Operation Conversation::message(const QByteArray &text)
{
    Operation message = operation(Kind::Message);
    message.contentType = ContentType::Text;
    message.payload = text;
    return message;
}

Operation Conversation::createDirect(const UserId &other)
{
    Operation create = operation(Kind::Create);
    create.user = other;
    return create;
}

Operation Conversation::createGroup(const QString &title, std::vector<UserId> members)
{
    Operation create = operation(Kind::Create);
    create.text = title;
    create.members = std::move(members);
    return create;
}

ChatId Conversation::group(Peer &owner, std::vector<UserId> members)
{
    const ChatId chat = newGroupId(random);
    const auto made = owner.send(chat, createGroup(QStringLiteral("Group"), std::move(members)));
    if (made.error)
        QTest::qFail("the group was not made", __FILE__, __LINE__);
    return chat;
}

ChatId Conversation::direct(Peer &one, const UserId &other)
{
    const ChatId chat = directChatId(one.user(), other);
    if (one.send(chat, createDirect(other)).error)
        QTest::qFail("the direct chat was not made", __FILE__, __LINE__);
    return chat;
}

void Conversation::deliver(std::vector<ServiceOutput> outputs)
{
    for (ServiceOutput &output : outputs) {
        if (const auto *delivery = std::get_if<Outbound>(&output)) {
            take(*delivery);
        } else if (const auto *answer = std::get_if<InternalAnswer>(&output)) {
            m_internal[answer->origin.request] = *answer;
        } else if (const auto *end = std::get_if<EndSessions>(&output)) {
            for (const SessionRef &ref : end->sessions) {
                if (const auto peer = m_peers.find(ref.session); peer != m_peers.end())
                    peer->second->closed = end->reason;
            }
        } else if (const auto *away = std::get_if<Missed>(&output)) {
            missed.push_back(*away);
        } else {
            changed.push_back(std::get<UserChanged>(output));
        }
    }
}

void Conversation::take(const Outbound &delivery)
{
    const auto frame = decodeServerFrame(delivery.frame);
    QVERIFY2(frame, "the service made a frame that no client reads");
    for (const SessionRef &ref : delivery.to) {
        const auto found = m_peers.find(ref.session);
        if (found == m_peers.end())
            continue;
        Peer &peer = *found->second;
        if (const auto *event = std::get_if<Event>(&*frame))
            peer.m_events.push_back(*event);
        else if (const auto *answer = std::get_if<Answer>(&*frame))
            peer.m_answers[answer->request].push_back(*frame);
        else
            peer.m_answers[std::get<Refused>(*frame).request].push_back(*frame);
    }
}

} // namespace parley
