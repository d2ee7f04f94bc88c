// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/messages/operationrules.h"

#include "server/store/visibility.h"
#include "shared/codec/cbor.h"
#include "shared/directchat.h"
#include "shared/uuid7.h"

#include <QtCore/QCryptographicHash>

namespace parley {
namespace {

constexpr qsizetype contentHashBytes = 16;

/// One operation on its way through the rules of its kind. Each rule either returns an error and
/// has changed nothing, or has appended.
class Decision {
public:
    Decision(DeskContext &context, ChatDraft &draft, const UserId &actor,
        const Operation &operation, const NamedPeople &people)
        : m_context(context)
        , m_draft(draft)
        , m_actor(actor)
        , m_operation(operation)
        , m_people(people)
    {
        if (const StoredMember *found = draft.member(actor))
            m_self = *found;
    }

    std::optional<Error> run();

private:
    using Outcome = std::optional<Error>;

    Outcome create();
    Outcome createDirect();
    Outcome createGroup();
    Outcome message();
    Outcome edit();
    Outcome remove();
    Outcome react();
    Outcome unreact();
    Outcome title();
    Outcome addMember();
    Outcome removeMember();
    Outcome leave();
    Outcome setRole();
    Outcome accept();
    Outcome setBlocking(bool blocking);
    Outcome receipts();

    bool isMember() const { return m_self && m_self->row.state == MemberState::Member; }
    bool isInvited() const { return m_self && m_self->row.state == MemberState::Invited; }
    bool isGroup() const { return m_draft.row().kind == ChatKind::Group; }
    bool mayModerate() const { return isGroup() && isMember() && m_self->row.role >= Role::Admin; }
    const Row *visibleMessage(const std::optional<MessageId> &id) const;
    const StoredMember *otherOfDirect() const;
    const Loaded::Person *person(const UserId &user) const;
    Outcome notWritable() const;

    void putSystemRow(const Entry &entry, const std::optional<UserId> &user,
        const std::optional<QString> &text, const std::optional<Role> &role);
    void touch(Row row, qint64 seq);
    void found(const UserId &user, MemberState state, Role role);
    void changeMembers(int by);
    void giveRole(const MessageId &id, const UserId &user, Role role);
    const StoredMember *successor() const;

    DeskContext &m_context;
    ChatDraft &m_draft;
    const UserId &m_actor;
    const Operation &m_operation;
    const NamedPeople &m_people;
    std::optional<StoredMember> m_self;
};

/// Version 8 of RFC 9562: no client can have used it before, since theirs must be of version 7.
MessageId serversId(const QByteArray &hash)
{
    QByteArray bytes = hash.first(MessageId::sizeBytes);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return *MessageId::fromBytes(bytes);
}

/// A further entry of the same act needs an id of its own that a repeated attempt makes again.
MessageId derivedId(const MessageId &id, QByteArrayView purpose)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(purpose.toByteArray());
    hash.addData(id.bytes());
    return serversId(hash.result());
}

std::optional<Error> Decision::run()
{
    const bool fromServer = m_operation.kind == Kind::Receipts;
    if (!fromServer && !Uuid7::isVersion7(m_operation.id))
        return Error(ErrorCode::Malformed, QStringLiteral("the id is not a UUIDv7"));
    if (m_operation.kind == Kind::Create)
        return create();
    if (!m_draft.exists() || !(isMember() || isInvited()))
        return Error(ErrorCode::Forbidden);
    switch (m_operation.kind) {
    case Kind::Create:
        break;
    case Kind::Message:
        return message();
    case Kind::Edit:
        return edit();
    case Kind::Delete:
        return remove();
    case Kind::React:
        return react();
    case Kind::Unreact:
        return unreact();
    case Kind::Title:
        return title();
    case Kind::Add:
        return addMember();
    case Kind::Remove:
        return removeMember();
    case Kind::Leave:
        return leave();
    case Kind::SetRole:
        return setRole();
    case Kind::Accept:
        return accept();
    case Kind::Block:
        return setBlocking(true);
    case Kind::Unblock:
        return setBlocking(false);
    case Kind::Receipts:
        return receipts();
    }
    return Error(ErrorCode::Unsupported);
}

std::optional<Error> Decision::create()
{
    if (m_draft.exists()) {
        // A group under the computed id of a direct chat must not pass for it.
        if (m_operation.user && isGroup())
            return Error(ErrorCode::Forbidden);
        if (isInvited())
            return accept();
        return Error(isMember() ? ErrorCode::NoEffect : ErrorCode::Forbidden);
    }
    return m_operation.user ? createDirect() : createGroup();
}

std::optional<Error> Decision::createDirect()
{
    const UserId other = *m_operation.user;
    if (other == m_actor || directChatId(m_actor, other) != m_draft.chat())
        return Error(ErrorCode::Malformed, QStringLiteral("not the id of this direct chat"));
    const Loaded::Person *known = person(other);
    if (!known)
        return Error(ErrorCode::Forbidden);
    Quota &quota = known->common ? m_context.chatQuota : m_context.requestQuota;
    if (const auto wait = quota.take(m_actor, 1, m_context.nowMs)) {
        Error limited(ErrorCode::RateLimited);
        limited.retryAfterMs = wait;
        return limited;
    }
    m_draft.charge(quota, m_actor, 1);
    ChatRow row;
    row.kind = ChatKind::Direct;
    row.created = m_draft.time();
    row.revision = 1;
    row.members = 2;
    row.users = {std::min(m_actor, other), std::max(m_actor, other)};
    m_draft.create(row);
    const Entry entry = m_draft.append(Kind::Create, m_operation.id, m_actor);
    m_draft.putChatRow(row);
    found(m_actor, MemberState::Member, Role::Member);
    found(other, known->common ? MemberState::Member : MemberState::Invited, Role::Member);
    putSystemRow(entry, other, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::createGroup()
{
    if (!canNameGroup(m_draft.chat()))
        return Error(ErrorCode::Malformed, QStringLiteral("not the id of a group"));
    std::vector<UserId> others = m_operation.members;
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    std::erase(others, m_actor);
    const auto count = static_cast<qint64>(others.size());
    // More at once than an hour allows would be told to wait for ever.
    if (quint32(count) + 1 > m_context.limits.announced.groupMembers
        || count > m_context.limits.announced.addedMembersPerHour)
        return Error(ErrorCode::LimitReached);
    for (const UserId &user : others) {
        if (!person(user))
            return Error(ErrorCode::Forbidden);
    }
    auto wait = m_context.chatQuota.take(m_actor, 1, m_context.nowMs);
    if (!wait) {
        wait = m_context.memberQuota.take(m_actor, count, m_context.nowMs);
        if (wait)
            m_context.chatQuota.giveBack(m_actor, 1);
    }
    if (wait) {
        Error limited(ErrorCode::RateLimited);
        limited.retryAfterMs = wait;
        return limited;
    }
    m_draft.charge(m_context.chatQuota, m_actor, 1);
    m_draft.charge(m_context.memberQuota, m_actor, count);
    ChatRow row;
    row.kind = ChatKind::Group;
    row.title = m_operation.text.value_or(QString());
    row.created = m_draft.time();
    row.revision = 1;
    row.members = quint32(count) + 1;
    m_draft.create(row);
    const Entry entry = m_draft.append(Kind::Create, m_operation.id, m_actor);
    m_draft.putChatRow(row);
    found(m_actor, MemberState::Member, Role::Owner);
    for (const UserId &user : others)
        found(user, MemberState::Member, Role::Member);
    putSystemRow(entry, {}, row.title, {});
    return std::nullopt;
}

std::optional<Error> Decision::message()
{
    if (const Outcome refused = notWritable())
        return refused;
    if (m_operation.contentType == ContentType::None || m_operation.payload.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a message without content"));
    if (m_operation.replyTo && !visibleMessage(m_operation.replyTo))
        return Error(ErrorCode::NoTarget);
    if (m_operation.threadRoot && !visibleMessage(m_operation.threadRoot))
        return Error(ErrorCode::NoTarget);
    const Entry entry = m_draft.append(Kind::Message, m_operation.id, m_actor);
    Row row;
    row.id = entry.id;
    row.kind = Kind::Message;
    row.seq = entry.seq;
    row.revision = entry.seq;
    row.sender = m_actor;
    row.time = entry.time;
    row.replyTo = m_operation.replyTo;
    row.threadRoot = m_operation.threadRoot;
    row.expires = m_operation.expires;
    row.contentType = m_operation.contentType;
    row.payload = m_operation.payload;
    m_draft.putRow(std::move(row));
    m_draft.countMessage(m_actor);
    return std::nullopt;
}

std::optional<Error> Decision::edit()
{
    if (const Outcome refused = notWritable())
        return refused;
    const Row *target = visibleMessage(m_operation.target);
    if (!target || target->sender != m_actor)
        return Error(ErrorCode::NoTarget);
    if (m_operation.contentType == ContentType::None || m_operation.payload.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a message without content"));
    const bool same =
        target->payload == m_operation.payload && target->contentType == m_operation.contentType;
    if (target->deleted || same)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    Entry &entry = m_draft.append(Kind::Edit, m_operation.id, m_actor);
    entry.target = row.id;
    row.contentType = m_operation.contentType;
    row.payload = m_operation.payload;
    row.editedAt = entry.time;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::remove()
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    if (target->sender != m_actor && !mayModerate())
        return Error(ErrorCode::Forbidden);
    if (target->deleted)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    Entry &entry = m_draft.append(Kind::Delete, m_operation.id, m_actor);
    entry.target = row.id;
    row.deleted = true;
    row.contentType = ContentType::None;
    row.payload.clear();
    row.reactions.clear();
    row.replyTo.reset();
    row.editedAt.reset();
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::react()
{
    if (const Outcome refused = notWritable())
        return refused;
    const QString text = m_operation.text.value_or(QString());
    if (text.isEmpty())
        return Error(ErrorCode::Malformed, QStringLiteral("a reaction without an emoji"));
    if (text.toUtf8().size() > limits::reactionBytes)
        return Error(ErrorCode::TooLarge);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    if (target->deleted)
        return Error(ErrorCode::NoEffect);
    Row row = *target;
    auto same = std::find_if(row.reactions.begin(), row.reactions.end(),
        [&](const Reaction &reaction) { return reaction.text == text; });
    if (same == row.reactions.end()) {
        if (row.reactions.size() >= m_context.limits.announced.reactionKinds)
            return Error(ErrorCode::LimitReached);
        same = row.reactions.insert(same, Reaction{text, {}});
    }
    if (std::find(same->users.begin(), same->users.end(), m_actor) != same->users.end())
        return Error(ErrorCode::NoEffect);
    if (same->users.size() >= size_t(limits::arrayItems))
        return Error(ErrorCode::LimitReached);
    same->users.push_back(m_actor);
    Entry &entry = m_draft.append(Kind::React, m_operation.id, m_actor);
    entry.target = row.id;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::unreact()
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    const Row *target = visibleMessage(m_operation.target);
    if (!target)
        return Error(ErrorCode::NoTarget);
    const QString text = m_operation.text.value_or(QString());
    Row row = *target;
    const auto same = std::find_if(row.reactions.begin(), row.reactions.end(),
        [&](const Reaction &reaction) { return reaction.text == text; });
    if (same == row.reactions.end() || std::erase(same->users, m_actor) == 0)
        return Error(ErrorCode::NoEffect);
    if (same->users.empty())
        row.reactions.erase(same);
    Entry &entry = m_draft.append(Kind::Unreact, m_operation.id, m_actor);
    entry.target = row.id;
    touch(std::move(row), entry.seq);
    return std::nullopt;
}

std::optional<Error> Decision::title()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.text)
        return Error(ErrorCode::Malformed, QStringLiteral("no title"));
    if (*m_operation.text == m_draft.row().title)
        return Error(ErrorCode::NoEffect);
    const Entry entry = m_draft.append(Kind::Title, m_operation.id, m_actor);
    ChatRow row = m_draft.row();
    row.title = *m_operation.text;
    row.revision = entry.seq;
    m_draft.putChatRow(row);
    putSystemRow(entry, {}, row.title, {});
    return std::nullopt;
}

std::optional<Error> Decision::addMember()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user)
        return Error(ErrorCode::Malformed, QStringLiteral("no user"));
    const UserId user = *m_operation.user;
    const StoredMember *present = m_draft.member(user);
    if (present && isServed(*present))
        return Error(ErrorCode::NoEffect);
    if (!person(user))
        return Error(ErrorCode::Forbidden);
    if (m_draft.row().members >= m_context.limits.announced.groupMembers)
        return Error(ErrorCode::LimitReached);
    if (const auto wait = m_context.memberQuota.take(m_actor, 1, m_context.nowMs)) {
        Error limited(ErrorCode::RateLimited);
        limited.retryAfterMs = wait;
        return limited;
    }
    m_draft.charge(m_context.memberQuota, m_actor, 1);
    StoredMember joined = present ? *present : StoredMember{};
    Entry &added = m_draft.append(Kind::Add, m_operation.id, m_actor);
    added.user = user;
    const Entry entry = added;
    joined.row.user = user;
    joined.row.state = MemberState::Member;
    joined.row.role = Role::Member;
    joined.row.since = entry.seq;
    joined.row.revision = entry.seq;
    m_draft.putMember(joined);
    // What was said before the join is not unread: marks begin at the join.
    m_draft.raiseMark(
        StoredMark{user, entry.seq, entry.seq, m_draft.messages() - joined.ownMessages});
    changeMembers(+1);
    m_draft.derive(user, ChatState{0, entry.seq});
    putSystemRow(entry, user, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::removeMember()
{
    if (!mayModerate())
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user || *m_operation.user == m_actor)
        return Error(ErrorCode::Malformed, QStringLiteral("who leaves says leave"));
    const StoredMember *target = m_draft.member(*m_operation.user);
    if (!target || !isServed(*target))
        return Error(ErrorCode::NoEffect);
    if (target->row.role >= m_self->row.role)
        return Error(ErrorCode::Forbidden);
    StoredMember gone = *target;
    Entry &removed = m_draft.append(Kind::Remove, m_operation.id, m_actor);
    removed.user = gone.row.user;
    const Entry entry = removed;
    gone.row.state = MemberState::Removed;
    gone.row.role = Role::Member;
    gone.row.revision = entry.seq;
    m_draft.putMember(gone);
    changeMembers(-1);
    m_draft.derive(gone.row.user, ChatState{0, std::nullopt, MemberState::Removed});
    putSystemRow(entry, gone.row.user, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::leave()
{
    if (!isGroup())
        return Error(ErrorCode::Forbidden);
    StoredMember gone = *m_self;
    const bool wasOwner = gone.row.role == Role::Owner;
    Entry &left = m_draft.append(Kind::Leave, m_operation.id, m_actor);
    left.user = m_actor;
    const Entry entry = left;
    gone.row.state = MemberState::Left;
    gone.row.role = Role::Member;
    gone.row.revision = entry.seq;
    m_draft.putMember(gone);
    changeMembers(-1);
    m_draft.derive(m_actor, ChatState{0, std::nullopt, MemberState::Left});
    putSystemRow(entry, m_actor, {}, {});
    if (!wasOwner)
        return std::nullopt;
    if (const StoredMember *next = successor())
        giveRole(derivedId(m_operation.id, "parley successor"), next->row.user, Role::Owner);
    return std::nullopt;
}

std::optional<Error> Decision::setRole()
{
    if (!isGroup() || !isMember() || m_self->row.role != Role::Owner)
        return Error(ErrorCode::Forbidden);
    if (!m_operation.user || !m_operation.role || *m_operation.user == m_actor
        || *m_operation.role < Role::Member || *m_operation.role > Role::Owner)
        return Error(ErrorCode::Malformed, QStringLiteral("no user, or no role"));
    const StoredMember *target = m_draft.member(*m_operation.user);
    if (!target || target->row.state != MemberState::Member)
        return Error(ErrorCode::Forbidden);
    if (target->row.role == *m_operation.role)
        return Error(ErrorCode::NoEffect);
    giveRole(m_operation.id, *m_operation.user, *m_operation.role);
    // A group has one owner: who gives the role away stays as an admin.
    if (*m_operation.role == Role::Owner)
        giveRole(derivedId(m_operation.id, "parley former owner"), m_actor, Role::Admin);
    return std::nullopt;
}

std::optional<Error> Decision::accept()
{
    if (!isInvited())
        return Error(ErrorCode::NoEffect);
    Entry &accepted = m_draft.append(Kind::Accept, m_operation.id, m_actor);
    accepted.user = m_actor;
    const Entry entry = accepted;
    StoredMember joined = *m_self;
    joined.row.state = MemberState::Member;
    joined.row.revision = entry.seq;
    m_draft.putMember(joined);
    putSystemRow(entry, m_actor, {}, {});
    return std::nullopt;
}

std::optional<Error> Decision::setBlocking(bool blocking)
{
    if (isGroup())
        return Error(ErrorCode::Forbidden);
    if (m_self->row.blocking == blocking)
        return Error(ErrorCode::NoEffect);
    Entry &entry = m_draft.append(blocking ? Kind::Block : Kind::Unblock, m_operation.id, m_actor);
    entry.user = m_actor;
    StoredMember changed = *m_self;
    changed.row.blocking = blocking;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    return std::nullopt;
}

std::optional<Error> Decision::receipts()
{
    const bool off = m_operation.text.has_value();
    if (m_self->row.receiptsOff == off)
        return Error(ErrorCode::NoEffect);
    Entry &entry = m_draft.append(Kind::Receipts, m_operation.id, m_actor);
    entry.user = m_actor;
    StoredMember changed = *m_self;
    changed.row.receiptsOff = off;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    return std::nullopt;
}

const Row *Decision::visibleMessage(const std::optional<MessageId> &id) const
{
    const Row *row = id ? m_draft.findRow(*id) : nullptr;
    return row && row->kind == Kind::Message && sees(*m_self, *row) ? row : nullptr;
}

const StoredMember *Decision::otherOfDirect() const
{
    for (const UserId &user : m_draft.row().users) {
        if (user != m_actor)
            return m_draft.member(user);
    }
    return nullptr;
}

const Loaded::Person *Decision::person(const UserId &user) const
{
    const auto found = std::find_if(m_people.begin(), m_people.end(),
        [&](const Loaded::Person &known) { return known.user == user; });
    return found == m_people.end() ? nullptr : &*found;
}

std::optional<Error> Decision::notWritable() const
{
    if (!isMember())
        return Error(ErrorCode::Forbidden);
    if (isGroup())
        return std::nullopt;
    const StoredMember *other = otherOfDirect();
    if (!other || other->row.blocking || m_self->row.blocking)
        return Error(ErrorCode::Forbidden);
    const bool isRequest = other->row.state == MemberState::Invited;
    const bool hasContent = m_operation.kind == Kind::Message || m_operation.kind == Kind::Edit;
    if (isRequest && hasContent && m_operation.contentType != ContentType::Text)
        return Error(ErrorCode::Forbidden);
    return std::nullopt;
}

void Decision::putSystemRow(const Entry &entry, const std::optional<UserId> &user,
    const std::optional<QString> &text, const std::optional<Role> &role)
{
    Row row;
    row.id = entry.id;
    row.kind = entry.kind;
    row.seq = entry.seq;
    row.revision = entry.seq;
    row.sender = entry.actor;
    row.time = entry.time;
    row.user = user;
    row.text = text;
    row.role = role;
    m_draft.putRow(std::move(row));
}

void Decision::touch(Row row, qint64 seq)
{
    row.revision = seq;
    m_draft.putRow(std::move(row));
}

void Decision::found(const UserId &user, MemberState state, Role role)
{
    StoredMember member;
    member.row.user = user;
    member.row.state = state;
    member.row.role = role;
    member.row.since = 1;
    member.row.revision = m_draft.head();
    m_draft.putMember(member);
    m_draft.derive(user, ChatState{0, 1});
}

void Decision::changeMembers(int by)
{
    ChatRow row = m_draft.row();
    row.members = static_cast<quint32>(int(row.members) + by);
    row.revision = m_draft.head();
    m_draft.putChatRow(row);
}

void Decision::giveRole(const MessageId &id, const UserId &user, Role role)
{
    Entry &given = m_draft.append(Kind::SetRole, id, m_actor);
    given.user = user;
    const Entry entry = given;
    StoredMember changed = *m_draft.member(user);
    changed.row.role = role;
    changed.row.revision = entry.seq;
    m_draft.putMember(changed);
    putSystemRow(entry, user, {}, role);
}

const StoredMember *Decision::successor() const
{
    const StoredMember *best = nullptr;
    for (const StoredMember *candidate : m_draft.served()) {
        if (candidate->row.state != MemberState::Member)
            continue;
        const bool higher = best && candidate->row.role > best->row.role;
        const bool older =
            best && candidate->row.role == best->row.role && candidate->row.since < best->row.since;
        if (!best || higher || older)
            best = candidate;
    }
    return best;
}

OperationResult resultOf(const KnownOperation &known)
{
    OperationResult result;
    result.id = known.id;
    result.duplicate = true;
    result.seq = known.seq;
    result.error = known.error;
    if (known.seq)
        result.time = known.time;
    return result;
}

} // namespace

QByteArray contentHash(const Operation &operation)
{
    return QCryptographicHash::hash(toCbor(operation), QCryptographicHash::Sha256)
        .first(contentHashBytes);
}

OperationResult decideOperation(DeskContext &context, ChatDraft &draft, const UserId &actor,
    const Operation &operation, const NamedPeople &people)
{
    const QByteArray content = contentHash(operation);
    const KnownOperation *known = draft.findKnown(operation.id);
    if (known && known->sender == actor && known->content == content)
        return resultOf(*known);

    OperationResult result;
    result.id = operation.id;
    if (known) {
        // Who may not write here is not told whether the id is taken.
        const StoredMember *self = draft.member(actor);
        const bool served = self && isServed(*self);
        result.error = served ? ErrorCode::IdReused : ErrorCode::Forbidden;
        return result;
    }
    const qint64 headBefore = draft.head();
    const auto error = Decision(context, draft, actor, operation, people).run();
    if (error) {
        result.error = error->code;
        result.retryAfterMs = error->retryAfterMs;
        const bool isFinal = error->errorClass() == ErrorClass::Reject;
        // A stranger's refusals are not kept: anyone could fill anyone's index with them.
        if (isFinal && draft.member(actor))
            draft.keep(KnownOperation{operation.id, actor, content, {}, draft.time(), error->code});
        return result;
    }
    result.seq = headBefore + 1;
    result.time = draft.time();
    draft.keep(KnownOperation{operation.id, actor, content, result.seq, draft.time(), {}});
    return result;
}

Operation receiptsOperation(const ChatId &chat, const UserId &user, bool off, qint64 occasion)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayLiteral("parley receipts"));
    hash.addData(chat.bytes());
    hash.addData(user.bytes());
    hash.addData(QByteArray::number(occasion) + (off ? "off" : "on"));
    Operation operation;
    operation.id = serversId(hash.result());
    operation.kind = Kind::Receipts;
    if (off)
        operation.text = QString();
    return operation;
}

} // namespace parley
