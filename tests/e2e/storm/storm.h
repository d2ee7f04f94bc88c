// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"
#include "tests/e2e/storm/crowd.h"
#include "tests/support/serverprocess.h"

#include <QtCore/QProcess>

namespace parley {

/// A server that dies under very many clients and comes back: what they do to it. Lives on the main
/// thread.
class Storm {
public:
    struct Settings {
        QString folder;
        QString crowdProgram;
        int clients = 2'000;
        int processes = 2;
        int downMs = 3'000;
    };
    struct Figures {
        qint64 comeMs = 0; ///< until all were there for the first time
        qint64 startMs = 0; ///< of the server, after its death, until it listened
        qint64 onlineMs = 0; ///< from listening until all had caught up
        qint64 equalMs = 0; ///< from listening until every file was equal and nothing waited
        int mostTries = 0; ///< of one client, since it listened
        int tries = 0; ///< of all
        qint64 quietBytes = 0; ///< the server, with everybody there, before
        qint64 mostBytes = 0; ///< at most, after its death
        qint64 afterBytes = 0;
        QString summary; ///< of the comparison
    };

    explicit Storm(Settings settings);
    ~Storm();

    Status run();
    const Figures &figures() const { return m_figures; }

private:
    Status begin();
    Status writeTickets();
    void startCrowds();
    Status gather();
    Status strike();
    Status compare();
    void tellAll(const QByteArray &command);
    Crowd::State state();
    bool isEveryoneOnline() { return state().online == m_settings.clients; }
    QString ticketFile(int process) const;

    const Settings m_settings;
    ServerProcess m_server;
    struct Process {
        std::unique_ptr<QProcess> process;
        Crowd::State state;
    };
    std::vector<Process> m_crowds;
    qint64 m_listeningMs = 0;
    Figures m_figures;
};

} // namespace parley
