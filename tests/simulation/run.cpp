// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/run.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

using namespace Qt::StringLiterals;

namespace parley::simulation {
namespace {

/// The stand-ins of a world's files are small and short-lived: memory is the place for them.
QString temporaryPlace()
{
    const QString memory = u"/dev/shm"_s;
    const QString place = QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    return place + u"/parley-sim-XXXXXX"_s;
}

constexpr int operationKinds = 14;
const QStringList everywhere{u"fault: push lost"_s, u"fault: connection cut"_s,
    u"fault: frame torn"_s, u"fault: half open"_s, u"fault: connected twice"_s,
    u"fault: slow peer"_s, u"fault: pause"_s, u"fault: lagging"_s, u"fault: device crash"_s,
    u"fault: device dies while storing"_s, u"fault: device loses power"_s,
    u"fault: device killed"_s, u"fault: device's disk full"_s, u"fault: device's disk fails"_s,
    u"fault: clock jump"_s, u"fault: server crash"_s, u"fault: restore"_s, u"command: hello"_s,
    u"command: catchUp"_s, u"command: send"_s, u"command: mark"_s, u"command: page"_s,
    u"command: history"_s, u"command: alive"_s, u"command: digest"_s, u"command: set"_s,
    u"command: setProfile"_s, u"command: users"_s, u"command: findUser"_s, u"command: watch"_s,
    u"command: focus"_s, u"command: typing"_s, u"command: members"_s, u"command: marks"_s,
    u"command: devices"_s, u"command: revokeDevice"_s, u"feature: a plain peer"_s,
    u"feature: a newer peer"_s, u"feature: a whole peer"_s, u"feature: reply"_s,
    u"feature: mention"_s, u"feature: read"_s, u"feature: privacy switched"_s, u"feature: mute"_s,
    u"feature: draft"_s, u"feature: unread"_s, u"feature: folder"_s, u"feature: history wanted"_s,
    u"feature: new device"_s, u"feature: device removed"_s, u"feature: retry"_s,
    u"feature: discard"_s, u"case: duplicate answered"_s, u"case: unknown command"_s,
    u"case: the id of another"_s, u"case: last words"_s};
const QStringList embedded{
    u"fault: store unavailable"_s, u"fault: outcome unknown"_s, u"fault: head moved"_s};
const QStringList ofHostile{u"fault: store unavailable"_s, u"fault: outcome unknown, lost"_s,
    u"fault: outcome unknown, applied"_s, u"fault: outcome unknown, decided later"_s,
    u"fault: head moved"_s, u"fault: partition away"_s, u"fault: stale read"_s,
    u"fault: owner stopped for a while"_s, u"fault: owner gone for a while"_s,
    u"fault: owner lived through a restore"_s,
    u"case: applied long after it was answered Unknown"_s,
    u"case: lost long after it was answered Unknown"_s,
    u"case: too late long after it was answered Unknown"_s};
const QStringList ofSqlite{u"fault: server dies while storing"_s, u"fault: server loses power"_s,
    u"fault: server killed"_s, u"fault: server's disk full"_s, u"fault: server's disk fails"_s,
    u"fault: server reads half"_s, u"case: a commit survived without its answer"_s};

} // namespace

Lived liveWorld(
    quint64 seed, const WorldOptions &options, const std::function<void(const QString &)> &trace)
{
    QTemporaryDir folder(temporaryPlace());
    World world(seed, folder.path(), options);
    world.trace = trace;
    Lived lived;
    lived.seed = seed;
    lived.violation = world.run();
    lived.counts = world.counts();
    lived.operations = world.operations();
    lived.people = world.people();
    lived.devices = world.devices();
    lived.faultKinds = world.faultKinds();
    lived.steps = world.steps();
    return lived;
}

QStringList mustBeUsed(StoreKind store)
{
    QStringList all = everywhere;
    for (int kind = 1; kind <= operationKinds; ++kind)
        all << u"operation: kind %1"_s.arg(kind);
    if (store != StoreKind::Hostile)
        all += embedded;
    if (store == StoreKind::Sqlite)
        all += ofSqlite;
    if (store == StoreKind::Hostile)
        all += ofHostile;
    return all;
}

QStringList unused(const Counts &counts, StoreKind store)
{
    QStringList none;
    for (const QString &each : mustBeUsed(store)) {
        const auto found = counts.find(each);
        if (found == counts.end() || found->second == 0)
            none << each;
    }
    return none;
}

std::optional<StoreKind> storeKind(const QString &name)
{
    for (const StoreKind kind : {StoreKind::Memory, StoreKind::Sqlite, StoreKind::Hostile}) {
        if (name == storeName(kind))
            return kind;
    }
    return std::nullopt;
}

QString storeName(StoreKind store)
{
    switch (store) {
    case StoreKind::Memory:
        return u"memory"_s;
    case StoreKind::Sqlite:
        return u"sqlite"_s;
    case StoreKind::Hostile:
        return u"hostile"_s;
    }
    return {};
}

} // namespace parley::simulation
