// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/gateway/gatewaythread.h"

#include "server/platform/gatewaydispatcher.h"

namespace parley {

GatewayThread::GatewayThread(quint32 number, GatewayParts parts, Mailbox &mailbox)
    : m_mailbox(mailbox)
    , m_gateway(new Gateway(number, std::move(parts), mailbox))
{
    m_thread.setObjectName(QStringLiteral("gateway %1").arg(number));
    if (auto dispatcher = makeGatewayDispatcher())
        m_thread.setEventDispatcher(dispatcher.release());
    m_gateway->moveToThread(&m_thread);
    mailbox.setWake([gateway = m_gateway.get()] {
        QMetaObject::invokeMethod(gateway, &Gateway::handleInputs, Qt::QueuedConnection);
    });
    QObject::connect(&m_thread, &QThread::started, m_gateway.get(), &Gateway::start);
    // From the gateway's own thread: once it has stopped nobody can be late.
    QObject::connect(
        m_gateway.get(), &Gateway::stopped, &m_thread, &QThread::quit, Qt::DirectConnection);
    m_thread.start();
}

GatewayThread::~GatewayThread()
{
    stop();
}

void GatewayThread::stop()
{
    if (!m_thread.isRunning())
        return;
    m_mailbox.post(Stopping{0, Stopping::Step::Close});
    m_thread.wait();
}

} // namespace parley
