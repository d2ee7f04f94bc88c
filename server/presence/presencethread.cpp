// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/presence/presencethread.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimer>

namespace parley {
namespace {

constexpr int tickMs = 1'000;
constexpr size_t batchMost = 1'000;

} // namespace

PresenceThread::PresenceThread(ServiceOutlet &outlet, CommandQueue &queue)
    : m_outlet(outlet)
    , m_queue(queue)
{
    m_thread.setObjectName(QStringLiteral("presence"));
    m_home.moveToThread(&m_thread);
    m_inputs.setWake([this] {
        QMetaObject::invokeMethod(
            &m_home, [this] { takeInputs(); }, Qt::QueuedConnection);
    });
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_home,
        [this] {
            auto *timer = new QTimer(&m_home);
            QObject::connect(timer, &QTimer::timeout, &m_home, [this] {
                m_presence.tick(QDateTime::currentMSecsSinceEpoch());
                passOn();
            });
            timer->start(tickMs);
        },
        Qt::QueuedConnection);
}

PresenceThread::~PresenceThread()
{
    stop();
}

void PresenceThread::handle(PresenceInput input)
{
    m_inputs.offer(std::move(input));
}

void PresenceThread::stop()
{
    if (!m_thread.isRunning())
        return;
    // Timers end on the thread that they ran on.
    QMetaObject::invokeMethod(
        &m_home,
        [this] {
            qDeleteAll(m_home.children());
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void PresenceThread::takeInputs()
{
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    while (true) {
        const auto inputs = m_inputs.take(batchMost);
        for (const PresenceInput &input : inputs)
            m_presence.handle(input, nowMs);
        passOn();
        if (inputs.size() < batchMost)
            return;
    }
}

void PresenceThread::passOn()
{
    std::vector<ServiceOutput> frames;
    for (PresenceOutput &output : m_presence.takeOutputs()) {
        if (auto *delivery = std::get_if<Outbound>(&output)) {
            frames.push_back(std::move(*delivery));
            continue;
        }
        const auto &seen = std::get<DeviceSeen>(output);
        // A full queue has better things to do; the next minute brings another.
        m_queue.offer(Queued{Origin{{}, 0, seen.user, seen.device}, seen});
    }
    if (!frames.empty())
        m_outlet.deliver(std::move(frames));
}

} // namespace parley
