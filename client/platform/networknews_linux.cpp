// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/platform/networknews.h"

#include <QtCore/QSocketNotifier>

#include <array>
#include <cerrno>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley {

namespace {

/// What netlink(7) advises for one read.
constexpr size_t readBytes = 32 * 1024;

struct Heard {
    bool interfaces = false;
    bool defaultRoute = false;
};

int openSocket()
{
    const int socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (socket < 0)
        return -1;
    sockaddr_nl address = {};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE
        | RTMGRP_IPV6_ROUTE;
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0)
        return socket;
    ::close(socket);
    return -1;
}

bool isDefaultRoute(const nlmsghdr &header)
{
    if (header.nlmsg_len < NLMSG_LENGTH(sizeof(rtmsg)))
        return false;
    const auto *route = static_cast<const rtmsg *>(NLMSG_DATA(&header));
    return route->rtm_dst_len == 0 && route->rtm_type == RTN_UNICAST;
}

void note(const nlmsghdr &header, Heard &heard)
{
    switch (header.nlmsg_type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
    case RTM_NEWADDR:
    case RTM_DELADDR:
        heard.interfaces = true;
        break;
    case RTM_NEWROUTE:
        heard.defaultRoute = heard.defaultRoute || isDefaultRoute(header);
        break;
    default:
        break;
    }
}

} // namespace

NetworkNews::NetworkNews(QObject *parent)
    : QObject(parent)
    , m_socket(openSocket())
{
    if (m_socket < 0)
        return;
    auto *notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &NetworkNews::readAll);
}

NetworkNews::~NetworkNews()
{
    // Before the socket that it watches.
    delete findChild<QSocketNotifier *>();
    if (m_socket >= 0)
        ::close(m_socket);
}

void NetworkNews::readAll()
{
    Heard heard;
    alignas(nlmsghdr) std::array<char, readBytes> buffer;
    for (;;) {
        sockaddr_nl from = {};
        socklen_t fromBytes = sizeof(from);
        const auto bytes = ::recvfrom(m_socket, buffer.data(), buffer.size(), 0,
            reinterpret_cast<sockaddr *>(&from), &fromBytes);
        if (bytes < 0 && errno == EINTR)
            continue;
        // More happened than fits: something changed, whatever it was.
        if (bytes < 0 && errno == ENOBUFS) {
            heard = {true, true};
            continue;
        }
        if (bytes <= 0)
            break;
        // Other programs can write here as well as the kernel, which is number 0.
        if (from.nl_pid != 0)
            continue;
        auto left = static_cast<unsigned int>(bytes);
        for (const auto *header = reinterpret_cast<const nlmsghdr *>(buffer.data());
             NLMSG_OK(header, left); header = NLMSG_NEXT(header, left))
            note(*header, heard);
    }
    if (heard.interfaces)
        emit interfacesChanged();
    if (heard.defaultRoute)
        emit defaultRouteCame();
}

} // namespace parley
