// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/platform/link.h"

#include <QtTest/QTest>

#include <array>
#include <memory>

#include <sys/socket.h>
#include <unistd.h>

namespace parley::bench {

class LinkTest : public QObject {
    Q_OBJECT
private slots:
    void writesNothingBeforeTheLoopWasAsked();
    void writesNothingWhenItGoes();
};

namespace {

constexpr qint64 moment = 20 * nsPerMs;

/// A link, and the other end of its connection as a bare descriptor. Answers every arrival with
/// an acknowledgement, as the relay does.
class Answering : public Link::Owner {
public:
    Answering()
    {
        std::array<int, 2> ends{};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return;
        peer = ends[1];
        link = std::make_unique<Link>(route, *this);
        link->adopt(ends[0]);
    }
    ~Answering() override { close(peer); }

    void opened() override { }
    size_t arrived(std::string_view bytes) override
    {
        link->out() += "acknowledged";
        return bytes.size();
    }
    void lost(const char *) override { }

    /// Everything that can be read.
    std::string read() const
    {
        std::string all;
        std::array<char, 4096> buffer{};
        ssize_t got = 0;
        while ((got = recv(peer, buffer.data(), buffer.size(), 0)) > 0)
            all.append(buffer.data(), static_cast<size_t>(got));
        return all;
    }

    Loop loop;
    Route route{loop, 0, Route::Security::Plain};
    int peer = -1;
    std::unique_ptr<Link> link;
};

} // namespace

void LinkTest::writesNothingBeforeTheLoopWasAsked()
{
    Answering answering;
    bool isSynced = true;
    answering.loop.setBeforeFlush([&] { return isSynced; });
    // More than the socket holds: the rest waits until it can be written.
    const size_t much = 4'000'000;
    answering.link->out().append(much, 'x');
    answering.loop.turn(moment);
    size_t read = answering.read().size();
    QVERIFY(read > 0 && read < much);

    // From now on there is room, and with it comes a message that is not on the disk.
    isSynced = false;
    QCOMPARE(send(answering.peer, "message", 7, 0), 7);
    for (int turns = 0; turns < 3; ++turns)
        answering.loop.turn(moment);
    QCOMPARE(answering.read(), std::string());

    isSynced = true;
    std::string rest;
    for (int turns = 0; turns < 1'000 && !rest.ends_with("acknowledged"); ++turns) {
        answering.loop.turn(moment);
        rest += answering.read();
    }
    QVERIFY(rest.ends_with("acknowledged"));
    QCOMPARE(read + rest.size(), much + 12);
}

void LinkTest::writesNothingWhenItGoes()
{
    Answering answering;
    answering.link->out() += "acknowledged";
    answering.link.reset();
    QCOMPARE(answering.read(), std::string());
}

} // namespace parley::bench

QTEST_GUILESS_MAIN(parley::bench::LinkTest)
#include "tst_link.moc"
