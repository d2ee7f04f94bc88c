// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/service.h"
#include "server/store/reader.h"

#include <QtCore/QThread>

namespace parley {

/// The one thread that writes: owns the store and the message service, and takes batches from the
/// queue. Owned by the server; queue and outlet outlive it.
class ServiceThread {
public:
    /// A store that was opened, and its readers' source. Both belong to the thread that opened
    /// them.
    struct Opened {
        std::unique_ptr<Store> store;
        std::unique_ptr<StoreReaders> readers;
        std::function<void()> housekeep; ///< called now and then, on the thread
        std::function<void(StoreReaders &)> check; ///< if there is one: to run once, on another
        /// Writes a backup to a new file, and tells its size; on any thread.
        std::function<Result<qint64>(const QString &)> backup;
    };
    using OpenStore = std::function<Result<Opened>()>;

    ServiceThread(CommandQueue &queue, ServiceOutlet &outlet, size_t batchMost);
    ~ServiceThread();
    ServiceThread(const ServiceThread &) = delete;
    ServiceThread &operator=(const ServiceThread &) = delete;

    /// Opens the store on the thread, and serves from then on. Blocks until that is done.
    Status start(const OpenStore &openStore, const ServiceLimits &limits);
    /// After start: makes readers, from any thread.
    StoreReaders &readers() { return *m_opened.readers; }
    Epoch epoch() const { return m_epoch; }
    /// Runs the store's check, if it wants one; takes long. Any thread, while this one is served.
    void check()
    {
        if (m_opened.check)
            m_opened.check(*m_opened.readers);
    }

    /// Writes a backup of the store to a new file, and tells its size; takes long. Any thread,
    /// while this one is served.
    Result<qint64> backup(const QString &path) { return m_opened.backup(path); }

    /// Decides and writes everything that waits. Blocks until its answers are on their way.
    void drain();
    /// The same, then closes the store and ends. After every reader is gone. Blocks.
    void stop();

private:
    Status open(const OpenStore &openStore, const ServiceLimits &limits);
    void startTimers();
    void takeBatches();
    /// Runs the job on the thread, and waits for its end.
    void run(const std::function<void()> &job);

    CommandQueue &m_queue;
    ServiceOutlet &m_outlet;
    size_t m_batchMost;
    Epoch m_epoch;
    Opened m_opened;
    std::unique_ptr<MessageService> m_service;
    QThread m_thread;
    QObject m_home; ///< lives on the thread
};

} // namespace parley
