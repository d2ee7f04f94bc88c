// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/servicethread.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimer>

namespace parley {
namespace {

constexpr int housekeepMs = 60'000;
/// A quiet server, too, repeats what it has promised to users and could not write.
constexpr int promisesMs = 5'000;

} // namespace

ServiceThread::ServiceThread(CommandQueue &queue, ServiceOutlet &outlet, size_t batchMost)
    : m_queue(queue)
    , m_outlet(outlet)
    , m_batchMost(batchMost)
{
    m_thread.setObjectName(QStringLiteral("messages"));
    m_home.moveToThread(&m_thread);
    m_queue.setWake([this] {
        QMetaObject::invokeMethod(
            &m_home, [this] { takeBatches(); }, Qt::QueuedConnection);
    });
}

ServiceThread::~ServiceThread()
{
    stop();
}

Status ServiceThread::start(const OpenStore &openStore, const ServiceLimits &limits)
{
    m_thread.start();
    Status status = Done{};
    run([&] { status = open(openStore, limits); });
    if (!status)
        stop();
    return status;
}

Status ServiceThread::open(const OpenStore &openStore, const ServiceLimits &limits)
{
    auto opened = openStore();
    if (!opened)
        return opened.error();
    m_opened = *std::move(opened);
    m_epoch = m_opened.store->epoch();
    m_service = std::make_unique<MessageService>(*m_opened.store, m_outlet, limits);
    if (auto started = m_service->start(QDateTime::currentMSecsSinceEpoch()); !started)
        return started;
    auto *timer = new QTimer(&m_home);
    QObject::connect(timer, &QTimer::timeout, &m_home, [this] {
        if (m_opened.housekeep)
            m_opened.housekeep();
    });
    timer->start(housekeepMs);
    auto *promises = new QTimer(&m_home);
    QObject::connect(promises, &QTimer::timeout, &m_home,
        [this] { m_service->handle({}, QDateTime::currentMSecsSinceEpoch()); });
    promises->start(promisesMs);
    return Done{};
}

void ServiceThread::drain()
{
    if (m_thread.isRunning())
        run([this] { takeBatches(); });
}

void ServiceThread::stop()
{
    if (!m_thread.isRunning())
        return;
    run([this] {
        if (m_service)
            takeBatches();
        qDeleteAll(m_home.children());
        m_service.reset();
        m_opened = {};
    });
    m_thread.quit();
    m_thread.wait();
}

void ServiceThread::takeBatches()
{
    while (m_service) {
        auto batch = m_queue.take(m_batchMost);
        const bool isLast = batch.size() < m_batchMost;
        if (!batch.empty())
            m_service->handle(std::move(batch), QDateTime::currentMSecsSinceEpoch());
        if (isLast)
            return;
    }
}

void ServiceThread::run(const std::function<void()> &job)
{
    QMetaObject::invokeMethod(&m_home, job, Qt::BlockingQueuedConnection);
}

} // namespace parley
