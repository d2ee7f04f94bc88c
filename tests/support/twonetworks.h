// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QStringList>

namespace parley {

/// Two network namespaces with one cable between them, as two machines have. Needs Linux, root and
/// the `ip` command. Removed by its end.
class TwoNetworks {
public:
    enum class Side { Server, Client };
    enum class Cable { Plugged, Pulled };

    TwoNetworks();
    ~TwoNetworks();
    TwoNetworks(const TwoNetworks &) = delete;
    TwoNetworks &operator=(const TwoNetworks &) = delete;

    bool isThere() const { return m_problem.isEmpty(); }
    /// Why there are none, for a person.
    QString problem() const { return m_problem; }

    /// The calling thread, and every thread that it starts from now on, is on this side.
    bool enter(Side side) const;
    /// At the client's end.
    void setCable(Cable cable);

    static QString serverAddress() { return QStringLiteral("10.213.87.1"); }
    static QString clientAddress() { return QStringLiteral("10.213.87.2"); }

private:
    QString m_problem;

    static QString nameOf(Side side);
    static QString endOf(Side side);
    bool ip(const QString &arguments);
};

} // namespace parley
