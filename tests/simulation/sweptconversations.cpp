// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/core/statekeys.h"
#include "shared/codec/cbor.h"
#include "shared/directchat.h"
#include "tests/simulation/stage.h"
#include "tests/simulation/sweep.h"

using namespace Qt::StringLiterals;

/// Conversations in which the disk of the server, or of one device, fails.
namespace parley::simulation {
namespace {

constexpr int checkpointPages = 16; ///< so that checkpoints are swept, too
constexpr qint64 shortMs = 3'000;
constexpr qint64 longAwayMs = 120'000;
constexpr int fewMessages = 3;
constexpr int manyMessages = 55; ///< more than a chat that is opened brings
constexpr size_t ana = 0;
constexpr size_t ben = 1;
constexpr size_t companion = 3; ///< Ana's second device, where there is one

enum class Side { Server, Client };

struct Play;
using Part = void (*)(Play &);
using Check = std::optional<QString> (*)(Play &);

struct Script {
    const char *name;
    Side side;
    Part before;
    Part act;
    Check check = nullptr;
    size_t swept = ana; ///< the device whose disk fails
};

struct Play {
    explicit Play(const Stage::Scene &scene)
        : stage(scene)
    {
    }
    Device &device(size_t number) { return stage.device(number); }
    void say(size_t number, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            stage.say(device(number), chat);
    }
    void want(size_t number, const Stage::Work &work) { stage.want(device(number), chat, work); }
    const MemoryChat &stored() { return stage.server().state().chats.at(chat); }

    Stage stage;
    ChatId chat;
    MessageId message;
};

/// A group in which some things were said.
void gather(Play &play)
{
    play.chat = play.stage.group();
    play.say(ana);
    play.say(ben);
    play.say(ana);
    play.stage.live(shortMs);
    play.message = play.stage.newest(play.device(ana), play.chat);
}

void gatherWithoutAna(Play &play)
{
    gather(play);
    play.device(ana).disconnect();
}

void gatherAnsweredByBen(Play &play)
{
    gather(play);
    play.say(ben, fewMessages);
    play.stage.live(shortMs);
}

void gatherAndMiss(Play &play)
{
    gatherWithoutAna(play);
    play.say(ben, 30);
    play.stage.deliver();
}

void gatherWithACompanion(Play &play)
{
    gather(play);
    play.stage.addDevice(ana);
    play.stage.live(shortMs);
}

void gatherMuch(Play &play)
{
    gather(play);
    play.say(ben, manyMessages);
    play.stage.live(shortMs);
    play.stage.addDevice(ana);
    play.device(companion).core().setBackfill(false);
}

void gatherMuchAndOpen(Play &play)
{
    gatherMuch(play);
    play.stage.live(shortMs);
}

void gatherAndBeAway(Play &play)
{
    gatherWithoutAna(play);
    play.stage.pass(longAwayMs);
}

void gatherAndWriteAway(Play &play)
{
    gatherWithoutAna(play);
    play.say(ana, fewMessages);
}

void gatherAndBackUp(Play &play)
{
    gather(play);
    play.stage.server().backup();
    play.say(ana);
    play.say(ben);
    play.stage.live(shortMs);
}

void ask(Play &play)
{
    play.stage.meet();
    const UserId other = play.device(ben).user;
    play.chat = directChatId(play.device(ana).user, other);
    play.stage.create(
        play.device(ana), [other](ClientCore &core) { return core.createDirect(other); });
    play.stage.live(shortMs);
}

void nothing(Play &play)
{
    play.stage.live(shortMs);
}

void live(Play &play)
{
    play.stage.live(shortMs);
}

void createDirect(Play &play)
{
    const UserId other = play.device(ben).user;
    play.stage.create(
        play.device(ana), [other](ClientCore &core) { return core.createDirect(other); });
    play.stage.live(shortMs);
}

void createGroup(Play &play)
{
    const std::vector<UserId> others{play.stage.user(1), play.stage.user(2)};
    play.stage.create(play.device(ana),
        [others](ClientCore &core) { return core.createGroup(u"Kitchen"_s, others); });
    play.stage.live(shortMs);
}

void sayOne(Play &play)
{
    play.say(ana);
    play.stage.live(shortMs);
}

void sayABatch(Play &play)
{
    play.device(ana).disconnect();
    play.say(ana, int(limits::batchOperations));
    play.stage.live(shortMs);
}

void sayOffline(Play &play)
{
    play.say(ana);
}

void hear(Play &play)
{
    play.say(ben, fewMessages);
    play.stage.live(shortMs);
}

/// The server has it, and its answer does not arrive.
void loseTheAnswer(Play &play)
{
    play.say(ana);
    Device &device = play.device(ana);
    while (device.transmit()) { }
    while (play.stage.server().stepService()) { }
    device.disconnect();
    play.stage.live(shortMs);
}

void edit(Play &play)
{
    play.want(ana, [chat = play.chat, message = play.message](ClientCore &core) {
        return core.edit(chat, message, ContentType::Text, "<sim:edited>");
    });
    play.stage.live(shortMs);
}

void remove(Play &play)
{
    play.want(ana, [chat = play.chat, message = play.message](ClientCore &core) {
        return core.remove(chat, message);
    });
    play.stage.live(shortMs);
}

void react(Play &play)
{
    play.want(ana, [chat = play.chat, message = play.message](ClientCore &core) {
        return core.react(chat, message, u"+1"_s);
    });
    play.stage.live(shortMs);
}

void read(Play &play)
{
    const Chat *chat = play.device(ana).isOn() ? play.device(ana).core().chat(play.chat) : nullptr;
    const qint64 upTo = chat ? chat->seq() : 0;
    play.want(ana, [id = play.chat, upTo](ClientCore &core) { return core.markRead(id, upTo); });
    play.stage.live(shortMs);
}

template <Kind kind, size_t who>
void change(Play &play)
{
    play.want(who, [chat = play.chat](ClientCore &core) -> Status {
        // Told that it failed, it may still have been kept, and done since.
        const Chat *known = core.chat(chat);
        if (kind == Kind::Leave && known && !known->isMine())
            return Done{};
        return core.changeOwnMembership(chat, kind);
    });
    play.stage.live(shortMs);
}

void removeBen(Play &play)
{
    play.want(ana, [chat = play.chat, user = play.device(ben).user](ClientCore &core) {
        return core.removeMember(chat, user);
    });
    play.stage.live(shortMs);
}

void keepDraft(Play &play)
{
    play.want(ana, [key = statekeys::draft(play.chat)](ClientCore &core) {
        return core.setState(key, toCbor(Draft{u"begun"_s, {}, {}}));
    });
    play.stage.live(shortMs);
}

void revoke(Play &play)
{
    play.device(companion).isRevoked = true;
    play.device(ana).ask(RevokeDevice{play.device(companion).id});
    play.stage.live(shortMs);
}

void getADevice(Play &play)
{
    if (play.stage.server().mayAddDevices()) {
        Device &added = play.stage.addDevice(ana);
        // A token that was not confirmed is given to nobody.
        added.isRevoked = !play.stage.server().hasDevice(added.user, added.id);
    }
    play.stage.live(shortMs);
}

void getAPerson(Play &play)
{
    if (play.stage.server().mayAddDevices())
        play.stage.addPerson(u"dora"_s);
    play.stage.live(shortMs);
}

void wantHistory(Play &play)
{
    if (play.device(companion).isOn())
        play.device(companion).core().wantHistory(play.chat, 1, limits::openRows);
    play.device(companion).settle();
    play.stage.live(shortMs);
}

void restore(Play &play)
{
    play.stage.server().restore();
    play.stage.live(shortMs);
}

std::optional<QString> isRead(Play &play)
{
    const auto member = play.stored().state->members.find(play.device(ana).user);
    return member->second.read > 0 ? std::nullopt
                                   : std::optional(u"what was read is unread again"_s);
}

std::optional<QString> isKept(Play &play)
{
    const std::vector<StateRow> rows = play.device(ana).cache().state();
    const bool isThere = std::any_of(rows.begin(), rows.end(), [&](const StateRow &row) {
        return row.key == statekeys::draft(play.chat) && row.value
            && *row.value == toCbor(Draft{u"begun"_s, {}, {}});
    });
    return isThere ? std::nullopt : std::optional(u"a draft is lost"_s);
}

std::optional<QString> isEdited(Play &play)
{
    const auto row = play.stage.row(play.device(ana), play.chat, play.message);
    return row && row->payload == "<sim:edited>" ? std::nullopt
                                                 : std::optional(u"an edit is lost"_s);
}

std::optional<QString> isGone(Play &play)
{
    const auto row = play.stage.row(play.device(ana), play.chat, play.message);
    return row && row->deleted && row->payload.isEmpty()
        ? std::nullopt
        : std::optional(u"a deleted message is there again"_s);
}

std::optional<QString> isReacted(Play &play)
{
    const auto row = play.stage.row(play.device(ana), play.chat, play.message);
    return row && row->reactions.size() == 1 ? std::nullopt
                                             : std::optional(u"a reaction is lost"_s);
}

const std::array scripts{
    Script{"server/sign-in", Side::Server, gatherAndBeAway, live},
    Script{"server/new-person", Side::Server, nothing, getAPerson},
    Script{"server/new-device", Side::Server, gather, getADevice},
    Script{"server/create-direct", Side::Server, nothing, createDirect},
    Script{"server/create-group", Side::Server, nothing, createGroup},
    Script{"server/message", Side::Server, gather, sayOne},
    Script{"server/batch", Side::Server, gather, sayABatch},
    Script{"server/edit", Side::Server, gather, edit, isEdited},
    Script{"server/delete", Side::Server, gather, remove, isGone},
    Script{"server/reaction", Side::Server, gather, react, isReacted},
    Script{"server/mark", Side::Server, gather, read, isRead},
    Script{"server/leave", Side::Server, gather, change<Kind::Leave, ben>},
    Script{"server/remove-member", Side::Server, gather, removeBen},
    Script{"server/accept-request", Side::Server, ask, change<Kind::Accept, ben>},
    Script{"server/block", Side::Server, ask, change<Kind::Block, ben>},
    Script{"server/user-state", Side::Server, gather, keepDraft, isKept},
    Script{"server/revoke-device", Side::Server, gatherWithACompanion, revoke},
    Script{"server/absence", Side::Server, gatherAndMiss, live},
    Script{"server/answer-lost", Side::Server, gather, loseTheAnswer},
    Script{"client/sign-in", Side::Client, gatherMuch, live, nullptr, companion},
    Script{"client/outbox", Side::Client, gatherWithoutAna, sayOffline},
    Script{"client/outbox-sent", Side::Client, gatherAndWriteAway, live},
    Script{"client/answer-lost", Side::Client, gather, loseTheAnswer},
    Script{"client/message", Side::Client, gather, sayOne},
    Script{"client/push", Side::Client, gather, hear},
    Script{"client/sync-page", Side::Client, gatherAndMiss, live},
    Script{"client/history", Side::Client, gatherMuchAndOpen, wantHistory, nullptr, companion},
    Script{"client/create-direct", Side::Client, nothing, createDirect},
    Script{"client/create-group", Side::Client, nothing, createGroup},
    Script{"client/edit", Side::Client, gather, edit, isEdited},
    Script{"client/delete", Side::Client, gather, remove, isGone},
    Script{"client/reaction", Side::Client, gather, react, isReacted},
    Script{"client/mark", Side::Client, gatherAnsweredByBen, read, isRead},
    Script{"client/draft", Side::Client, gather, keepDraft, isKept},
    Script{"client/leave", Side::Client, gather, change<Kind::Leave, ben>, nullptr, ben},
    Script{"client/accept-request", Side::Client, ask, change<Kind::Accept, ben>, nullptr, ben},
    Script{"client/block", Side::Client, ask, change<Kind::Block, ben>, nullptr, ben},
    Script{"client/server-restored", Side::Client, gatherAndBackUp, restore},
};

class Conversation : public SweptLife {
public:
    Conversation(const Script &script, const Stage::Scene &scene, CrashingDisk::Crash crash)
        : m_script(script)
        , m_crash(crash)
        , m_play(scene)
    {
        m_script.before(m_play);
    }

    CrashingDisk &disk() override
    {
        return m_script.side == Side::Server ? *m_play.stage.server().disk()
                                             : m_play.device(m_script.swept).disk();
    }

    void expectErrors() override
    {
        if (m_script.side == Side::Server)
            return;
        // It knows that its disk fails; when, the sweep decides.
        m_play.device(m_script.swept)
            .failDisk(CrashingDisk::Failure::Error, std::numeric_limits<int>::max());
        disk().heal();
    }

    void act() override { m_script.act(m_play); }

    std::optional<QString> recover() override
    {
        // What the disk holds now is all that there is.
        if (m_script.side == Side::Server)
            m_play.stage.server().crash();
        else
            m_play.device(m_script.swept).crash(m_crash);
        if (auto wrong = m_play.stage.rest())
            return wrong;
        if (auto wrong = m_play.stage.judge())
            return wrong;
        return m_script.check ? m_script.check(m_play) : std::nullopt;
    }

private:
    const Script &m_script;
    CrashingDisk::Crash m_crash;
    Play m_play;
};

} // namespace

std::vector<SweptScenario> sweptConversations()
{
    std::vector<SweptScenario> all;
    for (const Script &script : scripts) {
        all.push_back({QLatin1String(script.name), [&script](const SweptManner &manner) {
                           Stage::Scene scene;
                           scene.store =
                               script.side == Side::Server ? StoreKind::Sqlite : StoreKind::Memory;
                           scene.seed = manner.seed;
                           scene.powerLoss = manner.crash == CrashingDisk::Crash::PowerLoss ? 1 : 0;
                           scene.checkpointPages = manner.hasCheckpoints ? checkpointPages : 0;
                           return std::make_unique<Conversation>(script, scene, manner.crash);
                       }});
    }
    return all;
}

} // namespace parley::simulation
