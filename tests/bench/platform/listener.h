// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/bench/platform/loop.h"

namespace parley::bench {

/// Accepts connections on 127.0.0.1.
class Listener : public Watcher {
public:
    /// `accepted` takes the descriptor. Port 0 takes any free one.
    Listener(Loop &loop, quint16 port, std::function<void(int)> accepted);
    ~Listener() override;
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// 0: it does not listen.
    quint16 port() const { return m_port; }
    void ready(quint32 events) override;
    void flush() override { }

private:
    Loop &m_loop;
    std::function<void(int)> m_accepted;
    int m_descriptor = -1;
    quint16 m_port = 0;
};

/// A file that is written on and on, from its beginning again when it is full, and on the disk when
/// sync() returns. All its blocks are there from the start, as those of a database's log are after
/// a while: a file that grows has its size and its blocks synced as well.
class SyncedLog {
public:
    explicit SyncedLog(const char *path);
    ~SyncedLog();
    SyncedLog(const SyncedLog &) = delete;
    SyncedLog &operator=(const SyncedLog &) = delete;

    bool isOpen() const { return m_descriptor >= 0; }
    void append(std::string_view bytes) { m_waiting.append(bytes); }
    /// Writes what was appended, by one fdatasync; nothing when there is nothing.
    bool sync();

private:
    bool fill();

    int m_descriptor;
    qint64 m_at = 0;
    std::string m_waiting;
};

} // namespace parley::bench
