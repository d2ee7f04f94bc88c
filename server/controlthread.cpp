// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/controlthread.h"

namespace parley {
namespace {

constexpr int backlog = 4096; ///< connections that wait to be accepted

class Acceptor : public QTcpServer {
public:
    explicit Acceptor(std::function<void(qintptr)> accepted)
        : m_accepted(std::move(accepted))
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_accepted(descriptor); }

private:
    std::function<void(qintptr)> m_accepted;
};

} // namespace

ControlThread::ControlThread()
{
    m_thread.setObjectName(QStringLiteral("control"));
    m_home.moveToThread(&m_thread);
    m_thread.start();
}

ControlThread::~ControlThread()
{
    stop();
}

Status ControlThread::listenForAdmin(const QString &path, StoreReaders &readers,
    std::function<AdminDesk::Parts(StoreReader &)> parts)
{
    Status status = Done{};
    run([&] {
        auto reader = readers.open();
        if (!reader) {
            status = reader.error();
            return;
        }
        m_reader = *std::move(reader);
        m_desk = std::make_unique<AdminDesk>(parts(*m_reader));
        m_socket = std::make_unique<AdminSocket>(*m_desk);
        status = m_socket->listen(path);
    });
    return status;
}

Status ControlThread::listen(const Config::Listen &listen, std::function<void(qintptr)> accepted)
{
    Status status = Done{};
    run([&] {
        m_acceptor = std::make_unique<Acceptor>(std::move(accepted));
        m_acceptor->setListenBacklogSize(backlog);
        if (!m_acceptor->listen(QHostAddress(listen.address), quint16(listen.port)))
            status = Error(ErrorCode::Unavailable,
                QStringLiteral("cannot listen on %1 port %2: %3")
                    .arg(listen.address)
                    .arg(listen.port)
                    .arg(m_acceptor->errorString()));
        m_port = m_acceptor->serverPort();
    });
    return status;
}

void ControlThread::answered(InternalAnswer answer)
{
    post([this, answer = std::move(answer)] {
        if (m_desk)
            m_desk->answered(answer);
    });
}

void ControlThread::post(std::function<void()> job)
{
    QMetaObject::invokeMethod(&m_home, std::move(job), Qt::QueuedConnection);
}

void ControlThread::stopListening()
{
    run([this] {
        m_acceptor.reset();
        m_socket.reset();
    });
}

void ControlThread::stop()
{
    run([this] {
        m_acceptor.reset();
        m_socket.reset();
        m_desk.reset();
        m_reader.reset();
    });
    m_thread.quit();
    m_thread.wait();
}

void ControlThread::run(const std::function<void()> &job)
{
    if (!m_thread.isRunning())
        return;
    QMetaObject::invokeMethod(&m_home, job, Qt::BlockingQueuedConnection);
}

} // namespace parley
