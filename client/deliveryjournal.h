// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/notice.h"

#include <QtCore/QFile>

namespace parley {

/// Writes down what this client was told is in the log, for an audit of the server: one line for
/// each accepted operation, after the client's own commit, without the text of anything. Belongs to
/// the client, on its thread; only there when somebody asked for it.
class DeliveryJournal {
public:
    /// Goes on behind what is there. The file is for its owner alone.
    static Result<std::unique_ptr<DeliveryJournal>> open(const QString &path);

    void write(const UserId &me, const notice::OperationAccepted &accepted);

private:
    explicit DeliveryJournal(const QString &path)
        : m_file(path)
    {
    }
    void write(const QByteArray &line);

    QFile m_file;
    bool m_hasFailed = false;
};

} // namespace parley
