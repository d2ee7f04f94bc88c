// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/id.h"

namespace parley {

inline constexpr int hueCount = 10;

/// The colour of a person or a group: by the id, so that a new name keeps it, on every machine.
int hueOf(QByteArrayView id);
template <typename Tag>
int hueOf(const Id<Tag> &id)
{
    return hueOf(id.view());
}

} // namespace parley
