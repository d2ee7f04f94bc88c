// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QObject>

namespace parley {

/// Turns the system's wish to end this program (SIGTERM, SIGINT) into a Qt signal, so that drafts
/// reach the disk. At most one object at a time, on the main thread.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

signals:
    void quitRequested();
};

} // namespace parley
