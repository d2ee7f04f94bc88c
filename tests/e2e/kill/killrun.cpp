// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/kill/killrun.h"

#include "server/admin/adminclient.h"
#include "tests/e2e/compare/comparison.h"
#include "tests/support/waiting.h"

#include <QtCore/QDir>

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

constexpr int people = 3;
constexpr int devices = 5; ///< the first two people have two each
constexpr int chats = 2; ///< of those who are in the direct chat, too
constexpr int trafficMs = 4'000; ///< for something to be accepted between two cycles
constexpr int pauseMostMs = 900;
constexpr int downMostMs = 1'500;
constexpr int stopMostMs = 400; ///< with the work going on, before the next blow
constexpr int restMs = 240'000;

Error failed(const QString &text)
{
    return Error(ErrorCode::Internal, text);
}

} // namespace

KillRun::KillRun(Settings settings)
    : m_settings(std::move(settings))
    , m_random(m_settings.seed)
    , m_forecast(m_settings.seed)
    , m_server(m_settings.folder + u"/server"_s)
{
    m_weather.setSingleShot(true);
    QObject::connect(&m_weather, &QTimer::timeout, &m_weather, [this] { blow(); });
}

KillRun::~KillRun() = default;

Status KillRun::run()
{
    m_clock.start();
    if (auto begun = begin(); !begun)
        return begun;
    std::vector<Victim> victims(static_cast<size_t>(m_settings.serverCycles), Victim::Server);
    victims.insert(victims.end(), static_cast<size_t>(m_settings.clientCycles), Victim::Client);
    std::shuffle(victims.begin(), victims.end(), m_random);
    for (const Victim victim : victims)
        if (auto done = cycle(victim); !done)
            return done;
    if (auto settled = settle(); !settled)
        return settled;
    m_figures.journalLines = journalLines();
    m_figures.connections = m_proxy->accepted();
    m_figures.totalMs = m_clock.elapsed();
    return close();
}

Status KillRun::begin()
{
    for (const auto &folder : {peopleFolder(), captureFolder(), m_settings.folder + u"/keys"_s})
        if (!QDir().mkpath(folder))
            return failed(u"%1 cannot be made"_s.arg(folder));
    if (!m_server.start())
        return failed(u"the server does not start: "_s + m_server.log());
    m_proxy = std::make_unique<TcpProxy>(m_server.port());
    m_proxy->setCapture(captureFolder());
    for (int number = 0; number < devices; ++number)
        if (auto added = addChatter(number); !added)
            return added;
    if (auto made = makeChats(); !made)
        return made;
    for (const auto &chatter : m_chatters)
        chatter->say("go");
    if (m_settings.hasWeather)
        blow();
    return Done{};
}

Result<QJsonObject> KillRun::ask(const QJsonObject &question)
{
    const auto admin = AdminClient::connect(dataFolder());
    if (!admin)
        return admin.error();
    return (*admin)->ask(question);
}

Status KillRun::addChatter(int number)
{
    const auto name = u"talker%1"_s.arg(number % people);
    if (number < people)
        if (const auto added = ask({{u"command"_s, u"user.add"_s}, {u"name"_s, name}}); !added)
            return added.error();
    const auto token = ask({{u"command"_s, u"token.create"_s}, {u"name"_s, name}});
    if (!token)
        return token.error();
    if (number < people)
        m_users.push_back(*UserId::fromText((*token)[u"id"_s].toString().toLatin1()));
    ChatterProcess::Place place;
    place.program = m_settings.chatterProgram;
    place.folder = peopleFolder();
    place.profile = u"device%1"_s.arg(number);
    place.server = m_proxy->url();
    place.tokenFile = u"%1/keys/%2"_s.arg(m_settings.folder).arg(number);
    place.journal = u"%1/journal%2"_s.arg(m_settings.folder).arg(number);
    place.seed = static_cast<quint32>(m_random());
    QFile key(place.tokenFile);
    if (!key.open(QIODevice::WriteOnly))
        return failed(u"%1 cannot be written"_s.arg(place.tokenFile));
    key.write((*token)[u"token"_s].toString().toLatin1());
    m_chatters.push_back(std::make_unique<ChatterProcess>(place));
    m_chatters.back()->start();
    return Done{};
}

Status KillRun::makeChats()
{
    const bool areOnline = waitUntil([this] {
        return std::ranges::all_of(m_chatters, [](const auto &each) { return each->isOnline(); });
    });
    if (!areOnline)
        return failed(u"the clients cannot sign in"_s);
    m_chatters.front()->found({m_users.begin() + 1, m_users.end()});
    // The third one is in the group alone.
    const bool areThere = waitUntil([this] {
        for (size_t number = 0; number < m_chatters.size(); ++number)
            if (m_chatters[number]->chats() < (number % people == people - 1 ? 1 : chats))
                return false;
        return true;
    });
    return areThere ? Status(Done{}) : Status(failed(u"the chats do not arrive"_s));
}

void KillRun::blow()
{
    if (m_gust.number > 0) {
        WeatherForecast::apply(m_gust, *m_proxy);
        ++m_figures.gusts[m_gust.kind];
    }
    m_gust = m_forecast.next();
    m_weather.start(m_gust.afterMs);
}

qint64 KillRun::journalLines() const
{
    qint64 lines = 0;
    for (const auto &chatter : m_chatters)
        lines += chatter->journalLines();
    return lines;
}

QStringList KillRun::journals() const
{
    QStringList files;
    for (const auto &chatter : m_chatters)
        files += chatter->place().journal;
    return files;
}

// As the person would, or a network that comes back: nobody waits for a minute in vain.
void KillRun::nudge()
{
    for (const auto &chatter : m_chatters)
        chatter->say("retry");
}

void KillRun::awaitTraffic()
{
    const auto wanted = journalLines() + 1 + drawn(30);
    (void)waitUntil([&] { return journalLines() >= wanted; }, trafficMs);
    QTest::qWait(drawn(stopMostMs));
}

Status KillRun::cycle(Victim victim)
{
    awaitTraffic();
    if (victim == Victim::Client) {
        cycleClient();
        return Done{};
    }
    return cycleServer();
}

Status KillRun::cycleServer()
{
    m_figures.mostServerBytes = std::max(m_figures.mostServerBytes, m_server.mostResidentBytes());
    const int what = drawn(10);
    if (what < 4) {
        m_server.pause();
        QTest::qWait(drawn(pauseMostMs));
    }
    if (what < 3) {
        ++m_figures.serverPauses;
        m_server.resume();
        return Done{};
    }
    ++m_figures.serverKills;
    m_server.kill();
    if (what > 7)
        QTest::qWait(drawn(downMostMs));
    return restartServer();
}

Status KillRun::restartServer()
{
    if (!m_server.start())
        return failed(u"the server does not start again: "_s + m_server.log());
    nudge();
    return Done{};
}

void KillRun::cycleClient()
{
    auto &chatter = *m_chatters[static_cast<size_t>(drawn(devices))];
    const int what = drawn(10);
    if (what < 4) {
        chatter.pause();
        QTest::qWait(drawn(pauseMostMs));
    }
    if (what < 3) {
        ++m_figures.clientPauses;
        chatter.resume();
        return;
    }
    ++m_figures.clientKills;
    chatter.kill();
    if (what > 7)
        QTest::qWait(drawn(downMostMs));
    chatter.start();
    chatter.say("go");
}

Status KillRun::settle()
{
    m_weather.stop();
    WeatherForecast::apply({0, WeatherForecast::Kind::Clear, 0}, *m_proxy);
    for (const auto &chatter : m_chatters)
        chatter->say("stop");
    // Who is half open does not know it yet.
    m_proxy->cutAll();
    QString faults;
    const bool isAtRest = waitUntil(
        [&] {
            nudge();
            QTest::qWait(500);
            const auto findings =
                compare::compareAll({dataFolder(), {peopleFolder()}, {}, compare::Rest::AtRest});
            faults = findings ? findings->faults.mid(0, 20).join(u'\n') : findings.error().text;
            return faults.isEmpty();
        },
        restMs);
    return isAtRest ? Status(Done{}) : Status(failed(u"no rest:\n"_s + faults));
}

Status KillRun::close()
{
    for (const auto &chatter : m_chatters)
        if (!chatter->end())
            return failed(u"%1 does not end by itself"_s.arg(chatter->place().profile));
    m_figures.mostServerBytes = std::max(m_figures.mostServerBytes, m_server.mostResidentBytes());
    if (m_server.terminate() != std::optional(0))
        return failed(u"the server does not stop by itself: "_s + m_server.log());
    m_proxy.reset();
    return Done{};
}

} // namespace parley
