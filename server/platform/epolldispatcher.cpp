// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/epolldispatcher.h"

#include "shared/assert.h"

#include <QtCore/QCoreApplication>

#include <cerrno>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace parley {
namespace {

constexpr int eventsAtOnce = 256;
constexpr quint64 wakeUpMark = ~quint64(0);
constexpr std::array<quint32, 3> eventsOf{EPOLLIN | EPOLLRDHUP, EPOLLOUT, EPOLLPRI};

quint64 pack(quint32 generation, int descriptor)
{
    return quint64(generation) << 32 | quint32(descriptor);
}

bool tell(QSocketNotifier *notifier)
{
    if (!notifier)
        return false;
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(notifier, &event);
    return true;
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUps(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    PARLEY_ASSERT(m_epoll >= 0 && m_wakeUps >= 0);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakeUpMark;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUps, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_epoll);
    ::close(m_wakeUps);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    emit awake();
    QCoreApplication::sendPostedEvents();
    if (m_isInterrupted)
        return false;
    const bool usesSockets = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool usesTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    if (usesSockets) {
        tryWrites();
        applyChanges();
    }
    int timeoutMs = 0;
    if (flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_isWoken) {
        emit aboutToBlock();
        const auto next = usesTimers ? m_timers.nextMs() : std::nullopt;
        timeoutMs = m_isInterrupted ? 0 : next.value_or(-1);
    }
    int handled = usesSockets ? wait(timeoutMs) : waitForWakeUp(timeoutMs);
    if (usesTimers)
        handled += m_timers.fire();
    return handled > 0;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    Descriptor &entry = at(descriptor);
    entry.notifiers[size_t(notifier->type())] = notifier;
    if (notifier->type() == QSocketNotifier::Write)
        entry.triesWrite = true;
    change(descriptor, entry);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    Descriptor &entry = at(descriptor);
    QSocketNotifier *&place = entry.notifiers[size_t(notifier->type())];
    if (place != notifier)
        return;
    place = nullptr;
    if (wanted(entry) != 0)
        change(descriptor, entry);
    else
        // At once: the descriptor may be closed, and its number reused, right after this.
        apply(descriptor, entry);
}

void EpollDispatcher::wakeUp()
{
    // One write wakes it, however many ask before it has woken.
    if (m_isWoken.exchange(true))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wakeUps, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

EpollDispatcher::Descriptor &EpollDispatcher::at(int descriptor)
{
    if (m_descriptors.size() <= size_t(descriptor))
        m_descriptors.resize(size_t(descriptor) * 2 + 64);
    return m_descriptors[size_t(descriptor)];
}

quint32 EpollDispatcher::wanted(const Descriptor &entry)
{
    constexpr std::array<quint32, kinds> asked{EPOLLIN, EPOLLOUT, EPOLLPRI};
    quint32 events = 0;
    for (size_t kind = 0; kind < kinds; ++kind)
        events |= entry.notifiers[kind] ? asked[kind] : 0;
    return events;
}

void EpollDispatcher::change(int descriptor, Descriptor &entry)
{
    if (!std::exchange(entry.isDirty, true))
        m_changed.push_back(descriptor);
}

void EpollDispatcher::apply(int descriptor, Descriptor &entry)
{
    const quint32 events = wanted(entry);
    if (events == 0) {
        // What was fetched for the old owner of this number must not reach the next.
        ++entry.generation;
        entry.triesWrite = false;
    }
    if (events == entry.armed)
        return;
    epoll_event event{};
    event.events = events;
    event.data.u64 = pack(entry.generation, descriptor);
    const int first = events == 0 ? EPOLL_CTL_DEL
        : entry.armed != 0        ? EPOLL_CTL_MOD
                                  : EPOLL_CTL_ADD;
    if (::epoll_ctl(m_epoll, first, descriptor, &event) < 0 && events != 0) {
        const int other = errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        ::epoll_ctl(m_epoll, other, descriptor, &event);
    }
    entry.armed = events;
}

void EpollDispatcher::tryWrites()
{
    // By index, and looked up anew: handlers register and unregister.
    for (size_t i = 0; i < m_changed.size(); ++i) {
        Descriptor &entry = m_descriptors[size_t(m_changed[i])];
        if (std::exchange(entry.triesWrite, false))
            tell(entry.notifiers[QSocketNotifier::Write]);
    }
}

void EpollDispatcher::applyChanges()
{
    for (const int descriptor : std::exchange(m_changed, {})) {
        Descriptor &entry = m_descriptors[size_t(descriptor)];
        entry.isDirty = false;
        entry.triesWrite = false;
        apply(descriptor, entry);
    }
}

int EpollDispatcher::wait(int timeoutMs)
{
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), eventsAtOnce, timeoutMs);
    int handled = 0;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[size_t(i)];
        if (event.data.u64 == wakeUpMark) {
            drainWakeUps();
            ++handled;
        } else {
            handled +=
                dispatch(int(quint32(event.data.u64)), quint32(event.data.u64 >> 32), event.events);
        }
    }
    return handled;
}

int EpollDispatcher::waitForWakeUp(int timeoutMs)
{
    pollfd wakeUps{m_wakeUps, POLLIN, 0};
    if (::poll(&wakeUps, 1, timeoutMs) <= 0)
        return 0;
    drainWakeUps();
    return 1;
}

int EpollDispatcher::dispatch(int descriptor, quint32 generation, quint32 events)
{
    int handled = 0;
    for (size_t kind = 0; kind < kinds; ++kind) {
        // An earlier handler of this turn may have closed it.
        const Descriptor &entry = m_descriptors[size_t(descriptor)];
        if (entry.generation != generation)
            return handled;
        if ((events & (eventsOf[kind] | EPOLLHUP | EPOLLERR)) && tell(entry.notifiers[kind]))
            ++handled;
    }
    return handled;
}

void EpollDispatcher::drainWakeUps()
{
    // In this order: who asks between the two writes again, and nothing is lost.
    quint64 count = 0;
    [[maybe_unused]] const ssize_t read = ::read(m_wakeUps, &count, sizeof count);
    m_isWoken = false;
}

} // namespace parley
