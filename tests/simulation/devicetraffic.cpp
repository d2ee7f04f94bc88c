// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/device.h"

#include <QtCore/QCborMap>

/// What a device says and hears.
namespace parley::simulation {
namespace {

constexpr int screenEvery = 5;
constexpr size_t rememberedSends = 12;

/// The frame as a later version might say it: with a key that nobody knows yet.
QByteArray withUnknownKeys(const QByteArray &frame)
{
    QCborMap map = QCborValue::fromCbor(frame).toMap();
    map.insert(QStringLiteral("novelty"), 7);
    QCborMap body = map.value(QStringLiteral("body")).toMap();
    body.insert(QStringLiteral("further"), QStringLiteral("unknown"));
    map.insert(QStringLiteral("body"), body);
    return map.toCborValue().toCbor();
}

QByteArray unknownCommand(RequestNumber request)
{
    return QCborMap{{QStringLiteral("type"), QStringLiteral("dance")},
        {QStringLiteral("request"), qint64(request)}, {QStringLiteral("body"), QCborMap()}}
        .toCborValue()
        .toCbor();
}

QString heard(const PageReply &page)
{
    return QStringLiteral(" of chat %1: head %2, %3 entries from %4%5%6")
        .arg(page.chat.text().left(6))
        .arg(page.head)
        .arg(page.entries.size())
        .arg(page.entries.empty() ? 0 : page.entries.front().seq)
        .arg(page.more ? QStringLiteral(", more") : QString())
        .arg(page.opened ? QStringLiteral(", opened") : QString());
}

/// For a trace: what kind of frame it was, and what decides what a device asks next.
QString heard(const ServerFrame &frame)
{
    if (const auto *answer = std::get_if<Answer>(&frame))
        return QStringLiteral(" hears the answer to %1").arg(answer->request);
    if (const auto *refused = std::get_if<Refused>(&frame))
        return QStringLiteral(" hears %1 refused: error %2")
            .arg(refused->request)
            .arg(int(refused->refusal.code));
    const auto *event = std::get_if<Event>(&frame);
    const auto *live = event ? std::get_if<HandedOver>(event) : nullptr;
    const auto *pushed = event ? std::get_if<Pushed>(event) : nullptr;
    if (live)
        return QStringLiteral(" is handed over") + heard(live->page);
    if (!pushed)
        return QStringLiteral(" hears an event");
    if (pushed->entries.empty())
        return QStringLiteral(" is pushed marks of chat %1").arg(pushed->chat.text().left(6));
    const Entry &first = pushed->entries.front();
    return QStringLiteral(" is pushed chat %1: %2 entries from %3, kind %4 of %5")
        .arg(pushed->chat.text().left(6))
        .arg(pushed->entries.size())
        .arg(first.seq)
        .arg(int(first.kind))
        .arg(first.actor.text().left(6));
}

} // namespace

QByteArray Device::encoded(const ClientFrame &frame)
{
    Command command = frame.command;
    // Where pushes are lost all the time, a peer without digests would be behind for ever.
    const bool isWithoutDigest = peer == Peer::Plain && !m_server.losesPushes();
    if (auto *alive = std::get_if<Alive>(&command); alive && isWithoutDigest)
        alive->digest.reset();
    if (auto *history = std::get_if<History>(&command))
        history->limit = std::min(history->limit, quint32(m_mix.historyRows));
    if (const auto *mark = std::get_if<MarkUp>(&command); mark && frame.request < firstOwnRequest)
        checkClaim(*mark);
    m_wire->asked[frame.request] = command;
    ++m_server.counts[QStringLiteral("command: ") + QString::fromLatin1(commandName(command))];
    const QByteArray bytes = encodeCommand(frame.request, command);
    return peer == Peer::Newer && m_random.pick(3) == 0 ? withUnknownKeys(bytes) : bytes;
}

void Device::settle()
{
    if (!m_core)
        return;
    if (m_disk.isDown()) {
        // Dead in the middle of it: nothing that the core has to say leaves any more.
        ++m_server.counts[QStringLiteral("fault: device dies while storing")];
        die(m_random.chance(m_mix.powerLoss));
        return;
    }
    for (const ClientFrame &frame : m_core->takeFrames()) {
        if (!m_wire)
            continue;
        if (onFrame)
            onFrame(QStringLiteral("%1 asks %2 (%3)")
                        .arg(name)
                        .arg(frame.request)
                        .arg(QString::fromLatin1(commandName(frame.command))));
        m_wire->toServer.push_back(encoded(frame));
    }
    if (m_wire && peer == Peer::Newer && m_random.pick(50) == 0) {
        ++m_server.counts[QStringLiteral("case: unknown command")];
        m_wire->toServer.push_back(unknownCommand(++m_lastOwnRequest));
    }
    for (const notice::Any &told : m_core->takeNotices())
        note(told);
    // What the screen would be told is dear, and changes nothing: now and then is enough.
    if (++m_settled % screenEvery == 0) {
        (void)m_core->takeChanges();
        checkMarks();
    }
    checkRevision();
    if (m_core->takeCloseWish())
        disconnect();
}

void Device::ask(const Command &command)
{
    if (!m_wire || !isOn() || !m_core->isLive() || m_wire->isClosed)
        return;
    m_wire->toServer.push_back(encoded({++m_lastOwnRequest, command}));
}

void Device::note(const notice::Any &told)
{
    if (std::holds_alternative<notice::CacheFailed>(told)) {
        ++m_server.counts[QStringLiteral("case: a cache refused")];
        if (m_healAfter == 0 && !m_disk.isDown())
            violate(QStringLiteral("the cache failed: ")
                + std::get<notice::CacheFailed>(told).error.text);
    } else if (const auto *session = std::get_if<notice::SessionRefused>(&told)) {
        ++m_server.counts[QStringLiteral("case: sign-in refused")];
        // A reader that is behind may not know the device yet: then it tries again.
        m_isSignedOut =
            session->refusal.errorClass == ErrorClass::Auth && !m_server.hasDevice(user, id);
    } else if (const auto *closed = std::get_if<notice::ClosedByServer>(&told)) {
        ++m_server.counts[QStringLiteral("case: closed, reason %1").arg(int(closed->reason))];
    }
}

bool Device::receive()
{
    if (!m_wire || !isOn() || m_wire->isStuck() || isPaused())
        return false;
    if (m_server.nowMs < m_slowUntilMs)
        return false;
    if (m_wire->toClient.empty()) {
        if (!m_wire->isClosed)
            return false;
        disconnect();
        return true;
    }
    QByteArray frame = m_wire->takeForClient();
    if (!m_wire->isClosed)
        m_wire->session().drained(m_server.nowMs);
    if (peer == Peer::Newer && m_random.pick(4) == 0)
        frame = withUnknownKeys(frame);
    const auto decoded = decodeServerFrame(frame);
    if (!decoded) {
        violate(QStringLiteral("the server made a frame that the client cannot read"));
        return false;
    }
    const auto *answer = std::get_if<Answer>(&*decoded);
    const auto *refusal = std::get_if<Refused>(&*decoded);
    const RequestNumber request = answer ? answer->request : refusal ? refusal->request : 0;
    if (request > firstOwnRequest)
        return true;
    if (onFrame)
        onFrame(name + heard(*decoded));
    noteAnswer(*decoded);
    noteGap(*decoded);
    m_core->tick(moment());
    m_core->received(*decoded);
    settle();
    return true;
}

bool Device::transmit()
{
    if (!m_wire || !isOn() || m_wire->isStuck() || m_wire->isClosed || m_wire->toServer.empty()
        || isPaused())
        return false;
    const QByteArray frame = std::move(m_wire->toServer.front());
    m_wire->toServer.pop_front();
    m_wire->session().received(frame, m_server.nowMs);
    return true;
}

void Device::tick()
{
    if (!isOn() || isPaused())
        return;
    m_core->tick(moment());
    settle();
}

/// An ok that a client saw survives everything but the restore of a backup.
void Device::noteAnswer(const ServerFrame &frame)
{
    const auto *answer = std::get_if<Answer>(&frame);
    const auto *refusal = std::get_if<Refused>(&frame);
    if (!answer && !refusal)
        return;
    const auto asked = m_wire->asked.find(answer ? answer->request : refusal->request);
    const auto *send = asked == m_wire->asked.end() ? nullptr : std::get_if<Send>(&asked->second);
    if (!send)
        return;
    if (refusal) {
        if (refusal->refusal.errorClass == ErrorClass::Reject) {
            for (const Operation &operation : send->operations)
                refused.insert(operation.id);
        }
        return;
    }
    const auto reply = fromCbor<SendReply>(answer->body);
    for (const OperationResult &result : reply->results)
        noteResult(*send, result);
}

void Device::noteResult(const Send &send, const OperationResult &result)
{
    if (result.duplicate)
        ++m_server.counts[QStringLiteral("case: duplicate answered")];
    const bool isAccepted = result.seq && !result.error;
    if (onFrame)
        onFrame(QStringLiteral("%1 is told of %2: seq %3, error %4")
                    .arg(name, result.id.text())
                    .arg(result.seq.value_or(0))
                    .arg(result.error ? int(*result.error) : 0));
    if (isAccepted)
        m_server.acknowledged[{send.chat, result.id}] = *result.seq;
    else if (!result.error || errorClass(*result.error) == ErrorClass::Retry)
        return;
    else
        refused.insert(result.id);
    auto &sends = isAccepted ? acceptedSends : refusedSends;
    for (const Operation &operation : send.operations) {
        if (operation.id == result.id)
            sends.push_back(Send{send.chat, {operation}});
    }
    while (sends.size() > rememberedSends)
        sends.pop_front();
}

/// 17: where nothing can be missed, what is pushed is what comes next.
void Device::noteGap(const ServerFrame &frame)
{
    const auto *event = std::get_if<Event>(&frame);
    if (!event || !mustSeeNoGap || !m_core->isLive())
        return;
    if (const auto *push = std::get_if<Pushed>(event); push && !push->entries.empty()) {
        const Chat *chat = m_core->chat(push->chat);
        if (chat && chat->isMine() && push->entries.front().seq > chat->seq() + 1)
            violate(QStringLiteral("17: a gap: pushed %1, held %2")
                        .arg(push->entries.front().seq)
                        .arg(chat->seq()));
    } else if (const auto *state = std::get_if<UserStateChanged>(event)) {
        if (state->row.revision > m_core->state().revision() + 1)
            violate(QStringLiteral("17: a gap in the user state"));
    }
}

/// 7: what a device says to be delivered, it holds, or has said before.
void Device::checkClaim(const MarkUp &mark)
{
    const Chat *chat = m_core->chat(mark.chat);
    if (!chat || mark.delivered > std::max(chat->seq(), chat->mark(user).delivered))
        violate(QStringLiteral("7: delivered is claimed for what is not held"));
}

/// Only a restored store makes a device drop what it has. One that cannot read its cache shows
/// nothing, and says nothing any more.
void Device::checkRevision()
{
    if (m_healAfter > 0)
        return;
    const qint64 revision = m_core->state().revision();
    if (revision < m_lastRevision && !m_server.wasRestored)
        violate(QStringLiteral("5: it drops what it has though nothing was restored"));
    m_lastRevision = revision;
}

/// 6: watermarks never go back within an epoch.
void Device::checkMarks()
{
    if (m_core->epoch() != m_marksEpoch) {
        m_marks.clear();
        m_marksEpoch = m_core->epoch();
    }
    for (const Have &have : m_core->have()) {
        const Chat *chat = m_core->chat(have.chat);
        for (const auto &[member, mark] : chat->marks) {
            Mark &before = m_marks[{have.chat, member}];
            if (mark.delivered < before.delivered || mark.read < before.read)
                violate(QStringLiteral("6: a watermark went back"));
            before = mark;
        }
    }
}

} // namespace parley::simulation
