// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/stage.h"

#include "tests/simulation/payload.h"
#include "tests/simulation/temporaryplace.h"

using namespace Qt::StringLiterals;

namespace parley::simulation {
namespace {

constexpr qint64 roundMs = 1'000;
constexpr qint64 restStepMs = 5'000;
/// A digest finds what a push did not bring, and a send that failed again and again waits.
constexpr int restRounds = 60;

WorldOptions optionsOf(const Stage::Scene &scene)
{
    Mix mix;
    mix.people = scene.people;
    mix.powerLoss = scene.powerLoss;
    mix.checkpointPages = scene.checkpointPages;
    mix.sendQueueBytes = limits::sendQueueBytes;
    mix.batchOperations = int(limits::batchOperations);
    mix.historyRows = int(limits::historyRows);
    WorldOptions options;
    options.store = scene.store;
    options.mix = mix;
    return options;
}

} // namespace

Stage::Stage(const Scene &scene)
    : m_folder(temporaryPlace())
    , m_world(scene.seed, m_folder.path(), optionsOf(scene))
{
    for (int i = 0; i < scene.people; ++i) {
        addPerson(u"user%1"_s.arg(i));
        addDevice(size_t(i));
    }
}

Device &Stage::addDevice(size_t person)
{
    Device &device = m_world.addDevice(user(person), qsizetype(person));
    // A script may well make a device miss something.
    device.mustSeeNoGap = false;
    return device;
}

void Stage::refused(const Error &error, std::function<void()> again)
{
    if (error.code != ErrorCode::Unavailable && error.text.isEmpty() && !m_violation)
        m_violation = u"a wish was refused without a reason"_s;
    m_again.push_back(std::move(again));
}

bool Stage::want(Device &device, const ChatId &chat, const Work &work)
{
    const auto again = [this, &device, chat, work] { want(device, chat, work); };
    if (!device.isOn()) {
        m_again.emplace_back(again);
        return false;
    }
    const size_t before = device.core().outbox().items(chat).size();
    const Status done = work(device.core());
    if (done)
        m_world.rememberNewest(device, chat, before, done);
    else
        refused(done.error(), again);
    device.settle();
    return bool(done);
}

std::optional<ChatId> Stage::create(Device &device, const Creation &work)
{
    const auto again = [this, &device, work] { create(device, work); };
    if (!device.isOn()) {
        m_again.emplace_back(again);
        return std::nullopt;
    }
    const auto made = work(device.core());
    if (!made) {
        refused(made.error(), again);
        device.settle();
        return std::nullopt;
    }
    const auto &items = device.core().outbox().items(*made);
    const bool isKnown = items.empty()
        || std::any_of(device.wished.begin(), device.wished.end(),
            [&](const Wished &wish) { return wish.id == items.back().operation.id; });
    if (!isKnown)
        m_world.rememberNewest(device, *made, 0, Done{});
    device.settle();
    return *made;
}

std::optional<MessageId> Stage::say(Device &device, const ChatId &chat)
{
    NewMessage message;
    message.payload = m_world.newPayload(device);
    std::optional<MessageId> said;
    want(device, chat, [chat, message](ClientCore &core) -> Status {
        const auto composed = core.compose(chat, message);
        return composed ? Status(Done{}) : Status(composed.error());
    });
    if (device.isOn() && !device.wished.empty() && !device.core().outbox().items(chat).empty())
        said = device.wished.back().id;
    return said;
}

std::optional<Row> Stage::row(Device &device, const ChatId &chat, const MessageId &message)
{
    return device.isOn() ? device.cache().row(chat, message) : std::nullopt;
}

MessageId Stage::newest(Device &device, const ChatId &chat)
{
    const Chat *known = device.isOn() ? device.core().chat(chat) : nullptr;
    if (!known)
        return {};
    const auto rows = device.cache().rows(
        chat, Interval{1, known->seq()}, Cache::Order::NewestFirst, int(limits::historyRows));
    const auto found = std::find_if(rows.begin(), rows.end(),
        [](const Row &each) { return each.kind == Kind::Message && !each.deleted; });
    return found == rows.end() ? MessageId() : found->id;
}

qint64 Stage::unread(Device &device, const ChatId &chat)
{
    const Chat *known = device.core().chat(chat);
    return known ? device.core().screen().unread(*known) : -1;
}

void Stage::meet()
{
    server().boot();
    for (const auto &device : m_world.m_devices) {
        device->switchOn();
        device->connect();
    }
    deliver();
}

void Stage::live(qint64 ms)
{
    meet();
    for (qint64 passedMs = 0; passedMs < ms; passedMs += roundMs) {
        pass(roundMs);
        meet();
    }
}

ChatId Stage::group()
{
    const std::vector<UserId> others(m_world.m_users.begin() + 1, m_world.m_users.end());
    meet();
    const auto made = create(
        device(0), [others](ClientCore &core) { return core.createGroup(u"Garden"_s, others); });
    PARLEY_ASSERT(made);
    meet();
    for (size_t i = 1; i < size_t(m_world.m_users.size()); ++i) {
        const Chat *known = device(i).core().chat(*made);
        PARLEY_ASSERT(known);
        const MemberRow *own = known->member(device(i).user);
        if (own && own->state == MemberState::Invited)
            want(device(i), *made,
                [made](ClientCore &core) { return core.changeOwnMembership(*made, Kind::Accept); });
    }
    live(roundMs);
    return *made;
}

std::optional<QString> Stage::rest()
{
    m_world.endFaults();
    std::optional<QString> missing;
    for (int round = 0; round < restRounds; ++round) {
        for (const auto &device : m_world.m_devices)
            device->connect();
        deliver();
        for (const auto &again : std::exchange(m_again, {}))
            again();
        deliver();
        if (auto wrong = m_world.violation())
            return wrong;
        if (m_violation || !m_again.empty())
            return m_violation.value_or(u"a wish is refused though nothing is wrong"_s);
        missing = m_world.whatIsMissing();
        if (!missing)
            return std::nullopt;
        pass(restStepMs);
    }
    return u"9: not well after %1 s without faults: %2"_s.arg(restRounds * restStepMs / 1000)
        .arg(*missing);
}

std::optional<QString> Stage::judge()
{
    server().finish();
    if (auto wrong = m_world.violation())
        return wrong;
    for (const auto check : {&World::checkLogs, &World::checkAcknowledged}) {
        if (auto wrong = (m_world.*check)())
            return wrong;
    }
    if (auto wrong = m_world.checkWishes())
        return wrong;
    for (const auto &device : m_world.m_devices) {
        if (!m_world.mustBeWell(*device))
            continue;
        if (auto wrong = m_world.checkDevice(*device))
            return u"%1: %2"_s.arg(*wrong, device->name);
    }
    return unsound();
}

/// Files that are not sound, and messages that are not whole.
std::optional<QString> Stage::unsound()
{
    for (const auto &device : m_world.m_devices) {
        auto check = device->cache().database().statement(u"PRAGMA integrity_check"_s);
        const auto row = check.step();
        if (!row || !*row || check.text(0) != u"ok"_s)
            return device->name + u": its file is not sound"_s;
        while (true) {
            const auto more = check.step();
            if (!more || !*more)
                break;
        }
    }
    for (const auto &[id, chat] : server().state().chats) {
        for (const auto &[seq, row] : chat.rows) {
            const bool isText = row.kind == Kind::Message && !row.deleted;
            if (isText && !(row.payload.startsWith(payloadMark) && row.payload.endsWith('>')))
                return u"a message in the log is not whole"_s;
        }
    }
    return std::nullopt;
}

} // namespace parley::simulation
