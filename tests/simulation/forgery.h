// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/memory/memorystate.h"
#include "shared/protocol/frame.h"
#include "tests/simulation/seededrandom.h"

namespace parley::simulation {

/// What a program says that took a client's place on somebody's connection: with ids of others, to
/// change what others wrote, about what it cannot see. The laws judge what comes of it. Nothing
/// when there is nothing to try in this chat.
std::optional<Command> forgery(
    SeededRandom &random, const ChatId &chat, const MemoryChat &stored, qint64 nowMs);

} // namespace parley::simulation
