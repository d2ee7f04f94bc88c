// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>

#include <functional>
#include <vector>

/// Everything that is fuzzed: each target takes bytes from outside and may neither crash, hang nor
/// break what it asserts.
namespace parley {

struct FuzzTarget {
    const char *name;
    void (*run)(QByteArrayView input);
    /// Inputs to begin with, derived from the definitions.
    std::vector<QByteArray> (*seeds)();
    /// Keeps a world over its steps: slower, and to be run for longer.
    bool isStateful = false;
};

const std::vector<FuzzTarget> &fuzzTargets();
/// nullptr when there is none of this name.
const FuzzTarget *fuzzTarget(QByteArrayView name);

// One pair each, in the file of the name.
void runClientFrame(QByteArrayView input);
std::vector<QByteArray> clientFrameSeeds();
void runServerFrame(QByteArrayView input);
std::vector<QByteArray> serverFrameSeeds();
void runJsonFrame(QByteArrayView input);
std::vector<QByteArray> jsonFrameSeeds();
void runHttp(QByteArrayView input);
std::vector<QByteArray> httpSeeds();
void runServerSession(QByteArrayView input);
std::vector<QByteArray> serverSessionSeeds();
void runClientCore(QByteArrayView input);
std::vector<QByteArray> clientCoreSeeds();
void runText(QByteArrayView input);
std::vector<QByteArray> textSeeds();
void runConfiguration(QByteArrayView input);
std::vector<QByteArray> configurationSeeds();
void runAddress(QByteArrayView input);
std::vector<QByteArray> addressSeeds();
void runCacheFile(QByteArrayView input);
std::vector<QByteArray> cacheFileSeeds();
#ifdef Q_OS_LINUX
void runSocket(QByteArrayView input);
std::vector<QByteArray> socketSeeds();
#endif

} // namespace parley
