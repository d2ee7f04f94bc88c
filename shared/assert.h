// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

/// Ends the program when a promise of our own is broken. Stays on in release builds: what follows a
/// broken promise would be written to somebody's disk.
#define PARLEY_ASSERT(condition)                                                                   \
    do {                                                                                           \
        if (!(condition)) [[unlikely]]                                                             \
            ::qFatal("%s:%d: broken promise: %s", __FILE__, __LINE__, #condition);                 \
    } while (false)

/// Ends the program where it can come only by a mistake of our own; `what` says which.
#define PARLEY_UNREACHABLE(what) ::qFatal("%s:%d: broken promise: %s", __FILE__, __LINE__, what)
