// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/touched.h"

namespace parley {

MessageId touchedRow(const Entry &entry)
{
    return entry.target.value_or(entry.id);
}

bool touchesChat(Kind kind)
{
    return kind == Kind::Create || kind == Kind::Title || kind == Kind::Add || kind == Kind::Remove
        || kind == Kind::Leave;
}

} // namespace parley
