// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/worker.h"

namespace parley {

Worker::Worker(const ClientOptions &options)
    : m_client(new Client(options))
    , m_preparer(new Preparer(*m_client))
{
    m_thread.setObjectName(QStringLiteral("client"));
    m_client->moveToThread(&m_thread);
    m_preparer->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_preparer, &QObject::deleteLater);
    QObject::connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
    QObject::connect(m_client, &Client::closed, &m_thread, &QThread::quit, Qt::DirectConnection);
}

Worker::~Worker()
{
    stop();
    if (m_wasStarted)
        return;
    delete m_preparer;
    delete m_client;
}

void Worker::start()
{
    m_wasStarted = true;
    m_thread.start();
    m_client->open();
}

void Worker::stop()
{
    if (!m_thread.isRunning())
        return;
    m_client->close();
    if (m_thread.wait(closeMs))
        return;
    m_thread.quit();
    m_thread.wait(closeMs);
}

} // namespace parley
