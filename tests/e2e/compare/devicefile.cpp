// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/devicefile.h"

#include <QtCore/QCborArray>

namespace parley::compare {

using namespace Qt::StringLiterals;

namespace {

/// Above it others' marks are fetched when somebody wants to see them.
constexpr qsizetype pushedMarksMembers = 64;
constexpr int blockKind = 13;
constexpr int unblockKind = 14;

/// One device's file while it is compared.
class Comparing {
public:
    Comparing(
        SqlFile &file, QString name, const ServerContent &server, Rest rest, Findings &findings)
        : m_file(file)
        , m_name(std::move(name))
        , m_server(server)
        , m_rest(rest)
        , m_findings(findings)
    {
    }

    Status all()
    {
        if (!readMeta())
            return *m_error;
        const bool isRead = readRows() && readIntervals() && readMembers() && readMarks()
            && readOutbox() && readState();
        return isRead ? Status(Done{}) : Status(*m_error);
    }

private:
    struct DeviceRow {
        QByteArray id;
        PlainRow row;
    };

    SqlFile &m_file;
    const QString m_name;
    const ServerContent &m_server;
    const Rest m_rest;
    Findings &m_findings;
    std::optional<Error> m_error;
    QByteArray m_user;
    std::map<QByteArray, std::map<qint64, DeviceRow>> m_rows; // by chat and seq

    template <typename Take>
    bool forEach(const char *sql, Take &&take)
    {
        const auto rows = m_file.read(sql);
        if (!rows) {
            m_error = rows.error();
            return false;
        }
        for (const auto &row : *rows)
            take(row);
        return true;
    }
    void fault(const QString &what) { m_findings.fault(u"%1: %2"_s.arg(m_name, what)); }
    void fault(const QByteArray &chat, const QString &what)
    {
        fault(u"chat %1: %2"_s.arg(idText(chat), what));
    }

    const ServerMember *ownMembership(const QByteArray &chat) const;
    bool readMeta();
    bool readRows();
    bool readIntervals();
    bool readMembers();
    bool readMarks();
    bool readOutbox();
    bool readState();
    void takeRow(const SqlRow &columns);
    void compareInterval(const QByteArray &chat, qint64 low, qint64 high);
    void checkTail(const QByteArray &chat, qint64 top);
    void compareMember(const QByteArray &chat, const QByteArray &user, const PlainRow &member);
    void compareMark(const SqlRow &columns);
};

const ServerMember *Comparing::ownMembership(const QByteArray &chat) const
{
    const auto found = m_server.chats.find(chat);
    if (found == m_server.chats.end())
        return nullptr;
    const auto member = found->second.members.find(m_user);
    return member == found->second.members.end() ? nullptr : &member->second;
}

bool Comparing::readMeta()
{
    int count = 0;
    return forEach("SELECT user, epoch, userRevision FROM meta", [&](const SqlRow &columns) {
        ++count;
        m_user = columns[0].bytes();
        const auto user = m_server.users.find(m_user);
        if (user == m_server.users.end()) {
            fault(u"the server does not know its user"_s);
            return;
        }
        if (m_rest != Rest::AtRest)
            return;
        if (columns[1].bytes() != m_server.epoch)
            fault(u"another epoch"_s);
        if (columns[2].number() != user->second.revision)
            fault(u"user revision %1, the server has %2"_s.arg(columns[2].number())
                      .arg(user->second.revision));
    }) && (count == 1 || m_rest == Rest::UnderWay || (fault(u"never signed in"_s), true));
}

void Comparing::takeRow(const SqlRow &columns)
{
    const auto chat = columns[0].bytes();
    const auto id = columns[1].bytes();
    const auto seq = columns[2].number();
    auto row = plainRow(columns[6].bytes());
    if (!row) {
        fault(chat, u"row %1 cannot be read"_s.arg(idText(id)));
        return;
    }
    const auto field = [&row](const QString &key) {
        const auto found = row->find(key);
        return found == row->end() ? QCborValue() : found->second;
    };
    if (field(u"id"_s).toByteArray() != id || field(u"seq"_s).toInteger() != seq
        || field(u"rev"_s).toInteger() != columns[3].number()
        || field(u"kind"_s).toInteger() != columns[4].number()
        || field(u"sender"_s).toByteArray() != columns[5].bytes())
        fault(chat, u"the columns of row %1 are not its body's"_s.arg(idText(id)));
    if (!m_rows[chat].emplace(seq, DeviceRow{id, *std::move(row)}).second)
        fault(chat, u"two rows at %1"_s.arg(seq));
}

bool Comparing::readRows()
{
    return forEach("SELECT chat, id, seq, revision, kind, sender, body FROM row",
        [this](const SqlRow &columns) { takeRow(columns); });
}

bool Comparing::readIntervals()
{
    std::map<QByteArray, qint64> tops;
    const bool isRead = forEach(
        "SELECT chat, low, high FROM interval ORDER BY chat, low", [&](const SqlRow &columns) {
            const auto chat = columns[0].bytes();
            const auto low = columns[1].number();
            const auto high = columns[2].number();
            const auto top = tops.find(chat);
            if (low < 1 || low > high || (top != tops.end() && low <= top->second + 1))
                fault(chat, u"the interval %1..%2 is none"_s.arg(low).arg(high));
            tops[chat] = high;
            ++m_findings.intervals;
            compareInterval(chat, low, high);
        });
    if (m_rest == Rest::AtRest)
        for (const auto &[chat, content] : m_server.chats)
            if (const auto *own = ownMembership(chat); own && own->takesPart())
                checkTail(chat, tops.contains(chat) ? tops[chat] : 0);
    return isRead;
}

void Comparing::checkTail(const QByteArray &chat, qint64 top)
{
    const auto head = m_server.chats.at(chat).head;
    if (top != head)
        fault(chat, u"holds up to %1, the head is %2"_s.arg(top).arg(head));
}

void Comparing::compareInterval(const QByteArray &chat, qint64 low, qint64 high)
{
    const auto found = m_server.chats.find(chat);
    if (found == m_server.chats.end() || high > found->second.head) {
        fault(chat, u"claims %1..%2, which the server does not have"_s.arg(low).arg(high));
        return;
    }
    if (const auto *own = ownMembership(chat); !own || low < own->since)
        fault(chat, u"holds %1, which its user may not read"_s.arg(low));
    const auto &theirs = found->second.rows;
    const auto &ours = m_rows[chat];
    auto there = theirs.lower_bound(low);
    auto here = ours.lower_bound(low);
    while ((there != theirs.end() && there->first <= high)
        || (here != ours.end() && here->first <= high)) {
        const auto theirSeq = there == theirs.end() ? high + 1 : there->first;
        const auto ourSeq = here == ours.end() ? high + 1 : here->first;
        if (theirSeq < ourSeq) {
            fault(chat, u"lacks the row at %1"_s.arg(theirSeq));
            ++there;
        } else if (ourSeq < theirSeq) {
            fault(chat, u"has a row at %1 that the server has not"_s.arg(ourSeq));
            ++here;
        } else {
            ++m_findings.deviceRows;
            if (const auto what = difference(there->second, here->second.row); !what.isEmpty())
                fault(chat, u"row at %1: %2"_s.arg(theirSeq).arg(what));
            ++there;
            ++here;
        }
    }
}

bool Comparing::readMembers()
{
    return forEach("SELECT chat, user, body FROM member", [this](const SqlRow &columns) {
        const auto chat = columns[0].bytes();
        const auto *own = ownMembership(chat);
        // Who does not take part any more is told nothing more.
        if (m_rest != Rest::AtRest || !own || !own->takesPart())
            return;
        if (const auto member = plainRow(columns[2].bytes()))
            compareMember(chat, columns[1].bytes(), *member);
        else
            fault(chat, u"a member cannot be read"_s);
    });
}

void Comparing::compareMember(
    const QByteArray &chat, const QByteArray &user, const PlainRow &member)
{
    const auto &members = m_server.chats.at(chat).members;
    const auto found = members.find(user);
    if (found == members.end()) {
        fault(chat, u"member %1 is none"_s.arg(idText(user)));
        return;
    }
    PlainRow expected;
    put(expected, u"user"_s, QCborValue(user));
    put(expected, u"state"_s, QCborValue(found->second.state));
    put(expected, u"role"_s, QCborValue(found->second.role));
    put(expected, u"since"_s, QCborValue(found->second.since));
    put(expected, u"rev"_s, QCborValue(found->second.revision));
    put(expected, u"receiptsOff"_s, QCborValue(found->second.receiptsOff));
    // Nobody is told that another one blocks: neither the fact nor the place where it happened.
    const auto *const entries = &m_server.chats.at(chat).entries;
    const auto changing = entries->find(found->second.revision);
    const bool isBlock = changing != entries->end()
        && (changing->second.kind == blockKind || changing->second.kind == unblockKind);
    auto seen = member;
    if (user == m_user) {
        put(expected, u"blocking"_s, QCborValue(found->second.isBlocking));
    } else if (isBlock) {
        expected.erase(u"rev"_s);
        seen.erase(u"rev"_s);
    }
    if (const auto what = difference(expected, seen); !what.isEmpty())
        fault(chat, u"member %1: %2"_s.arg(idText(user), what));
}

bool Comparing::readMarks()
{
    return forEach("SELECT chat, user, delivered, read FROM mark",
        [this](const SqlRow &columns) { compareMark(columns); });
}

// Never ahead of the server's; at rest the same, where marks are pushed at all.
void Comparing::compareMark(const SqlRow &columns)
{
    const auto chat = columns[0].bytes();
    const auto user = columns[1].bytes();
    const auto delivered = columns[2].number();
    const auto read = columns[3].number();
    const auto *own = ownMembership(chat);
    const auto found = m_server.chats.find(chat);
    if (!own || found == m_server.chats.end() || !found->second.members.contains(user)) {
        fault(chat, u"a mark of somebody who is no member"_s);
        return;
    }
    const auto &theirs = found->second.members.at(user);
    if (delivered > theirs.delivered || read > theirs.read)
        fault(chat, u"the marks of %1 are ahead"_s.arg(idText(user)));
    const bool isHidden = user != m_user && (own->receiptsOff || theirs.receiptsOff);
    if (isHidden && read > 0)
        fault(chat, u"knows what %1 has read"_s.arg(idText(user)));
    const bool isPushed = user == m_user
        || static_cast<qsizetype>(found->second.members.size()) <= pushedMarksMembers;
    if (m_rest != Rest::AtRest || !isPushed || !own->takesPart() || theirs.state != 1)
        return;
    if (user == m_user && delivered != found->second.head)
        fault(chat, u"it holds %1, and says so up to %2"_s.arg(found->second.head).arg(delivered));
    if (delivered != theirs.delivered || (!isHidden && read != theirs.read))
        fault(chat,
            u"the marks of %1 are %2/%3, the server has %4/%5"_s.arg(idText(user))
                .arg(delivered)
                .arg(read)
                .arg(theirs.delivered)
                .arg(theirs.read));
}

bool Comparing::readOutbox()
{
    return forEach("SELECT chat, failure FROM outbox", [this](const SqlRow &columns) {
        if (m_rest == Rest::AtRest && columns[1].isNull())
            fault(columns[0].bytes(), u"something still waits in the outbox"_s);
    });
}

bool Comparing::readState()
{
    std::map<QString, std::pair<std::optional<QByteArray>, qint64>> ours;
    const bool isRead =
        forEach("SELECT key, value, revision FROM state", [&](const SqlRow &columns) {
            ours[columns[0].text()] = {
                columns[1].isNull() ? std::nullopt : std::optional(columns[1].bytes()),
                columns[2].number()};
        });
    const auto user = m_server.users.find(m_user);
    if (m_rest != Rest::AtRest || user == m_server.users.end())
        return isRead;
    for (const auto &[key, row] : user->second.state) {
        const auto found = ours.find(key);
        // A key that was removed before the device heard of it need not be there.
        if (found == ours.end() && !row.isThere)
            continue;
        if (found == ours.end())
            fault(u"lacks the state %1"_s.arg(key));
        else if (found->second.second != row.revision
            || found->second.first != (row.isThere ? std::optional(row.value) : std::nullopt))
            fault(u"the state %1 is another"_s.arg(key));
    }
    for (const auto &[key, row] : ours)
        if (!user->second.state.contains(key))
            fault(u"the state %1 is not the server's"_s.arg(key));
    return isRead;
}

} // namespace

Status compareDevice(
    const QString &path, const ServerContent &server, Rest rest, Findings &findings)
{
    const auto file = SqlFile::open(path);
    if (!file)
        return file.error();
    const auto integrity = (*file)->integrity();
    if (!integrity)
        return integrity.error();
    if (*integrity != "ok"_L1)
        findings.fault(u"%1: %2"_s.arg(path, *integrity));
    ++findings.devices;
    return Comparing(**file, path, server, rest, findings).all();
}

} // namespace parley::compare
