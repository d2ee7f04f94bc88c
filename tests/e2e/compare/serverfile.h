// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/compare/findings.h"
#include "tests/e2e/compare/plainrow.h"
#include "tests/e2e/compare/sqlfile.h"

#include <map>

namespace parley::compare {

struct ServerEntry {
    int kind = 0;
    QByteArray id;
    QByteArray actor;
};

struct ServerMember {
    int state = 0;
    int role = 0;
    qint64 since = 0;
    qint64 revision = 0;
    bool receiptsOff = false;
    bool isBlocking = false;
    qint64 delivered = 0;
    qint64 read = 0;

    bool takesPart() const { return state == 1 || state == 2; }
};

struct ServerChat {
    qint64 head = 0;
    std::map<qint64, ServerEntry> entries; ///< by seq
    std::map<qint64, PlainRow> rows; ///< by seq
    std::map<QByteArray, ServerMember> members; ///< by user
};

struct ServerState {
    QByteArray value;
    bool isThere = false; ///< a removed key stays without a value
    qint64 revision = 0;
};

struct ServerUser {
    qint64 revision = 0;
    std::map<QString, ServerState> state;
};

/// Everything of a server's file that devices may hold.
struct ServerContent {
    QByteArray epoch;
    std::map<QByteArray, ServerChat> chats;
    std::map<QByteArray, ServerUser> users;
};

/// Reads the whole file, and finds what in it does not agree with itself: holes in `seq`, ids that
/// are there twice, rows without their entry or entries without their row, outcomes without effect.
Result<ServerContent> readServer(const QString &path, Findings &findings);

} // namespace parley::compare
