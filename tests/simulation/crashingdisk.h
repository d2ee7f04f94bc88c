// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/simulation/seededrandom.h"

#include <QtCore/QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace parley::simulation {

/// One machine's disk, in memory: it knows of every file what is durable and what was only written,
/// and loses of the latter what it pleases. All its choices come from its seed.
///
/// SQLite reaches it through CrashingVfs, by the paths below `folder`, as soon as it exists; the
/// product opens its files as always. What the product asks the real file system about them (does
/// it exist, how long is it, what is in its header) is answered by stand-ins that restart() and
/// reflect() keep true. Whoever makes it owns it, on one thread; connections to its files should be
/// closed before it goes.
class CrashingDisk {
public:
    /// `folder` is a real and existing one; what it holds already is not on this disk.
    CrashingDisk(const QString &folder, quint64 seed);
    ~CrashingDisk();
    CrashingDisk(const CrashingDisk &) = delete;
    CrashingDisk &operator=(const CrashingDisk &) = delete;

    const QString &folder() const { return m_folder; }
    /// What it chooses from now on.
    void reseed(quint64 seed) { m_random = SeededRandom(seed); }

    // Crashes
    /// The n-th change from now (1 is the next: a write, truncation, sync, creation or deletion)
    /// is done in part at most, and from then on every call fails until restart().
    void crashAt(qint64 nthChange);
    bool isArmed() const { return m_crashAt > 0; }
    bool isDown() const { return m_isDown; }
    /// From now on every call fails.
    void goDown() { m_isDown = true; }
    enum class Crash {
        Kill, ///< of the process: the operating system keeps what was written
        PowerLoss, ///< what was not synced is lost, kept, reordered or torn
    };
    /// The machine comes up again with what survived; handles that are still open have no effect.
    void restart(Crash how);

    // Failures that do not end the process
    enum class Failure {
        Error, ///< any call: SQLITE_IOERR
        Full, ///< what would make a file longer: SQLITE_FULL
        ShortRead, ///< a read stops half way
    };
    enum class Lasting { Once, ForEver };
    /// The n-th call from now that this can happen to fails; with ForEver all that follow too.
    void failAt(qint64 nth, Failure failure, Lasting lasting);
    /// Each call that this can happen to fails with this probability.
    void failOften(double probability, Failure failure);
    /// The next syncs, n of them, report success and sync nothing: a drive that lies.
    void lieAboutSyncs(qint64 count) { m_liesLeft = count; }
    void heal();

    qint64 changes() const { return m_changes; }
    qint64 calls() const { return m_calls; }
    qint64 writes() const { return m_writes; }
    qint64 reads() const { return m_reads; }
    qint64 syncs() const { return m_syncs; }
    qint64 failures() const { return m_failures; } ///< calls that failed on purpose
    /// Writes and sectors that a power loss lost or tore.
    qint64 lost() const { return m_lost; }
    qint64 torn() const { return m_torn; }

    // Files, as the operating system shows them
    bool exists(const QString &path) const;
    QByteArray content(const QString &path) const;
    /// A durable file of this content.
    void put(const QString &path, const QByteArray &content);
    void remove(const QString &path);
    void rename(const QString &from, const QString &to);
    QStringList files() const;
    /// Whether any file holds these bytes.
    bool holds(const QByteArray &bytes) const;
    /// Makes the stand-ins in the real folder true.
    void reflect() const;

private:
    friend class CrashingVfs;
    struct Change {
        qint64 offset = 0; ///< a truncation's length
        QByteArray bytes; ///< of a write
        bool isTruncation = false;
    };
    struct Handle;
    struct SharedMemory {
        std::vector<std::unique_ptr<char[]>> regions;
        int users = 0;
        struct Lock {
            int shared = 0;
            const Handle *exclusive = nullptr;
        };
        std::array<Lock, 8> locks;
    };
    struct File {
        QByteArray now;
        QByteArray durable;
        std::vector<Change> unsynced;
        bool isLog = false;
        bool isCreationDurable = false;
        int sharers = 0;
        const Handle *reserved = nullptr;
        const Handle *pending = nullptr;
        const Handle *exclusive = nullptr;
        std::shared_ptr<SharedMemory> memory;
    };
    using FilePointer = std::shared_ptr<File>;

    enum class Call { Read, Growing, Other };
    /// What the call must answer instead of doing its work: an SQLite result code, or nothing.
    std::optional<int> refuse(Call call);
    /// Counts a change; true when this one is the crash.
    bool isTheCrash();

    int open(const QString &path, bool mayCreate, FilePointer &file);
    int erase(const QString &path, bool isDurable);
    int read(const File &file, char *to, int amount, qint64 offset);
    int write(File &file, const char *from, int amount, qint64 offset);
    int truncate(File &file, qint64 size);
    int sync(File &file);
    /// What was created and deleted so far is durable.
    void syncFolder();

    static void apply(QByteArray &content, const Change &change);
    QByteArray survivorOf(const File &file);
    std::vector<Change> applyPartly(QByteArray &content, const Change &change);

    QString m_folder;
    SeededRandom m_random;
    std::map<QString, FilePointer> m_files;
    std::map<QString, QByteArray> m_ghosts; ///< deleted, which is not durable yet
    int m_generation = 0;
    bool m_isDown = false;
    qint64 m_crashAt = 0; ///< of m_changes; 0 for never
    qint64 m_changes = 0;
    qint64 m_calls = 0;
    qint64 m_writes = 0;
    qint64 m_reads = 0;
    qint64 m_syncs = 0;
    qint64 m_failures = 0;
    qint64 m_lost = 0;
    qint64 m_torn = 0;
    qint64 m_liesLeft = 0;
    struct Plan {
        qint64 left = 0; ///< calls until it happens; 0 for never
        Lasting lasting = Lasting::Once;
        double probability = 0;
    };
    std::array<Plan, 3> m_plans;
};

} // namespace parley::simulation
