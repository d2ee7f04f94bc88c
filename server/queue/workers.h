// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QMutex>
#include <QtCore/QThread>
#include <QtCore/QWaitCondition>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace parley {

/// A few threads that do jobs from one bounded queue, each with a `Local` of its own (a reader's
/// connection). Any thread offers. The destructor lets running jobs end and drops those that wait.
template <typename Local>
class Workers {
public:
    using Job = std::function<void(Local &)>;
    /// Makes a thread's own part, on that thread.
    using MakeLocal = std::function<std::unique_ptr<Local>()>;

    Workers(const QString &name, int threads, size_t capacity, MakeLocal makeLocal)
        : m_capacity(capacity)
    {
        for (int i = 0; i < threads; ++i) {
            m_threads.emplace_back(QThread::create([this, makeLocal] {
                const std::unique_ptr<Local> local = makeLocal();
                if (local)
                    work(*local);
            }));
            m_threads.back()->setObjectName(name);
            m_threads.back()->start();
        }
    }
    ~Workers() { stop(); }
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    /// False when too many wait already.
    bool offer(Job job)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_isStopping || m_jobs.size() >= m_capacity)
            return false;
        m_jobs.push_back(std::move(job));
        m_waiting.wakeOne();
        return true;
    }

    void stop()
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_isStopping = true;
            m_jobs.clear();
            m_waiting.wakeAll();
        }
        for (const auto &thread : m_threads)
            thread->wait();
    }

    size_t size() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_jobs.size();
    }

private:
    void work(Local &local)
    {
        while (true) {
            Job job;
            {
                QMutexLocker lock(&m_mutex);
                while (m_jobs.empty() && !m_isStopping)
                    m_waiting.wait(&m_mutex);
                if (m_isStopping)
                    return;
                job = std::move(m_jobs.front());
                m_jobs.pop_front();
            }
            job(local);
        }
    }

    mutable QMutex m_mutex;
    QWaitCondition m_waiting;
    std::deque<Job> m_jobs;
    size_t m_capacity;
    bool m_isStopping = false;
    std::vector<std::unique_ptr<QThread>> m_threads;
};

} // namespace parley
