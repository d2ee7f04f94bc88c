// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

#include <random>

namespace parley {

class TcpProxy;

/// What a bad network does next: the same for the same seed. Cuts of single connections, at any
/// byte, are the most frequent; silence of one way or both, delays and narrow lines come between.
class WeatherForecast {
public:
    enum class Kind {
        Cut, ///< one connection, in the middle of its bytes
        CutAll,
        SilenceBoth, ///< one connection is half open
        SilenceToClient,
        SilenceToServer,
        Delay,
        Narrow, ///< so many bytes a second
        Clear, ///< neither delayed nor narrow
    };
    static constexpr int kinds = 8;

    struct Gust {
        int afterMs = 0; ///< since the one before
        Kind kind = Kind::Clear;
        quint32 number = 0; ///< which connection, how late, how narrow
    };

    explicit WeatherForecast(quint32 seed)
        : m_random(seed)
    {
    }
    Gust next();

    static void apply(const Gust &gust, TcpProxy &proxy);
    static QString nameOf(Kind kind);

private:
    std::mt19937 m_random;
};

} // namespace parley
