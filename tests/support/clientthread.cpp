// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/clientthread.h"

namespace parley {

ClientThread::ClientThread()
{
    m_thread.setObjectName(QStringLiteral("clients"));
    m_place.moveToThread(&m_thread);
    m_thread.start();
}

ClientThread::~ClientThread()
{
    m_thread.quit();
    m_thread.wait();
}

Client *ClientThread::add(const ClientOptions &options)
{
    auto *const client = new Client(options);
    client->moveToThread(&m_thread);
    return client;
}

void ClientThread::end(Client *client)
{
    run([client] {
        client->close();
        delete client;
    });
}

void ClientThread::run(const std::function<void()> &function)
{
    QMetaObject::invokeMethod(&m_place, function, Qt::BlockingQueuedConnection);
}

} // namespace parley
