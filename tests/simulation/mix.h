// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/pagesizes.h"
#include "tests/simulation/seededrandom.h"

#include <QtCore/QStringList>

#include <map>

namespace parley::simulation {

/// How hostile one world is, drawn from its seed. Rates are of a step unless said otherwise.
struct Mix {
    // The network
    double pushLoss = 0; ///< of a push: one that any bug dropped
    double frameCut = 0; ///< some connection closes, after any byte
    double halfOpen = 0; ///< a connection goes silent and stays open
    double doubled = 0; ///< a device connects again while the server still has its old connection
    double slowPeer = 0; ///< a device takes nothing for a while: what it is sent piles up
    double pause = 0; ///< a device does nothing at all for a while

    // The devices
    double deviceCrash = 0; ///< a process ends and starts again
    double deviceStorageCrash = 0; ///< the machine dies at some storage operation
    double deviceFull = 0; ///< the disk is full for a while
    double deviceError = 0; ///< the disk fails for a while
    double clockJump = 0; ///< a wall clock jumps

    // The server
    double serverCrash = 0;
    double restore = 0; ///< it comes back from its last backup
    double storageCrash = 0; ///< the machine dies at some storage operation
    double diskFull = 0;
    double diskError = 0;
    double shortRead = 0;
    double storeUnavailable = 0; ///< of an append
    double storeUnknown = 0; ///< of an append
    double storeMoved = 0; ///< of an append

    // Sizes, and what is not a fault
    double powerLoss = 0; ///< of a crash: what was not synced is lost
    int checkpointPages = 0; ///< 0: as the product has it
    int slowReads = 1; ///< reads are overtaken by so many other events
    qint64 sendQueueBytes = 0; ///< of a session: small ones lag
    int batchOperations = 0; ///< of one send
    PageSizes pages; ///< how much of a chat one read brings
    int historyRows = 0; ///< a device asks for no more at once
    double plainDevices = 0; ///< of the devices: those without the optional features
    double newerDevices = 0; ///< of the devices: those that say what nobody knows yet
    int people = 3;
    bool hasQuota = false; ///< people may add few members an hour, and have to wait
    int operations = 300; ///< people stop after so many
    int steps = 6'000; ///< or after so many steps

    /// `without` names faults that do not happen: how a failure is made smaller.
    static Mix draw(SeededRandom &random, const QStringList &without = {});
    static QStringList faultNames();
    /// Faults that this world may meet.
    QStringList faults() const;
    /// Nothing in it can make a device miss a push: then no device ever sees a gap.
    bool isGapless() const;
};

/// What a campaign has used: a count of zero means that something was never tried.
using Counts = std::map<QString, qint64>;

} // namespace parley::simulation
