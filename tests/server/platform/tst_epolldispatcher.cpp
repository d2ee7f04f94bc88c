// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/epolldispatcher.h"

#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace parley;

/// Qt's own classes on a thread that epoll serves.
class tst_EpollDispatcher : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void bringsCallsFromOtherThreads();
    void firesTimersInOrder();
    void repeatsATimerUntilItIsStopped();
    void firesNoTimerWithinItself();
    void startsATimerWithinATimer();
    void tellsReadersAndWriters();
    void survivesANotifierThatIsRemovedByAnother();
    void tellsTheNextOwnerOfADescriptorNothingOld();
    void carriesManyBytesOverSockets();
    void endsWhenItIsToldTo();

private:
    /// Runs on the thread, and waits for it.
    void run(const std::function<void()> &job)
    {
        QMetaObject::invokeMethod(m_home.get(), job, Qt::BlockingQueuedConnection);
    }
    bool waitUntil(const std::function<bool()> &isTrue)
    {
        return QTest::qWaitFor(
            [&] {
                bool answer = false;
                run([&] { answer = isTrue(); });
                return answer;
            },
            10'000);
    }

    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<QObject> m_home;
};

void tst_EpollDispatcher::init()
{
    m_thread = std::make_unique<QThread>();
    m_thread->setEventDispatcher(new EpollDispatcher);
    m_home = std::make_unique<QObject>();
    m_home->moveToThread(m_thread.get());
    m_thread->start();
}

void tst_EpollDispatcher::cleanup()
{
    if (m_thread->isRunning())
        run([this] { qDeleteAll(m_home->children()); });
    m_thread->quit();
    QVERIFY(m_thread->wait(10'000));
    m_home.reset();
    m_thread.reset();
}

void tst_EpollDispatcher::bringsCallsFromOtherThreads()
{
    int calls = 0;
    for (int i = 0; i < 10'000; ++i)
        QMetaObject::invokeMethod(
            m_home.get(), [&] { ++calls; }, Qt::QueuedConnection);
    run([] {});
    QCOMPARE(calls, 10'000);
}

void tst_EpollDispatcher::firesTimersInOrder()
{
    std::vector<int> fired;
    run([&] {
        for (const int ms : {30, 0, 10, 20})
            QTimer::singleShot(ms, m_home.get(), [&fired, ms] { fired.push_back(ms); });
    });
    QVERIFY(waitUntil([&] { return fired.size() == 4; }));
    QCOMPARE(fired, (std::vector<int>{0, 10, 20, 30}));
}

void tst_EpollDispatcher::repeatsATimerUntilItIsStopped()
{
    int fired = 0;
    run([&] {
        auto *timer = new QTimer(m_home.get());
        connect(timer, &QTimer::timeout, m_home.get(), [&fired, timer] {
            if (++fired == 5)
                timer->stop();
        });
        timer->start(1);
    });
    QVERIFY(waitUntil([&] { return fired == 5; }));
    run([this] { QVERIFY(!m_home->findChild<QTimer *>()->isActive()); });
}

void tst_EpollDispatcher::firesNoTimerWithinItself()
{
    int depth = 0;
    int deepest = 0;
    int fired = 0;
    run([&] {
        auto *timer = new QTimer(m_home.get());
        connect(timer, &QTimer::timeout, m_home.get(), [&, timer] {
            deepest = std::max(deepest, ++depth);
            QThread::msleep(3);
            QCoreApplication::processEvents();
            --depth;
            if (++fired == 3)
                timer->stop();
        });
        timer->start(1);
    });
    QVERIFY(waitUntil([&] { return fired == 3; }));
    QCOMPARE(deepest, 1);
}

void tst_EpollDispatcher::startsATimerWithinATimer()
{
    bool isDone = false;
    run([&] {
        QTimer::singleShot(
            1, m_home.get(), [&] { QTimer::singleShot(0, m_home.get(), [&] { isDone = true; }); });
    });
    QVERIFY(waitUntil([&] { return isDone; }));
}

void tst_EpollDispatcher::tellsReadersAndWriters()
{
    int ends[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    int reads = 0;
    int writes = 0;
    run([&] {
        auto *reader = new QSocketNotifier(ends[0], QSocketNotifier::Read, m_home.get());
        connect(reader, &QSocketNotifier::activated, m_home.get(), [&] {
            char byte = 0;
            reads += ::read(ends[0], &byte, 1) == 1 ? 1 : 0;
        });
        auto *writer = new QSocketNotifier(ends[0], QSocketNotifier::Write, m_home.get());
        connect(writer, &QSocketNotifier::activated, m_home.get(), [&, writer] {
            ++writes;
            writer->setEnabled(false);
        });
    });
    QVERIFY(waitUntil([&] { return writes == 1; }));
    QCOMPARE(::write(ends[1], "abc", 3), 3);
    QVERIFY(waitUntil([&] { return reads == 3; }));
    QCOMPARE(writes, 1);
    run([this] { qDeleteAll(m_home->children()); });
    ::close(ends[0]);
    ::close(ends[1]);
}

void tst_EpollDispatcher::survivesANotifierThatIsRemovedByAnother()
{
    int one[2];
    int other[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, one), 0);
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, other), 0);
    int told = 0;
    run([&] {
        // Both are ready in one turn; whichever comes first removes the other.
        QCOMPARE(::write(one[1], "x", 1), 1);
        QCOMPARE(::write(other[1], "x", 1), 1);
        auto *first = new QSocketNotifier(one[0], QSocketNotifier::Read, m_home.get());
        auto *second = new QSocketNotifier(other[0], QSocketNotifier::Read, m_home.get());
        connect(first, &QSocketNotifier::activated, m_home.get(), [&, first, second] {
            ++told;
            delete second;
            first->setEnabled(false);
        });
        connect(second, &QSocketNotifier::activated, m_home.get(), [&, first, second] {
            ++told;
            delete first;
            second->setEnabled(false);
        });
    });
    QVERIFY(waitUntil([&] { return told > 0; }));
    run([] {});
    QCOMPARE(told, 1);
    run([this] { qDeleteAll(m_home->children()); });
    for (const int end : {one[0], one[1], other[0], other[1]})
        ::close(end);
}

void tst_EpollDispatcher::tellsTheNextOwnerOfADescriptorNothingOld()
{
    int told = 0;
    run([&] {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
        auto *old = new QSocketNotifier(ends[0], QSocketNotifier::Read);
        QCOMPARE(::write(ends[1], "x", 1), 1);
        delete old;
        ::close(ends[0]);
        ::close(ends[1]);
        int next[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, next), 0);
        QCOMPARE(next[0], ends[0]);
        auto *reader = new QSocketNotifier(next[0], QSocketNotifier::Read, m_home.get());
        connect(reader, &QSocketNotifier::activated, m_home.get(), [&told, next] {
            char byte = 0;
            told += ::read(next[0], &byte, 1) == 1 ? 1 : 100;
        });
        QCOMPARE(::write(next[1], "y", 1), 1);
    });
    QVERIFY(waitUntil([&] { return told > 0; }));
    QCOMPARE(told, 1);
}

void tst_EpollDispatcher::carriesManyBytesOverSockets()
{
    constexpr qsizetype size = 8 * 1024 * 1024;
    qsizetype received = 0;
    run([&] {
        auto *server = new QTcpServer(m_home.get());
        QVERIFY(server->listen(QHostAddress::LocalHost));
        connect(server, &QTcpServer::newConnection, m_home.get(), [&, server] {
            QTcpSocket *socket = server->nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, m_home.get(),
                [&, socket] { received += socket->readAll().size(); });
        });
        auto *client = new QTcpSocket(m_home.get());
        connect(client, &QTcpSocket::connected, m_home.get(),
            [client] { client->write(QByteArray(size, 'x')); });
        client->connectToHost(QHostAddress::LocalHost, server->serverPort());
    });
    QVERIFY(waitUntil([&] { return received == size; }));
}

void tst_EpollDispatcher::endsWhenItIsToldTo()
{
    for (int i = 0; i < 100; ++i) {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        thread.start();
        thread.quit();
        QVERIFY(thread.wait(10'000));
    }
}

QTEST_GUILESS_MAIN(tst_EpollDispatcher)
#include "tst_epolldispatcher.moc"
