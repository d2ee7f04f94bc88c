// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQuickItem>
#include <QStringList>

namespace parley {

/// Walks over the visible texts under an item. One line for each that is cut, overflows its parent,
/// or is elided where the design does not allow it. Empty: all is well.
QStringList auditTexts(const QQuickItem *item);

} // namespace parley
