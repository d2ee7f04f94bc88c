// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/laws.h"

#include "server/messages/operationrules.h"

namespace parley::simulation {
namespace {

/// Entries after a join in which an answer to the stranger of before may still be on its way.
constexpr qint64 strangersLast = 20;

/// Reads one log from its beginning, and who is what in it.
class Reading {
public:
    explicit Reading(const MemoryChat &chat)
        : m_chat(chat)
        , m_isGroup(chat.state->row.kind == ChatKind::Group)
    {
    }

    std::optional<QString> wrong()
    {
        for (const Entry &entry : m_chat.entries) {
            if (const char *law = broken(entry))
                return QString::fromLatin1(law);
            if (entry.time < m_time)
                return QStringLiteral("the time of the log falls");
            m_time = entry.time;
            follow(entry);
        }
        if (const char *law = brokenAtTheEnd())
            return QString::fromLatin1(law);
        return std::nullopt;
    }

private:
    Role role(const UserId &user) const
    {
        const auto found = m_roles.find(user);
        return found == m_roles.end() ? Role::Member : found->second;
    }
    const Row *target(const Entry &entry) const
    {
        return entry.target ? m_chat.row(*entry.target) : nullptr;
    }
    std::optional<Role> givenRole(const Entry &entry) const
    {
        const auto row = m_chat.rows.find(entry.seq);
        return row == m_chat.rows.end() ? std::nullopt : row->second.role;
    }

    /// Who accepts an invitation to a group that nobody owns becomes its owner.
    bool takesOver(const Entry &entry) const
    {
        return entry.user == entry.actor && givenRole(entry) == Role::Owner
            && std::none_of(m_roles.begin(), m_roles.end(),
                [](const auto &item) { return item.second == Role::Owner; });
    }

    /// What the entry may not be, as things stand before it.
    const char *broken(const Entry &entry) const
    {
        const bool governs = m_isGroup && role(entry.actor) >= Role::Admin;
        const Row *touched = target(entry);
        const bool touchesGone = touched && m_deleted.contains(touched->id);
        switch (entry.kind) {
        case Kind::Message:
        case Kind::React:
            if (!m_blocking.empty())
                return "somebody wrote to who blocks";
            return touchesGone ? "a deleted message was changed" : nullptr;
        case Kind::Edit:
            if (touchesGone)
                return "a deleted message was changed";
            if (!m_blocking.empty())
                return "somebody wrote to who blocks";
            return touched && touched->sender == entry.actor ? nullptr
                                                             : "somebody edited another's message";
        case Kind::Delete:
            return touched && (touched->sender == entry.actor || governs)
                ? nullptr
                : "somebody deleted another's message";
        case Kind::Title:
        case Kind::Add:
            return governs ? nullptr : "a member governs";
        case Kind::Remove:
            return governs && role(*entry.user) < role(entry.actor) ? nullptr : "a member governs";
        case Kind::SetRole:
            return role(entry.actor) == Role::Owner || entry.actor == m_leftOwner
                    || takesOver(entry)
                ? nullptr
                : "a member governs";
        default:
            return nullptr;
        }
    }

    void follow(const Entry &entry)
    {
        switch (entry.kind) {
        case Kind::Create:
            m_roles[entry.actor] = Role::Owner;
            break;
        case Kind::Delete:
            m_deleted.insert(*entry.target);
            break;
        case Kind::SetRole:
            m_roles[*entry.user] = givenRole(entry).value_or(Role::Member);
            break;
        case Kind::Leave:
            if (role(entry.actor) == Role::Owner)
                m_leftOwner = entry.actor;
            m_roles.erase(entry.actor);
            break;
        case Kind::Remove:
        case Kind::Add:
            m_roles.erase(*entry.user);
            break;
        case Kind::Block:
            m_blocking.insert(entry.actor);
            break;
        case Kind::Unblock:
            m_blocking.erase(entry.actor);
            break;
        default:
            break;
        }
    }

    const char *brokenAtTheEnd() const
    {
        int members = 0;
        int owners = 0;
        for (const auto &[user, member] : m_chat.state->members) {
            const bool belongs = member.row.state == MemberState::Member;
            members += belongs ? 1 : 0;
            owners += belongs && member.row.role == Role::Owner ? 1 : 0;
        }
        if (m_isGroup && members > 0 && owners != 1)
            return "a group has not one owner";
        for (const auto &[seq, row] : m_chat.rows) {
            for (const Reaction &reaction : row.reactions) {
                const std::set<UserId> users(reaction.users.begin(), reaction.users.end());
                if (users.size() != reaction.users.size() || users.empty())
                    return "a reaction is counted twice, or of nobody";
            }
        }
        return nullptr;
    }

    const MemoryChat &m_chat;
    bool m_isGroup;
    qint64 m_time = 0;
    std::map<UserId, Role> m_roles; ///< of those who are more than members
    std::optional<UserId> m_leftOwner;
    std::set<UserId> m_blocking;
    std::set<MessageId> m_deleted;
};

/// The operation is what the log has at this place.
bool isAtPlace(const MemoryChat &chat, qint64 seq, const UserId &user, const Operation &operation)
{
    if (seq < 1 || seq > qint64(chat.entries.size()))
        return false;
    const Entry &entry = chat.entries[size_t(seq - 1)];
    if (entry.id != operation.id || entry.actor != user || entry.target != operation.target)
        return false;
    const Row *row = operation.kind == Kind::Message ? chat.row(entry.id) : nullptr;
    return !row || row->deleted || row->editedAt || row->payload == operation.payload;
}

} // namespace

std::optional<QString> brokenLaw(const MemoryChat &chat)
{
    return chat.state ? Reading(chat).wrong() : std::nullopt;
}

std::optional<QString> brokenLaw(const std::map<ChatId, MemoryChat> &chats)
{
    std::set<std::vector<UserId>> pairs;
    for (const auto &[id, chat] : chats) {
        if (!chat.state || chat.state->row.kind != ChatKind::Direct)
            continue;
        std::vector<UserId> pair = chat.state->row.users;
        std::sort(pair.begin(), pair.end());
        if (!pairs.insert(pair).second)
            return QStringLiteral("two people have two direct chats");
    }
    return std::nullopt;
}

std::optional<QString> Outcomes::wrong(
    const MemoryState &state, const UserId &user, const Send &asked, const SendReply &reply)
{
    const auto chat = state.chats.find(asked.chat);
    for (const OperationResult &result : reply.results) {
        const auto operation = std::find_if(asked.operations.begin(), asked.operations.end(),
            [&](const Operation &each) { return each.id == result.id; });
        if (operation == asked.operations.end())
            return QStringLiteral("8: an operation was answered that was not asked");
        const std::tuple name{asked.chat, result.id, user};
        if (result.seq && !result.error) {
            if (chat == state.chats.end()
                || !isAtPlace(chat->second, *result.seq, user, *operation))
                return QStringLiteral("8: an ok names what is not in the log, or something else");
            if (m_refused.contains(name))
                return QStringLiteral("1: the first outcome of an operation did not stay");
            continue;
        }
        const bool isFinal = result.error && errorClass(*result.error) == ErrorClass::Reject
            && *result.error != ErrorCode::IdReused;
        if (!isFinal || chat == state.chats.end() || !chat->second.state)
            continue;
        const auto known = chat->second.operations.find(result.id);
        const bool isInLog = known != chat->second.operations.end() && known->second.seq
            && known->second.sender == user && known->second.content == contentHash(*operation);
        if (isInLog)
            return QStringLiteral("1: what is in the log was refused");
        // The refusals of strangers are not kept.
        const auto member = chat->second.state->members.find(user);
        const bool belongsLong = member != chat->second.state->members.end()
            && member->second.row.since + strangersLast < chat->second.state->head;
        if (belongsLong)
            m_refused.insert(name);
    }
    return std::nullopt;
}

} // namespace parley::simulation
