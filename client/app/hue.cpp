// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/hue.h"

namespace parley {

int hueOf(QByteArrayView id)
{
    // FNV-1a: the same on every machine and in every version, which qHash is not.
    quint32 hash = 2166136261u;
    for (const char c : id)
        hash = (hash ^ static_cast<quint8>(c)) * 16777619u;
    return static_cast<int>(hash % hueCount);
}

} // namespace parley
