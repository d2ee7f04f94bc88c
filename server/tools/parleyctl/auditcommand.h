// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/tools/parleyctl/deliveryaudit.h"

#include <QtCore/QStringList>

namespace parley {

/// `parleyctl audit-delivery`: the journals of clients beside the log of the server in a data
/// folder, which runs, or is closed. Only reads.
Result<DeliveryAudit> auditDelivery(const QStringList &journals, const QString &dataFolder);

} // namespace parley
