// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/crashingdisk.h"

#include "tests/simulation/crashingvfs.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <sqlite3.h>

namespace parley::simulation {
namespace {

constexpr qint64 sectorBytes = 512;
/// https://sqlite.org/fileformat.html: what the product looks at before it opens a file.
constexpr qsizetype headerBytes = 100;

void writeStandIn(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return;
    const QByteArray header = content.first(std::min(headerBytes, content.size()));
    file.write(header);
    file.resize(content.size());
}

} // namespace

CrashingDisk::CrashingDisk(const QString &folder, quint64 seed)
    : m_folder(folder + QLatin1Char('/'))
    , m_random(seed)
{
    CrashingVfs::add(this);
}

CrashingDisk::~CrashingDisk()
{
    CrashingVfs::remove(this);
}

void CrashingDisk::crashAt(qint64 nthChange)
{
    m_crashAt = nthChange > 0 ? m_changes + nthChange : 0;
}

void CrashingDisk::failAt(qint64 nth, Failure failure, Lasting lasting)
{
    Plan &plan = m_plans[size_t(failure)];
    plan.left = nth;
    plan.lasting = lasting;
}

void CrashingDisk::failOften(double probability, Failure failure)
{
    m_plans[size_t(failure)].probability = probability;
}

void CrashingDisk::heal()
{
    m_plans = {};
    m_liesLeft = 0;
}

std::optional<int> CrashingDisk::refuse(Call call)
{
    ++m_calls;
    if (m_isDown)
        return SQLITE_IOERR;
    const auto happens = [&](Failure failure) {
        Plan &plan = m_plans[size_t(failure)];
        if (plan.left > 0) {
            const bool isNow = plan.left == 1;
            if (!isNow)
                --plan.left;
            else if (plan.lasting == Lasting::Once)
                plan.left = 0;
            if (isNow)
                return true;
        }
        return m_random.chance(plan.probability);
    };
    std::optional<int> answer;
    if (happens(Failure::Error))
        answer = SQLITE_IOERR;
    else if (call == Call::Growing && happens(Failure::Full))
        answer = SQLITE_FULL;
    else if (call == Call::Read && happens(Failure::ShortRead))
        answer = SQLITE_IOERR_SHORT_READ;
    m_failures += answer ? 1 : 0;
    return answer;
}

bool CrashingDisk::isTheCrash()
{
    ++m_changes;
    if (m_crashAt == 0 || m_changes < m_crashAt)
        return false;
    m_crashAt = 0;
    m_isDown = true;
    return true;
}

int CrashingDisk::open(const QString &path, bool mayCreate, FilePointer &file)
{
    if (const auto refused = refuse(Call::Other))
        return *refused == SQLITE_IOERR ? SQLITE_CANTOPEN : *refused;
    const auto found = m_files.find(path);
    if (found != m_files.end()) {
        file = found->second;
        return SQLITE_OK;
    }
    if (!mayCreate)
        return SQLITE_CANTOPEN;
    const bool crashes = isTheCrash();
    if (!crashes || m_random.chance(0.5)) {
        file = m_files[path] = std::make_shared<File>();
        file->isLog =
            path.endsWith(QLatin1String("-wal")) || path.endsWith(QLatin1String("-journal"));
    }
    return crashes ? SQLITE_CANTOPEN : SQLITE_OK;
}

int CrashingDisk::erase(const QString &path, bool isDurable)
{
    if (const auto refused = refuse(Call::Other))
        return SQLITE_IOERR_DELETE;
    const auto found = m_files.find(path);
    if (found == m_files.end())
        return SQLITE_IOERR_DELETE_NOENT;
    const bool crashes = isTheCrash();
    if (!crashes || m_random.chance(0.5)) {
        if (found->second->isCreationDurable && !isDurable)
            m_ghosts[path] = found->second->durable;
        m_files.erase(found);
        if (isDurable && !crashes)
            syncFolder();
    }
    return crashes ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

int CrashingDisk::read(const File &file, char *to, int amount, qint64 offset)
{
    ++m_reads;
    const auto refused = refuse(Call::Read);
    if (refused && *refused != SQLITE_IOERR_SHORT_READ)
        return SQLITE_IOERR_READ;
    qint64 got = std::clamp<qint64>(file.now.size() - offset, 0, amount);
    if (refused)
        got = std::min<qint64>(got, amount / 2);
    std::copy_n(file.now.constData() + offset, got, to);
    std::fill(to + got, to + amount, '\0');
    if (got == amount)
        return SQLITE_OK;
    // Of a database's end SQLite makes zeros without a word, so a rest that the disk refused is an
    // error, as the file system of Unix has it.
    return refused && !file.isLog ? SQLITE_IOERR_READ : SQLITE_IOERR_SHORT_READ;
}

void CrashingDisk::apply(QByteArray &content, const Change &change)
{
    if (change.isTruncation) {
        content.resize(change.offset);
        return;
    }
    const qint64 end = change.offset + change.bytes.size();
    if (const qsizetype before = content.size(); before < end) {
        if (content.capacity() < end)
            content.reserve(std::max<qsizetype>(end, before * 2));
        content.resize(end);
        if (change.offset > before)
            std::fill(content.data() + before, content.data() + change.offset, '\0');
    }
    std::copy(change.bytes.begin(), change.bytes.end(), content.data() + change.offset);
}

// Each sector of a write reaches the disk by itself.
std::vector<CrashingDisk::Change> CrashingDisk::applyPartly(
    QByteArray &content, const Change &change)
{
    std::vector<Change> arrived;
    qint64 at = 0;
    while (at < change.bytes.size()) {
        const qint64 toBorder = sectorBytes - (change.offset + at) % sectorBytes;
        const qint64 length = std::min<qint64>(toBorder, change.bytes.size() - at);
        if (m_random.chance(0.5)) {
            arrived.push_back({change.offset + at, change.bytes.sliced(at, length), false});
            apply(content, arrived.back());
        }
        at += length;
    }
    ++m_torn;
    return arrived;
}

int CrashingDisk::write(File &file, const char *from, int amount, qint64 offset)
{
    ++m_writes;
    const bool grows = offset + amount > file.now.size();
    if (const auto refused = refuse(grows ? Call::Growing : Call::Other))
        return *refused == SQLITE_IOERR ? SQLITE_IOERR_WRITE : *refused;
    Change change{offset, QByteArray(from, amount), false};
    if (isTheCrash()) {
        // What did not arrive will not arrive later either.
        for (Change &part : applyPartly(file.now, change))
            file.unsynced.push_back(std::move(part));
        return SQLITE_IOERR_WRITE;
    }
    apply(file.now, change);
    file.unsynced.push_back(std::move(change));
    return SQLITE_OK;
}

int CrashingDisk::truncate(File &file, qint64 size)
{
    if (const auto refused = refuse(Call::Other))
        return SQLITE_IOERR_TRUNCATE;
    const bool crashes = isTheCrash();
    if (!crashes || m_random.chance(0.5)) {
        const Change change{size, {}, true};
        apply(file.now, change);
        file.unsynced.push_back(change);
    }
    return crashes ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

int CrashingDisk::sync(File &file)
{
    ++m_syncs;
    if (const auto refused = refuse(Call::Other))
        return SQLITE_IOERR_FSYNC;
    // At the crash: what was on its way may have arrived, as without a sync.
    if (isTheCrash())
        return SQLITE_IOERR_FSYNC;
    if (m_liesLeft > 0) {
        --m_liesLeft;
        return SQLITE_OK;
    }
    for (const Change &change : file.unsynced)
        apply(file.durable, change);
    file.unsynced.clear();
    // As on Unix: a new journal or log is synced with its folder, any other file is not.
    if (file.isLog && !file.isCreationDurable)
        syncFolder();
    return SQLITE_OK;
}

void CrashingDisk::syncFolder()
{
    for (const auto &[path, file] : m_files)
        file->isCreationDurable = true;
    m_ghosts.clear();
}

QByteArray CrashingDisk::survivorOf(const File &file)
{
    QByteArray content = file.durable;
    const int fate = m_random.pick(4); // none, all, or each by itself
    for (const Change &change : file.unsynced) {
        const int what = fate < 2 ? fate * 2 : m_random.pick(4);
        if (what >= 2)
            apply(content, change);
        else if (what == 1 && !change.isTruncation)
            (void)applyPartly(content, change);
        else
            ++m_lost;
    }
    return content;
}

void CrashingDisk::restart(Crash how)
{
    std::map<QString, FilePointer> survived;
    for (const auto &[path, file] : m_files) {
        auto again = std::make_shared<File>();
        if (how == Crash::Kill) {
            again->now = file->now;
            again->durable = file->durable;
            again->unsynced = file->unsynced;
            again->isCreationDurable = file->isCreationDurable;
            again->isLog = file->isLog;
        } else {
            const bool isThere = file->isCreationDurable || m_random.chance(0.5);
            if (!isThere) {
                ++m_lost;
                continue;
            }
            again->now = again->durable = survivorOf(*file);
            again->isLog = file->isLog;
            again->isCreationDurable = true;
        }
        survived.emplace(path, std::move(again));
    }
    if (how == Crash::PowerLoss) {
        for (const auto &[path, content] : std::exchange(m_ghosts, {})) {
            if (survived.contains(path) || m_random.chance(0.5))
                continue;
            auto again = std::make_shared<File>();
            again->now = again->durable = content;
            again->isCreationDurable = true;
            survived.emplace(path, std::move(again));
        }
    }
    m_files = std::move(survived);
    ++m_generation;
    m_isDown = false;
    m_crashAt = 0;
    reflect();
}

bool CrashingDisk::exists(const QString &path) const
{
    return m_files.contains(path);
}

QByteArray CrashingDisk::content(const QString &path) const
{
    const auto found = m_files.find(path);
    return found == m_files.end() ? QByteArray() : found->second->now;
}

void CrashingDisk::put(const QString &path, const QByteArray &content)
{
    auto file = std::make_shared<File>();
    file->now = file->durable = content;
    file->isCreationDurable = true;
    m_files[path] = std::move(file);
    m_ghosts.erase(path);
    writeStandIn(path, content);
}

void CrashingDisk::remove(const QString &path)
{
    m_files.erase(path);
    m_ghosts.erase(path);
    QFile::remove(path);
}

void CrashingDisk::rename(const QString &from, const QString &to)
{
    auto moved = m_files.extract(from);
    if (moved.empty())
        return;
    moved.key() = to;
    m_files.erase(to);
    m_files.insert(std::move(moved));
    QFile::remove(from);
    reflect();
}

QStringList CrashingDisk::files() const
{
    QStringList paths;
    for (const auto &[path, file] : m_files)
        paths << path;
    return paths;
}

bool CrashingDisk::holds(const QByteArray &bytes) const
{
    return std::any_of(m_files.begin(), m_files.end(),
        [&](const auto &item) { return item.second->now.contains(bytes); });
}

void CrashingDisk::reflect() const
{
    for (const QFileInfo &known : QDir(m_folder).entryInfoList(QDir::Files)) {
        const QString path = m_folder + known.fileName();
        const auto file = m_files.find(path);
        // The lock of the folder, and what else is no file of SQLite's, is not ours.
        if (file == m_files.end() && known.fileName() != QLatin1String("lock"))
            QFile::remove(path);
    }
    for (const auto &[path, file] : m_files)
        writeStandIn(path, file->now);
}

} // namespace parley::simulation
