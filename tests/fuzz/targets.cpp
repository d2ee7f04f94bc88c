// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/targets.h"

namespace parley {

const std::vector<FuzzTarget> &fuzzTargets()
{
    static const std::vector<FuzzTarget> targets{
        {"clientframe", runClientFrame, clientFrameSeeds},
        {"serverframe", runServerFrame, serverFrameSeeds},
        {"jsonframe", runJsonFrame, jsonFrameSeeds},
        {"http", runHttp, httpSeeds},
        {"serversession", runServerSession, serverSessionSeeds, true},
        {"clientcore", runClientCore, clientCoreSeeds, true},
        {"text", runText, textSeeds},
        {"configuration", runConfiguration, configurationSeeds},
        {"address", runAddress, addressSeeds},
        {"cachefile", runCacheFile, cacheFileSeeds, true},
#ifdef Q_OS_LINUX
        {"socket", runSocket, socketSeeds},
#endif
    };
    return targets;
}

const FuzzTarget *fuzzTarget(QByteArrayView name)
{
    for (const FuzzTarget &target : fuzzTargets()) {
        if (name == target.name)
            return &target;
    }
    return nullptr;
}

} // namespace parley
