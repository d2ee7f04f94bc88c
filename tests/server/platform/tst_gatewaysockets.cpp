// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/gatewaysockets.h"

#include <QtTest/QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley {

class GatewaySocketsTest : public QObject {
    Q_OBJECT
private slots:
    void ownsWhatItTakes();
    void closesWhatQtRefuses();
};

namespace {

bool isOpen(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

} // namespace

void GatewaySocketsTest::ownsWhatItTakes()
{
    const auto sockets = makeQtSockets({});
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto opened = sockets->open(descriptor);
    QVERIFY(opened);
    QVERIFY(isOpen(descriptor));
    opened.reset();
    QVERIFY(!isOpen(descriptor));
}

void GatewaySocketsTest::closesWhatQtRefuses()
{
    const auto sockets = makeQtSockets({});
    // Nothing but a name of a folder: no socket, and not even to be read.
    const int descriptor = open("/", O_PATH | O_CLOEXEC);
    QVERIFY(isOpen(descriptor));
    QVERIFY(!sockets->open(descriptor));
    QVERIFY(!isOpen(descriptor));
}

} // namespace parley

QTEST_GUILESS_MAIN(parley::GatewaySocketsTest)
#include "tst_gatewaysockets.moc"
