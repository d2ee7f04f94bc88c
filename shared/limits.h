// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

/// Limits of the protocol. What a server may set lower or higher is in ServerLimits
/// (shared/protocol/session.h) and announced in `welcome`; these are the defaults and the hard
/// bounds.
namespace parley::limits {

inline constexpr qsizetype clientFrameBytes = 256 * 1024;
inline constexpr qsizetype serverFrameBytes = 1024 * 1024;
inline constexpr qsizetype signInFrameBytes = 4 * 1024; ///< before a session has signed in
inline constexpr int depth = 8;
inline constexpr qsizetype arrayItems = 1024;
inline constexpr qsizetype mapKeys = 64;
inline constexpr qsizetype textBytes = 64 * 1024;
inline constexpr qsizetype payloadBytes = 64 * 1024;
inline constexpr qsizetype batchBytes = 128 * 1024; ///< payloads of one `send` together

inline constexpr qsizetype answerBytes = 512 * 1024; ///< every list in an answer stops here
inline constexpr qsizetype answerItems = 1000; ///< or here
inline constexpr qsizetype haveItems = 1000; ///< chats in one list of `have`

inline constexpr qsizetype batchOperations = 32;
inline constexpr qsizetype historyRows = 100;
inline constexpr qsizetype openRows = 50;
inline constexpr qint64 replayEntries = 1000; ///< more missed than this: `open` instead
inline constexpr qsizetype pageEntries = 200;
inline constexpr qsizetype watchedUsers = 200;
inline constexpr qsizetype marksMembers = 64; ///< above it others' marks are fetched on demand
inline constexpr qsizetype marksPeople = 512; ///< as well as above this with former members
inline constexpr qsizetype groupMembers = 1024;
inline constexpr qsizetype reactionKinds = 20; ///< distinct ones on a message
inline constexpr qsizetype reactionBytes = 64;
inline constexpr qsizetype titleBytes = 256;
inline constexpr qsizetype wakeUsers = 64;
inline constexpr qsizetype mediaItems = 10;

inline constexpr qsizetype nameBytes = 32; ///< of a user, to sign in
inline constexpr qsizetype displayNameBytes = 128;
inline constexpr qsizetype statusBytes = 256;
inline constexpr qsizetype pictureBytes = 48 * 1024;
inline constexpr qsizetype deviceNameBytes = 128;
inline constexpr qsizetype passwordBytesLeast = 8;
inline constexpr qsizetype passwordBytesMost = 1024;
inline constexpr qsizetype tokenBytes = 32;

inline constexpr qsizetype stateKeyBytes = 128;
inline constexpr qsizetype stateValueBytes = 64 * 1024;
inline constexpr qsizetype stateKeys = 4096; ///< of one user

inline constexpr qsizetype unansweredCommands = 32; ///< of one connection
inline constexpr qsizetype sendQueueBytes = 1024 * 1024; ///< towards one connection

inline constexpr qint64 heartbeatMs = 25'000;
inline constexpr qint64 silenceMs = 60'000; ///< without a frame: closed
inline constexpr int digestEvery = 5; ///< heartbeats
inline constexpr qint64 answerMs = 15'000; ///< without an answer: reconnect
inline constexpr qint64 signInMs = 5'000; ///< until the `hello` has arrived
inline constexpr qint64 lagDrainMs = 30'000; ///< a full queue not drained: closed
inline constexpr qint64 presenceLeaseMs = 60'000;
inline constexpr qint64 presenceGraceMs = 30'000;
inline constexpr qint64 lastSeenMs = 60'000; ///< at most one write of it
inline constexpr qint64 typingEveryMs = 4'000;
inline constexpr qint64 typingLastsMs = 6'000;
inline constexpr qint64 sentKeptMs = qint64(30) * 24 * 3600 * 1000;
inline constexpr qint64 largeGroupMarkMs = 5'000;

} // namespace parley::limits
