// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QObject>

namespace parley {

/// The system's own word that something about the network has changed. One thread, with an event
/// loop; owned by NetworkWatcher, which looks what it is.
///
/// Linux: the kernel's netlink socket, which is heard in a network namespace too. Elsewhere what Qt
/// has a backend for.
class NetworkNews : public QObject {
    Q_OBJECT
public:
    explicit NetworkNews(QObject *parent = nullptr);
    ~NetworkNews() override;

    /// Whether every change is told; else somebody has to look from time to time.
    bool isComplete() const { return m_socket >= 0; }

signals:
    /// An interface or an address came or went.
    void interfacesChanged();
    /// There is a way out of the local network now, perhaps another one than before.
    void defaultRouteCame();

private:
    void readAll();

    int m_socket = -1; ///< netlink's
};

} // namespace parley
