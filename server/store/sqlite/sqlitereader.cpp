// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitereader.h"

#include "server/store/sqlite/storefile.h"
#include "shared/sqlite/transaction.h"

#include <QtCore/QLoggingCategory>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

Q_LOGGING_CATEGORY(lcStoreReader, "parley.store.reader")

Error unavailable(const Error &error)
{
    qCWarning(lcStoreReader).noquote() << "Reading failed:" << error.text;
    return {ErrorCode::Unavailable, error.text};
}

// Values that may be missing, as the interface wants them.
template <typename Value>
Result<Value> found(Result<std::optional<Value>> result)
{
    if (!result)
        return result.error();
    if (!*result)
        return ErrorCode::NotFound;
    return **std::move(result);
}

} // namespace

SqliteReader::SqliteReader(std::unique_ptr<Database> database, const Epoch &epoch)
    : m_database(std::move(database))
    , m_epoch(epoch)
    , m_chats(*m_database)
    , m_log(*m_database)
    , m_users(*m_database)
    , m_directory(*m_database)
    , m_store(*m_database)
{
}

Result<std::unique_ptr<SqliteReader>> SqliteReader::open(const QString &path)
{
    auto database = storefile::openReader(path);
    if (!database)
        return database.error();
    const auto identity = StoreTables(**database).identity();
    if (!identity)
        return identity.error();
    if (!*identity)
        return Error(ErrorCode::NotFound, u"%1 is no complete store"_s.arg(path));
    return std::unique_ptr<SqliteReader>(
        new SqliteReader(*std::move(database), (*identity)->epoch));
}

template <typename Read>
auto SqliteReader::atOneMoment(const Read &read) -> decltype(read())
{
    const auto moment = Transaction::begin(*m_database, Transaction::Kind::Read);
    if (!moment)
        return unavailable(moment.error());
    auto result = read();
    if (!result && result.error().code != ErrorCode::NotFound)
        return unavailable(result.error());
    return result;
}

Result<std::vector<UserHead>> SqliteReader::heads(const UserId &user)
{
    return atOneMoment([&] { return m_chats.heads(user); });
}

Result<UserAggregate> SqliteReader::user(const UserId &user)
{
    return atOneMoment([&] { return found(m_users.user(user)); });
}

Result<std::vector<StateRow>> SqliteReader::stateAfter(
    const UserId &user, qint64 revision, qsizetype most)
{
    return atOneMoment([&] { return m_users.stateAfter(user, revision, most); });
}

Result<ChatAggregate> SqliteReader::chat(const ChatId &chat)
{
    return atOneMoment([&] { return found(m_chats.aggregate(chat)); });
}

Result<std::optional<StoredMember>> SqliteReader::member(const ChatId &chat, const UserId &user)
{
    return atOneMoment([&] { return m_chats.member(chat, user); });
}

Result<qint64> SqliteReader::head(const ChatId &chat)
{
    return atOneMoment([&] { return found(m_chats.head(chat)); });
}

Result<std::vector<Entry>> SqliteReader::entries(const ChatId &chat, qint64 first, qint64 last)
{
    return atOneMoment([&] { return m_log.entries(chat, first, last); });
}

Result<std::vector<Row>> SqliteReader::rows(const ChatId &chat, qint64 low, qint64 high)
{
    return atOneMoment([&] { return m_log.rows(chat, low, high); });
}

Result<std::optional<Row>> SqliteReader::lastRow(const ChatId &chat, qint64 since)
{
    return atOneMoment([&] { return m_log.lastRow(chat, since); });
}

Result<std::vector<StoredMember>> SqliteReader::members(
    const ChatId &chat, const std::optional<UserId> &after, qsizetype most)
{
    return atOneMoment([&] { return m_chats.members(chat, after, most); });
}

Result<std::vector<UserRow>> SqliteReader::profiles(const std::vector<UserId> &users)
{
    return atOneMoment([&]() -> Result<std::vector<UserRow>> {
        std::vector<UserRow> rows;
        for (const UserId &user : users) {
            auto row = m_users.profile(user);
            if (!row)
                return row.error();
            if (*row)
                rows.push_back(**std::move(row));
        }
        return rows;
    });
}

Result<std::vector<UserId>> SqliteReader::known(
    const UserId &viewer, const std::vector<UserId> &users)
{
    return atOneMoment([&]() -> Result<std::vector<UserId>> {
        std::vector<UserId> known;
        for (const UserId &user : users) {
            const auto common =
                user == viewer ? Result<bool>(true) : m_chats.haveCommonChat(viewer, user);
            if (!common)
                return common.error();
            if (*common)
                known.push_back(user);
        }
        return known;
    });
}

Result<std::vector<UserId>> SqliteReader::servedWith(
    const UserId &viewer, const std::vector<UserId> &users)
{
    return atOneMoment([&]() -> Result<std::vector<UserId>> {
        std::vector<UserId> served;
        for (const UserId &user : users) {
            const auto together =
                user == viewer ? Result<bool>(true) : m_chats.areServedTogether(viewer, user);
            if (!together)
                return together.error();
            if (*together)
                served.push_back(user);
        }
        return served;
    });
}

Result<std::optional<UserId>> SqliteReader::userByName(const QString &foldedName)
{
    return atOneMoment([&] { return m_directory.nameOwner(foldedName); });
}

Result<std::optional<TokenOwner>> SqliteReader::tokenOwner(const QByteArray &tokenHash)
{
    return atOneMoment([&] { return m_users.tokenOwner(tokenHash); });
}

Result<std::optional<InviteState>> SqliteReader::invite(const QByteArray &codeHash)
{
    return atOneMoment([&] { return m_directory.invite(codeHash); });
}

Result<std::vector<UserListing>> SqliteReader::listUsers()
{
    return atOneMoment([&] { return m_users.list(); });
}

Result<std::vector<InviteState>> SqliteReader::listInvites()
{
    return atOneMoment([&] { return m_directory.invites(); });
}

Result<StoreCounts> SqliteReader::counts()
{
    return atOneMoment([&] { return m_store.counts(); });
}

Result<std::unique_ptr<StoreReader>> SqliteReaders::open()
{
    auto reader = SqliteReader::open(m_path);
    if (!reader)
        return reader.error();
    return std::unique_ptr<StoreReader>(*std::move(reader));
}

} // namespace parley
