// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"
#include "tests/e2e/kill/chatterprocess.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tcpproxy.h"
#include "tests/support/weatherforecast.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonObject>
#include <QtCore/QTimer>

#include <map>

namespace parley {

/// The real server and real clients, each a process, over a bad network, while one of them after
/// the other is killed or stopped in the middle of its work. Everything that is drawn comes from
/// the seed; what the processes do meanwhile is their own. Lives on the main thread.
class KillRun {
public:
    struct Settings {
        QString folder; ///< empty, or new: server, people, journals and captures go there
        QString chatterProgram;
        int serverCycles = 10;
        int clientCycles = 10;
        quint32 seed = 1;
        bool hasWeather = true;
    };
    struct Figures {
        int serverKills = 0;
        int serverPauses = 0;
        int clientKills = 0;
        int clientPauses = 0;
        int connections = 0;
        std::map<WeatherForecast::Kind, int> gusts;
        qint64 journalLines = 0;
        qint64 totalMs = 0;
        qint64 mostServerBytes = 0;
    };

    explicit KillRun(Settings settings);
    ~KillRun();

    /// From the first account to files at rest that are closed. An error says what did not happen.
    Status run();
    const Figures &figures() const { return m_figures; }

    QString dataFolder() const { return m_server.dataFolder(); }
    QString peopleFolder() const { return m_settings.folder + QStringLiteral("/people"); }
    QString captureFolder() const { return m_settings.folder + QStringLiteral("/links"); }
    QStringList journals() const;

private:
    enum class Victim { Server, Client };

    Status begin();
    Result<QJsonObject> ask(const QJsonObject &question);
    Status addChatter(int number);
    Status makeChats();
    Status cycle(Victim victim);
    Status cycleServer();
    void cycleClient();
    Status restartServer();
    void awaitTraffic();
    Status settle();
    Status close();
    void blow();
    void nudge();
    qint64 journalLines() const;
    int drawn(int below) { return static_cast<int>(m_random() % static_cast<quint32>(below)); }

    const Settings m_settings;
    std::mt19937 m_random;
    WeatherForecast m_forecast;
    ServerProcess m_server;
    std::unique_ptr<TcpProxy> m_proxy;
    std::vector<std::unique_ptr<ChatterProcess>> m_chatters;
    std::vector<UserId> m_users;
    QTimer m_weather;
    WeatherForecast::Gust m_gust;
    QElapsedTimer m_clock;
    Figures m_figures;
};

} // namespace parley
