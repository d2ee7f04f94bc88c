// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// A cache file that was damaged on its disk: it opens, or is refused with a word; nothing else.
#include "tests/fuzz/liveclient.h"
#include "tests/fuzz/targets.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

namespace parley {
namespace {

constexpr int changesMost = 40;

QByteArray readFile(const QString &path)
{
    QFile file(path);
    PARLEY_ASSERT(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    PARLEY_ASSERT(file.open(QIODevice::WriteOnly));
    PARLEY_ASSERT(file.write(bytes) == bytes.size());
}

/// A sound file with a little of everything in it.
QByteArray soundFile(const QString &folder)
{
    {
        auto cache = SqliteCache::open(folder);
        PARLEY_ASSERT(cache);
        LiveClient client(**cache);
        client.connect();
        const auto group =
            client.core().createGroup(QStringLiteral("Group"), {client.known().users[1]});
        PARLEY_ASSERT(group);
        client.compose(*group, "words");
        PARLEY_ASSERT((*cache)->database().checkpoint());
    }
    return readFile(SqliteCache::fileIn(folder));
}

void openDamaged(const QString &folder)
{
    auto cache = SqliteCache::open(folder);
    if (!cache) {
        PARLEY_ASSERT(!cache.error().text.isEmpty());
        return;
    }
    SeededRandom random{1};
    ClientCore core(**cache, random, LiveClient::me());
    core.tick({1'700'000'000'000, 1'000});
    if (!core.load())
        return;
    for (const ChatSummary &summary : core.screen().summaries(0)) {
        WindowRequest request;
        request.chat = summary.id;
        (void)core.screen().timelines().window(*core.chat(summary.id), request);
    }
    core.connected({QByteArray(limits::tokenBytes, 't'), {}, QStringLiteral("fuzz")});
    (void)core.compose(ChatId::fromArray({2, 1}), NewMessage());
    (void)core.takeFrames();
}

} // namespace

/// The input is a list of changes: where (three bytes), and the byte that stands there now. An odd
/// first byte cuts the file first.
void runCacheFile(QByteArrayView input)
{
    static const QTemporaryDir folder(QFileInfo(QStringLiteral("/dev/shm")).isWritable()
            ? QStringLiteral("/dev/shm/parley-fuzz-XXXXXX")
            : QDir::tempPath() + QStringLiteral("/parley-fuzz-XXXXXX"));
    static const QByteArray sound = soundFile(folder.path());
    const QString path = SqliteCache::fileIn(folder.path());
    QFile::remove(path + QStringLiteral("-wal"));
    QFile::remove(path + QStringLiteral("-shm"));
    Feed feed(input);
    QByteArray bytes = sound;
    if (feed.flip())
        bytes.truncate(qsizetype(feed.long64() % quint64(bytes.size())));
    for (int i = 0; i < changesMost && !feed.isEmpty() && !bytes.isEmpty(); ++i) {
        const auto at = (feed.word() | quint32(feed.byte()) << 16) % quint32(bytes.size());
        bytes[qsizetype(at)] = char(feed.byte());
    }
    writeFile(path, bytes);
    openDamaged(folder.path());
}

std::vector<QByteArray> cacheFileSeeds()
{
    std::vector<QByteArray> seeds;
    for (int i = 0; i < 24; ++i) {
        QByteArray changes(1, '\0');
        for (int byte = 0; byte < 1 + i % 4; ++byte)
            changes += QByteArray{} + char(i * 37 + byte) + char(i % 12 * 16) + char(0) + char(i);
        seeds.push_back(changes);
    }
    seeds.push_back(QByteArray("\x01\x00\x00\x00\x00\x00\x00\x10\x00", 9));
    seeds.push_back(QByteArray());
    return seeds;
}

} // namespace parley
