// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitestore.h"

#include "server/store/sqlite/storefile.h"
#include "shared/sqlite/transaction.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

Q_LOGGING_CATEGORY(lcStore, "parley.store")

/// Whether the file is the cause, not the append: then trying again now is of no use.
bool isOfTheFile(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unavailable:
    case ErrorCode::Busy:
    case ErrorCode::Damaged:
    case ErrorCode::Cancelled:
        return true;
    default:
        return false;
    }
}

/// Moves a result's value to where it belongs.
template <typename Value, typename Place>
Status put(Result<Value> result, Place &place)
{
    if (!result)
        return result.error();
    place = *std::move(result);
    return Done{};
}

} // namespace

SqliteStore::SqliteStore(
    std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> database, bool wasLeftOpen)
    : m_lock(std::move(lock))
    , m_database(std::move(database))
    , m_wasLeftOpen(wasLeftOpen)
    , m_chats(*m_database)
    , m_log(*m_database)
    , m_operations(*m_database)
    , m_derived(*m_database)
    , m_users(*m_database)
    , m_directory(*m_database)
    // A crash may have left payloads in the log that were deleted in the file.
    , m_hasDeleted(wasLeftOpen)
{
}

SqliteStore::~SqliteStore()
{
    dropDeleted();
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const QString &folder, Random &random)
{
    const QString file = storefile::path(folder);
    if (!QFile::exists(file) || storefile::isUnmade(file))
        return Error(ErrorCode::NotFound,
            u"There is no store in %1. Make one first, or name another folder."_s.arg(folder));
    auto lock = FolderLock::take(folder);
    if (!lock)
        return lock.error();
    if (auto whole = storefile::checkLength(storefile::path(folder)); !whole)
        return whole.error();
    return openLocked(folder, *std::move(lock), random);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::create(const QString &folder, Random &random)
{
    auto lock = FolderLock::take(folder);
    if (!lock)
        return lock.error();
    const QString file = storefile::path(folder);
    if (QFileInfo(file).size() > 0 && !storefile::isUnmade(file))
        return Error(ErrorCode::LimitReached,
            u"There is a store in %1 already. It is kept as it is."_s.arg(folder));
    return openLocked(folder, *std::move(lock), random);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::openLocked(
    const QString &folder, std::unique_ptr<FolderLock> lock, Random &random)
{
    const QString path = storefile::path(folder);
    const bool wasLeftOpen = QFileInfo(path + u"-wal"_s).size() > 0;
    auto database = storefile::openWriter(path, random);
    if (!database)
        return database.error();
    const auto identity = StoreTables(**database).identity();
    if (!identity)
        return identity.error();
    std::unique_ptr<SqliteStore> store(
        new SqliteStore(std::move(lock), *std::move(database), wasLeftOpen));
    store->m_epoch = (*identity)->epoch;
    return store;
}

void SqliteStore::load(LoadRequest request)
{
    auto answer = read(request);
    if (!answer) {
        qCWarning(lcStore).noquote() << "Loading failed:" << answer.error().text;
        answer = Loaded();
        answer->error = Error(ErrorCode::Unavailable);
    }
    answer->ticket = request.ticket;
    m_listener->loaded(*std::move(answer));
}

Result<Loaded> SqliteStore::read(const LoadRequest &request)
{
    Loaded answer;
    answer.epoch = m_epoch;
    const auto moment = Transaction::begin(*m_database, Transaction::Kind::Read);
    if (!moment)
        return moment.error();
    if (request.chat) {
        if (auto done = loadChat(request, answer); !done)
            return done.error();
        if (auto done = loadLog(request, answer); !done)
            return done.error();
    }
    if (request.user) {
        if (auto done = loadUser(request, answer); !done)
            return done.error();
    }
    if (auto done = loadPeople(request, answer); !done)
        return done.error();
    if (auto done = loadDirectory(request, answer); !done)
        return done.error();
    return answer;
}

Status SqliteStore::loadChat(const LoadRequest &request, Loaded &answer)
{
    const ChatId &chat = *request.chat;
    if (auto done = put(m_chats.head(chat), answer.head); !done)
        return done;
    if (request.wantState) {
        if (auto done = put(m_chats.aggregate(chat), answer.state); !done)
            return done;
    }
    if (auto done = put(m_operations.find(chat, request.operations), answer.operations); !done)
        return done;
    for (const auto &[user, after, upTo] : request.counts) {
        if (auto done =
                put(m_log.countOthers(chat, user, after, upTo), answer.counts.emplace_back());
            !done)
            return done;
    }
    return Done{};
}

Status SqliteStore::loadLog(const LoadRequest &request, Loaded &answer)
{
    const ChatId &chat = *request.chat;
    if (auto done = put(m_log.rows(chat, request.rows), answer.rows); !done)
        return done;
    if (request.entries) {
        const auto &[first, last] = *request.entries;
        if (auto done = put(m_log.entries(chat, first, last), answer.entries); !done)
            return done;
    }
    if (request.newestRows > 0) {
        if (auto done = put(m_log.newestRows(chat, request.newestRows), answer.newestRows); !done)
            return done;
    }
    if (request.mineOf)
        return put(m_log.ownEntries(chat, *request.mineOf), answer.mine);
    return Done{};
}

Status SqliteStore::loadUser(const LoadRequest &request, Loaded &answer)
{
    const UserId &user = *request.user;
    if (auto done = put(m_users.user(user), answer.user); !done || !answer.user)
        return done;
    const QStringList keys(request.stateKeys.begin(), request.stateKeys.end());
    if (auto done = put(m_users.stateRows(user, keys), answer.stateRows); !done)
        return done;
    if (request.countRemoved > 0)
        return put(m_users.countRemoved(user, request.countRemoved), answer.removedKeys);
    return Done{};
}

Status SqliteStore::loadPeople(const LoadRequest &request, Loaded &answer)
{
    for (const UserId &person : request.people) {
        const auto isActive = m_users.isActive(person);
        if (!isActive)
            return isActive.error();
        if (!*isActive)
            continue;
        const auto common = m_chats.haveCommonChat(request.asker, person);
        if (!common)
            return common.error();
        answer.people.push_back({person, *common});
    }
    return Done{};
}

Status SqliteStore::loadDirectory(const LoadRequest &request, Loaded &answer)
{
    if (request.userName) {
        if (auto done = put(m_directory.nameOwner(*request.userName), answer.nameOwner); !done)
            return done;
    }
    if (request.inviteHash)
        return put(m_directory.invite(*request.inviteHash), answer.invite);
    return Done{};
}

void SqliteStore::append(quint64 batch, std::vector<Append> appends)
{
    std::vector<Outcome> outcomes(appends.size(), Outcome::Unavailable);
    if (auto together = write(appends))
        outcomes = *std::move(together);
    else if (!isOfTheFile(together.error()))
        outcomes = writeEach(appends);
    else
        qCCritical(lcStore).noquote() << "Nothing was stored:" << together.error().text;
    m_listener->appended(batch, std::move(outcomes));
}

Result<std::vector<Outcome>> SqliteStore::write(std::span<const Append> appends)
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return transaction.error();
    std::vector<Outcome> outcomes;
    outcomes.reserve(appends.size());
    Appender appender(*m_database, m_epoch);
    for (const Append &append : appends) {
        const auto outcome = appender.apply(append);
        if (!outcome)
            return outcome.error();
        outcomes.push_back(*outcome);
    }
    if (auto done = appender.finish(); !done)
        return done.error();
    if (auto durable = transaction->commit(); !durable)
        return durable.error();
    m_hasDeleted = m_hasDeleted || appender.hasDeleted();
    return outcomes;
}

// One append that cannot be written must not take the others with it.
std::vector<Outcome> SqliteStore::writeEach(const std::vector<Append> &appends)
{
    std::vector<Outcome> outcomes;
    for (const Append &append : appends) {
        const auto outcome = write(std::span(&append, 1));
        if (!outcome)
            qCCritical(lcStore).noquote() << "An append was refused:" << outcome.error().text;
        outcomes.push_back(outcome ? outcome->front() : Outcome::Unavailable);
    }
    return outcomes;
}

Result<std::vector<Derived>> SqliteStore::pendingDerived()
{
    return m_derived.all();
}

std::unique_ptr<StoreReaders> SqliteStore::readers() const
{
    return std::make_unique<SqliteReaders>(m_database->path());
}

void SqliteStore::dropDeleted()
{
    if (!m_hasDeleted)
        return;
    if (auto done = m_database->checkpoint())
        m_hasDeleted = false; // otherwise a reader was in the way: next time
}

Status SqliteStore::backup(const QString &path)
{
    return storefile::writeBackup(m_database->path(), path);
}

} // namespace parley
