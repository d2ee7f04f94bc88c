// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/forgery.h"

#include "shared/uuid7.h"

namespace parley::simulation {

std::optional<Command> forgery(
    SeededRandom &random, const ChatId &chat, const MemoryChat &stored, qint64 nowMs)
{
    if (stored.rows.empty())
        return std::nullopt;
    const Row &row = std::next(stored.rows.begin(), random.pick(int(stored.rows.size())))->second;
    if (row.kind != Kind::Message)
        return std::nullopt;
    Operation operation;
    operation.id = Uuid7(random).next(nowMs);
    operation.kind = Kind::Message;
    operation.contentType = ContentType::Text;
    operation.payload = "forged";
    switch (random.pick(6)) {
    case 0:
    case 5:
        operation.id = row.id;
        break;
    case 1:
        operation.kind = Kind::Edit;
        operation.target = row.id;
        break;
    case 2:
        operation.kind = Kind::Delete;
        operation.target = row.id;
        operation.contentType = ContentType::None;
        operation.payload.clear();
        break;
    case 3:
        operation.replyTo = row.id;
        break;
    case 4:
        return MarkUp{chat, 0, 1};
    }
    return Send{chat, {operation}};
}

} // namespace parley::simulation
