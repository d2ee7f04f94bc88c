// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/sqliteworldstore.h"

#include "server/store/memory/memoryappender.h"
#include "server/store/sqlite/sqlitestore.h"
#include "tests/simulation/payload.h"
#include "tests/simulation/storecontent.h"
#include "tests/simulation/storefaults.h"

namespace parley::simulation {
namespace {

constexpr double wholeComparison = 0.15; ///< of the openings: the others compare what is counted

/// Whether this byte of a file is between the cells of a page: SQLite leaves copies of cells there
/// that it moved, whatever secure_delete says, until the page is made anew.
/// https://sqlite.org/fileformat.html#b_tree_pages
bool isBetweenCells(const QByteArray &file, qsizetype at)
{
    const auto number = [&](qsizetype place, int bytes) {
        qsizetype value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | static_cast<quint8>(file[place + i]);
        return value;
    };
    const qsizetype stated = number(16, 2);
    const qsizetype pageBytes = stated == 1 ? 65536 : stated;
    const qsizetype page = at / pageBytes * pageBytes;
    const qsizetype header = page + (page == 0 ? 100 : 0);
    const qsizetype type = number(header, 1);
    const bool isInner = type == 2 || type == 5;
    if (!isInner && type != 10 && type != 13)
        return false;
    const qsizetype cells = number(header + 3, 2);
    const qsizetype pointersEnd = header + (isInner ? 12 : 8) + cells * 2;
    return at >= pointersEnd && at < page + number(header + 5, 2);
}

} // namespace

/// Sees every append and its outcome, as the engine tells it.
class SqliteWorldStore::Witness : public Store, private StoreListener {
public:
    Witness(SqliteWorldStore &world, SqliteStore &real)
        : m_world(world)
        , m_real(real)
    {
        m_real.setListener(this);
    }

    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override { m_real.load(std::move(request)); }
    void append(quint64 batch, std::vector<Append> appends) override
    {
        m_world.m_uncertain.push_back(appends);
        m_real.append(batch, std::move(appends));
    }
    Epoch epoch() const override { return m_real.epoch(); }
    Result<std::vector<Derived>> pendingDerived() override { return m_real.pendingDerived(); }

private:
    void loaded(Loaded answer) override
    {
        if (m_listener)
            m_listener->loaded(std::move(answer));
    }
    void appended(quint64 batch, std::vector<Outcome> outcomes) override
    {
        std::vector<Append> appends = std::move(m_world.m_uncertain.back());
        m_world.m_uncertain.pop_back();
        std::vector<Append> failed;
        // What failed at its commit may still stand in the log, until something is written over it.
        bool wroteEntries = false;
        for (size_t i = 0; i < outcomes.size(); ++i) {
            const auto *chat = std::get_if<ChatAppend>(&appends[i]);
            if (outcomes[i] == Outcome::Applied) {
                wroteEntries = wroteEntries || (chat && !chat->entries.empty());
                m_world.applied(appends[i]);
            } else if (outcomes[i] == Outcome::Unavailable) {
                failed.push_back(std::move(appends[i]));
            }
        }
        if (wroteEntries)
            m_world.m_uncertain.clear();
        if (!failed.empty()) {
            ++m_world.m_counts[QStringLiteral("case: the disk refused an append")];
            m_world.m_uncertain.push_back(std::move(failed));
        }
        if (m_listener)
            m_listener->appended(batch, std::move(outcomes));
    }

    SqliteWorldStore &m_world;
    SqliteStore &m_real;
    StoreListener *m_listener = nullptr;
};

/// Before the base that refers to them.
struct SqliteWorldStore::Held {
    Held(SqliteWorldStore &world, std::unique_ptr<SqliteStore> store)
        : real(std::move(store))
        , witness(world, *real)
    {
    }
    std::unique_ptr<SqliteStore> real;
    Witness witness;
};

/// What a server is given: the engine, its witness, and outcomes that the world chooses.
class SqliteWorldStore::Owner : private Held, public FaultyStore {
public:
    Owner(SqliteWorldStore &world, std::unique_ptr<SqliteStore> store)
        : Held(world, std::move(store))
        , FaultyStore(witness)
        , m_world(world)
    {
    }
    ~Owner() override { m_world.m_open = nullptr; }

private:
    SqliteWorldStore &m_world;
};

SqliteWorldStore::SqliteWorldStore(
    SeededRandom &random, const Mix &mix, Counts &counts, const QString &folder)
    : m_random(random)
    , m_mix(mix)
    , m_counts(counts)
    , m_disk(folder, random.next())
{
    const auto made = SqliteStore::create(folder, random);
    if (!made)
        violate(QStringLiteral("the store cannot be made: ") + made.error().text);
    else
        m_reference.epoch = (*made)->epoch();
    m_disk.reflect();
}

SqliteWorldStore::~SqliteWorldStore() = default;

QString SqliteWorldStore::path(const char *name) const
{
    return m_disk.folder() + QLatin1String(name);
}

void SqliteWorldStore::violate(const QString &what)
{
    if (!m_violation)
        m_violation = what;
}

Result<std::unique_ptr<SqliteStore>> SqliteWorldStore::openFile()
{
    QString folder = m_disk.folder();
    folder.chop(1);
    auto store = SqliteStore::open(folder, m_random);
    if (store || m_disk.isDown())
        return store;
    if (store.error().code != ErrorCode::Damaged && m_disk.failures() > 0 && m_healAfter > 0)
        return store;
    // A disk that reads wrongly may look damaged; a sound one must not.
    m_disk.heal();
    m_healAfter = 0;
    m_disk.reflect();
    store = SqliteStore::open(folder, m_random);
    if (!store)
        violate(QStringLiteral("3: the store does not open: ") + store.error().text);
    return store;
}

WorldStore::Opened SqliteWorldStore::open()
{
    auto store = openFile();
    if (!store)
        return {};
    SqliteStore &real = **store;
    // Small values: what takes hours in production happens in a world.
    if (m_mix.checkpointPages > 0)
        (void)real.database().execute(
            QStringLiteral("PRAGMA wal_autocheckpoint=%1").arg(m_mix.checkpointPages));
    auto reader = real.readers()->open();
    if (!reader)
        return {};
    // What survived is looked at by a disk that works.
    m_disk.heal();
    m_healAfter = 0;
    compare(real, m_random.chance(wholeComparison));
    Opened opened;
    auto owner = std::make_unique<Owner>(*this, *std::move(store));
    owner->choose = [this] {
        return m_hasFaults ? chooseFault(m_random, m_mix, m_counts) : FaultyStore::Fault::None;
    };
    m_open = &real;
    opened.store = std::move(owner);
    opened.readers.push_back(*std::move(reader));
    return opened;
}

void SqliteWorldStore::comeUp()
{
    const bool isPowerLoss = m_random.chance(m_mix.powerLoss);
    ++m_counts[isPowerLoss ? QStringLiteral("fault: server loses power")
                           : QStringLiteral("fault: server killed")];
    m_disk.restart(isPowerLoss ? CrashingDisk::Crash::PowerLoss : CrashingDisk::Crash::Kill);
}

void SqliteWorldStore::compare(SqliteStore &store, bool isWhole)
{
    Database &database = store.database();
    auto check = database.statement(QStringLiteral("PRAGMA integrity_check"));
    const auto row = check.step();
    if (!row || !*row || check.text(0) != QLatin1String("ok"))
        return violate(QStringLiteral("the file is not sound after a crash"));
    while (true) {
        const auto more = check.step();
        if (!more || !*more)
            break;
    }
    const auto heads = readHeads(database);
    if (!heads)
        return violate(QStringLiteral("the file cannot be read after a crash"));
    if (m_isRestored)
        m_reference.epoch = store.epoch();
    if (store.epoch() != m_reference.epoch)
        return violate(QStringLiteral("the epoch changed without a restore"));
    // What was under way when it fell is there as a whole, or not at all.
    if (*heads != headsOf(m_reference)) {
        bool isExplained = false;
        QStringList underWay;
        for (const auto &batch : std::exchange(m_uncertain, {})) {
            MemoryState with = m_reference;
            MemoryAppender appender(with);
            for (const Append &append : batch)
                (void)appender.apply(append);
            underWay << headsOf(with).text();
            if (headsOf(with) != *heads)
                continue;
            for (const Append &append : batch)
                applied(append);
            isExplained = true;
            ++m_counts[QStringLiteral("case: a commit survived without its answer")];
            break;
        }
        if (!isExplained)
            return violate(
                QStringLiteral("3: what survived (%1) is neither what was confirmed (%2) nor that "
                               "with what was under way (%3)")
                    .arg(heads->text(), headsOf(m_reference).text(),
                        underWay.join(QStringLiteral("; "))));
    }
    m_uncertain.clear();
    if (!isWhole && !m_isRestored)
        return;
    m_isRestored = false;
    const auto content = readStore(database);
    if (!content)
        return violate(QStringLiteral("the file cannot be read: ") + content.error().text);
    if (const auto what = difference(m_reference, *content))
        violate(QStringLiteral("3: the file is not what was confirmed: ") + *what);
}

void SqliteWorldStore::applied(const Append &append)
{
    if (const auto *chat = std::get_if<ChatAppend>(&append)) {
        const auto known = m_reference.chats.find(chat->chat);
        for (const Row &row : chat->rows) {
            if (known == m_reference.chats.end())
                break;
            const auto before = known->second.rows.find(row.seq);
            if (before != known->second.rows.end() && !before->second.payload.isEmpty()
                && before->second.payload != row.payload)
                m_gone.insert(
                    before->second.payload.first(before->second.payload.indexOf('>') + 1));
        }
    }
    if (MemoryAppender(m_reference).apply(append) != Outcome::Applied)
        violate(QStringLiteral("2: the engine took what does not fit"));
}

void SqliteWorldStore::misfortune()
{
    if (!m_hasFaults)
        return;
    if (m_healAfter > 0 && --m_healAfter == 0)
        m_disk.heal();
    if (m_random.chance(m_mix.storageCrash))
        m_disk.crashAt(1 + m_random.pick(40));
    if (m_healAfter > 0)
        return;
    if (m_random.chance(m_mix.diskFull)) {
        ++m_counts[QStringLiteral("fault: server's disk full")];
        m_disk.failAt(
            1 + m_random.pick(10), CrashingDisk::Failure::Full, CrashingDisk::Lasting::ForEver);
        m_healAfter = 5 + m_random.pick(40);
    }
    if (m_random.chance(m_mix.diskError)) {
        ++m_counts[QStringLiteral("fault: server's disk fails")];
        if (m_random.pick(2) == 0)
            m_disk.failAt(
                1 + m_random.pick(60), CrashingDisk::Failure::Error, CrashingDisk::Lasting::Once);
        else
            m_disk.failOften(0.02, CrashingDisk::Failure::Error);
        m_healAfter = 5 + m_random.pick(30);
    }
    if (m_random.chance(m_mix.shortRead)) {
        ++m_counts[QStringLiteral("fault: server reads half")];
        m_disk.failAt(
            1 + m_random.pick(20), CrashingDisk::Failure::ShortRead, CrashingDisk::Lasting::Once);
        m_healAfter = 5 + m_random.pick(20);
    }
}

void SqliteWorldStore::endFaults()
{
    m_hasFaults = false;
    m_healAfter = 0;
    m_disk.heal();
    m_disk.crashAt(0);
}

void SqliteWorldStore::finish()
{
    if (!m_open || m_violation)
        return;
    compare(*m_open, true);
    m_open->dropDeleted();
    // Each payload of a world is a mark of its own: one pass finds those that should be gone.
    for (const bool isLog : {false, true}) {
        const char *name = isLog ? "parley.db-wal" : "parley.db";
        const QByteArray content = m_disk.content(path(name));
        for (qsizetype at = content.indexOf(payloadMark); at >= 0;
             at = content.indexOf(payloadMark, at + 1)) {
            const qsizetype end = content.indexOf('>', at);
            if (end < 0 || !m_gone.contains(content.mid(at, end + 1 - at)))
                continue;
            if (!isLog && isBetweenCells(content, at))
                ++m_counts[QStringLiteral("case: a copy between cells")];
            else
                violate(QStringLiteral("14: a deleted payload is still in %1")
                            .arg(QLatin1String(name)));
        }
    }
}

void SqliteWorldStore::backup()
{
    if (!m_open || m_disk.isDown())
        return;
    const QString unfinished = path("backup.new");
    const auto made = m_open->backup(unfinished);
    if (!made) {
        for (const char *end : {"", ".part", ".part-wal", ".part-journal"})
            m_disk.remove(unfinished + QLatin1String(end));
        return;
    }
    m_disk.rename(unfinished + QLatin1String(".part"), path("backup"));
    QFile::remove(unfinished);
    m_backup = m_reference;
}

bool SqliteWorldStore::restore()
{
    if (!m_backup)
        return false;
    const QByteArray content = m_disk.content(path("backup"));
    m_disk.restart(CrashingDisk::Crash::Kill);
    for (const char *end : {"", "-wal", "-journal"})
        m_disk.remove(path("parley.db") + QLatin1String(end));
    m_disk.put(path("parley.db"), content);
    m_reference = *m_backup;
    m_gone.clear();
    m_uncertain.clear();
    m_isRestored = true;
    return true;
}

} // namespace parley::simulation
