// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QObject>

namespace parley {

/// Turns the system's wish to end this program (SIGTERM, SIGINT, SIGHUP; Ctrl-C on Windows) into a
/// Qt signal, so that what is open is put away first. At most one object at a time, on the main
/// thread. A SIGHUP that whoever started the program wants ignored stays so.
class StopSignals : public QObject {
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

signals:
    void stopRequested();
};

} // namespace parley
