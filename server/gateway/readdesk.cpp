// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/readdesk.h"

#include "server/gateway/catchingup.h"
#include "server/gateway/chatreads.h"
#include "server/gateway/peoplereads.h"

namespace parley {
namespace {

using Answered = decltype(ReadAnswer::what);

/// A reply as the answer's body, an error as it is.
template <typename Reply>
Answered body(const Result<Reply> &reply)
{
    if (!reply)
        return reply.error();
    return BodyRead{toCbor(*reply)};
}

template <typename T>
Answered whole(Result<T> read)
{
    if (!read)
        return read.error();
    return *std::move(read);
}

/// One call for each kind of read. A command that no reader answers is a mistake of the session's.
class Reading {
public:
    Reading(StoreReader &reader, const PageSizes &pages, const Origin &origin, qint64 nowMs)
        : m_reader(reader)
        , m_pages(pages)
        , m_origin(origin)
        , m_nowMs(nowMs)
    {
    }

    Answered operator()(const ReadToken &job)
    {
        const auto owner = m_reader.tokenOwner(job.tokenHash);
        if (!owner)
            return owner.error();
        return TokenRead{*owner};
    }
    Answered operator()(const ReadUserByName &job)
    {
        const auto user = m_reader.userByName(job.foldedName);
        if (!user)
            return user.error();
        if (!*user)
            return UserRead{};
        auto state = m_reader.user(**user);
        if (!state)
            return state.error();
        return UserRead{*std::move(state)};
    }
    Answered operator()(const ReadInvite &job)
    {
        const auto invite = m_reader.invite(job.codeHash);
        if (!invite)
            return invite.error();
        InviteRead read{*invite, {}};
        if (*invite && (*invite)->usedBy) {
            auto state = m_reader.user(*(*invite)->usedBy);
            if (!state && state.error().code != ErrorCode::NotFound)
                return state.error();
            if (state)
                read.usedBy = *std::move(state);
        }
        return read;
    }
    Answered operator()(const ReadCatchUp &job)
    {
        return whole(catchUp(m_reader, m_origin.user, job));
    }
    Answered operator()(const ReadCommand &job) { return std::visit(*this, job.command); }

    Answered operator()(const Page &page)
    {
        auto read = readPage(m_reader, m_origin.user, page, m_pages);
        if (!read)
            return read.error();
        if (!*read)
            return PageForService{page};
        return BodyRead{toCbor(**read)};
    }
    Answered operator()(const History &command)
    {
        return body(readHistory(m_reader, m_origin.user, command));
    }
    Answered operator()(const Members &command)
    {
        return body(readMembers(m_reader, m_origin.user, command));
    }
    Answered operator()(const Marks &command)
    {
        return body(readMarks(m_reader, m_origin.user, command));
    }
    Answered operator()(const Users &command)
    {
        return body(readUsers(m_reader, m_origin.user, command, m_nowMs));
    }
    Answered operator()(const FindUser &command)
    {
        return body(findUser(m_reader, command, m_nowMs));
    }
    Answered operator()(const Watch &command)
    {
        auto users = readWatch(m_reader, m_origin.user, command, m_nowMs);
        if (!users)
            return users.error();
        return WatchRead{*std::move(users)};
    }
    Answered operator()(const Devices &)
    {
        return body(readDevices(m_reader, m_origin.user, m_origin.device));
    }
    Answered operator()(const Digest &command)
    {
        return body(compareDigest(m_reader, m_origin.user, command));
    }
    Answered operator()(const Alive &command)
    {
        const auto hash = digestHash(m_reader, m_origin.user);
        if (!hash)
            return hash.error();
        return BodyRead{toCbor(AliveReply{command.digest && *command.digest != *hash})};
    }
    template <typename Other>
    Answered operator()(const Other &)
    {
        return Error(ErrorCode::Unsupported);
    }

private:
    StoreReader &m_reader;
    const PageSizes &m_pages;
    const Origin &m_origin;
    qint64 m_nowMs;
};

} // namespace

ReadAnswer ReadDesk::answer(const ReadJob &job, qint64 nowMs)
{
    return ReadAnswer{
        job.origin, std::visit(Reading(*m_reader, m_pages, job.origin, nowMs), job.what)};
}

} // namespace parley
