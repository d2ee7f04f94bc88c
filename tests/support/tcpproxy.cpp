// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/tcpproxy.h"

#include "tests/support/proxylink.h"

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>

#include <algorithm>
#include <set>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 resetBytesMost = 600;

} // namespace

class TcpProxy::Worker : public QObject {
public:
    quint16 targetPort = 0;
    Door door = Door::Open;
    ProxyLink::Weather weather;
    QTcpServer server;
    std::vector<ProxyLink *> links; // in the order of their coming
    QString captureFolder;
    int accepted = 0;
    int cuts = 0;

    Worker()
        : server(this)
    {
        connect(&server, &QTcpServer::newConnection, this, &Worker::accept);
    }

    void accept()
    {
        while (auto *const client = server.nextPendingConnection()) {
            if (door == Door::Closed) {
                client->abort();
                client->deleteLater();
                continue;
            }
            ++accepted;
            auto capture = captureFolder.isEmpty()
                ? nullptr
                : std::make_unique<LinkCapture>(captureFolder, accepted);
            auto *const link = new ProxyLink(client, targetPort, weather, std::move(capture), this);
            links.push_back(link);
            connect(link, &ProxyLink::ended, this, [this, link] {
                std::erase(links, link);
                link->deleteLater();
            });
        }
    }

    template <typename Function>
    void forEach(Function &&function)
    {
        const auto all = links; // those that end leave the list
        std::for_each(all.begin(), all.end(), function);
    }
};

template <typename Function>
auto TcpProxy::onWorker(Function &&function) const
{
    using Returned = decltype(function());
    if constexpr (std::is_void_v<Returned>) {
        QMetaObject::invokeMethod(m_worker, function, Qt::BlockingQueuedConnection);
    } else {
        Returned returned{};
        QMetaObject::invokeMethod(
            m_worker, [&] { returned = function(); }, Qt::BlockingQueuedConnection);
        return returned;
    }
}

TcpProxy::TcpProxy(quint16 targetPort)
    : m_worker(new Worker)
{
    m_worker->targetPort = targetPort;
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(u"proxy"_s);
    m_thread.start();
    onWorker([this] {
        const bool isListening = m_worker->server.listen(QHostAddress(QHostAddress::LocalHost));
        PARLEY_ASSERT(isListening);
    });
}

TcpProxy::~TcpProxy()
{
    m_thread.quit();
    m_thread.wait();
}

quint16 TcpProxy::port() const
{
    return onWorker([this] { return m_worker->server.serverPort(); });
}

QString TcpProxy::url() const
{
    return u"ws://127.0.0.1:%1/"_s.arg(port());
}

void TcpProxy::setTarget(quint16 port)
{
    onWorker([this, port] { m_worker->targetPort = port; });
}

void TcpProxy::setDoor(Door door)
{
    onWorker([this, door] { m_worker->door = door; });
}

void TcpProxy::setDelayMs(int delayMs)
{
    onWorker([this, delayMs] { m_worker->weather.delayMs = delayMs; });
}

void TcpProxy::setBytesPerSecond(int bytesPerSecond)
{
    onWorker([this, bytesPerSecond] { m_worker->weather.bytesPerSecond = bytesPerSecond; });
}

void TcpProxy::setCapture(const QString &folder)
{
    onWorker([this, folder] { m_worker->captureFolder = folder; });
}

void TcpProxy::cutAll()
{
    onWorker([this] {
        m_worker->forEach([this](ProxyLink *link) {
            ++m_worker->cuts;
            link->reset();
        });
    });
}

void TcpProxy::cutOne(quint32 number)
{
    onWorker([this, number] {
        const auto count = static_cast<quint32>(m_worker->links.size());
        if (count == 0)
            return;
        ++m_worker->cuts;
        m_worker->links[number % count]->resetAfter((number / count) % resetBytesMost);
    });
}

void TcpProxy::halfOpenAll()
{
    onWorker(
        [this] { m_worker->forEach([](ProxyLink *link) { link->silence(Silence::BothWays); }); });
}

void TcpProxy::halfOpenOne(quint32 number, Silence silence)
{
    onWorker([this, number, silence] {
        if (const auto count = static_cast<quint32>(m_worker->links.size()))
            m_worker->links[number % count]->silence(silence);
    });
}

void TcpProxy::setReading(Reading reading)
{
    onWorker([this, reading] {
        m_worker->weather.isStalled = reading == Reading::Stalled;
        m_worker->forEach([](ProxyLink *link) { link->look(); });
    });
}

void TcpProxy::setLosing(FrameFilter isLost)
{
    onWorker([this, &isLost] { m_worker->weather.isLost = std::move(isLost); });
}

int TcpProxy::connections() const
{
    return onWorker([this] { return static_cast<int>(m_worker->links.size()); });
}

int TcpProxy::accepted() const
{
    return onWorker([this] { return m_worker->accepted; });
}

int TcpProxy::cuts() const
{
    return onWorker([this] { return m_worker->cuts; });
}

int TcpProxy::lostFrames() const
{
    return onWorker([this] { return m_worker->weather.lostFrames; });
}

} // namespace parley
