// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/serverfile.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>

#include <set>

namespace parley::compare {

using namespace Qt::StringLiterals;

namespace {

constexpr int messageKind = 2;

QCborValue cborOf(const SqlValue &value)
{
    if (value.isNull())
        return QCborValue(QCborValue::Null);
    return value.isText() ? QCborValue(value.text()) : QCborValue(value.bytes());
}

QCborValue cborNumber(const SqlValue &value)
{
    return value.isNull() ? QCborValue(QCborValue::Null) : QCborValue(value.number());
}

// In its column the list is the only field of a map.
QCborValue reactionsOf(const SqlValue &value)
{
    if (value.isNull())
        return QCborValue(QCborValue::Null);
    return QCborValue::fromCbor(value.bytes()).toMap().value(u"all"_s);
}

PlainRow rowOf(const SqlRow &columns)
{
    PlainRow row;
    put(row, u"id"_s, cborOf(columns[2]));
    put(row, u"kind"_s, cborNumber(columns[3]));
    put(row, u"seq"_s, cborNumber(columns[1]));
    put(row, u"rev"_s, cborNumber(columns[4]));
    put(row, u"sender"_s, cborOf(columns[5]));
    put(row, u"time"_s, cborNumber(columns[6]));
    put(row, u"edited"_s, cborNumber(columns[7]));
    put(row, u"deleted"_s, QCborValue(columns[8].number() != 0));
    put(row, u"replyTo"_s, cborOf(columns[9]));
    put(row, u"thread"_s, cborOf(columns[10]));
    put(row, u"expires"_s, cborNumber(columns[11]));
    put(row, u"type"_s, cborNumber(columns[12]));
    put(row, u"payload"_s, QCborValue(columns[13].bytes()));
    put(row, u"user"_s, cborOf(columns[14]));
    put(row, u"text"_s, cborOf(columns[15]));
    put(row, u"role"_s, cborNumber(columns[16]));
    put(row, u"reactions"_s, reactionsOf(columns[17]));
    return row;
}

qint64 numberOf(const PlainRow &row, const QString &key)
{
    const auto found = row.find(key);
    return found == row.end() ? 0 : found->second.toInteger();
}

/// One file while it is read.
class Reading {
public:
    Reading(SqlFile &file, Findings &findings)
        : m_file(file)
        , m_findings(findings)
    {
    }

    Result<ServerContent> all()
    {
        const bool isRead = readStore() && readChats() && readMembers() && readEntries()
            && readRows() && readOperations() && readUsers() && readState();
        if (!isRead)
            return *m_error;
        checkRows();
        checkTotals();
        return std::move(m_content);
    }

private:
    SqlFile &m_file;
    Findings &m_findings;
    ServerContent m_content;
    std::optional<Error> m_error;
    // By chat and id: the highest seq that touched the row.
    std::map<std::pair<QByteArray, QByteArray>, qint64> m_touched;
    std::map<std::pair<QByteArray, QByteArray>, qint64> m_seqs;
    std::map<std::pair<QByteArray, QByteArray>, qint64> m_places;

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
    void fault(const QByteArray &chat, const QString &what)
    {
        m_findings.fault(u"server, chat %1: %2"_s.arg(idText(chat), what));
    }

    bool readStore();
    bool readChats();
    bool readMembers();
    bool readEntries();
    bool readRows();
    bool readOperations();
    bool readUsers();
    bool readState();
    void checkRows();
    void checkTotals();
};

bool Reading::readStore()
{
    return forEach("SELECT epoch FROM store",
        [this](const SqlRow &columns) { m_content.epoch = columns[0].bytes(); });
}

bool Reading::readChats()
{
    return forEach("SELECT chat, head FROM chats", [this](const SqlRow &columns) {
        m_content.chats[columns[0].bytes()].head = columns[1].number();
        ++m_findings.chats;
    });
}

bool Reading::readMembers()
{
    return forEach("SELECT chat, user, state, role, since, revision, receiptsOff, blocking, "
                   "delivered, read FROM members",
        [this](const SqlRow &columns) {
            const auto chat = columns[0].bytes();
            auto &member = m_content.chats[chat].members[columns[1].bytes()];
            member.state = static_cast<int>(columns[2].number());
            member.role = static_cast<int>(columns[3].number());
            member.since = columns[4].number();
            member.revision = columns[5].number();
            member.receiptsOff = columns[6].number() != 0;
            member.isBlocking = columns[7].number() != 0;
            member.delivered = columns[8].number();
            member.read = columns[9].number();
            const auto head = m_content.chats[chat].head;
            if (member.read > member.delivered || member.delivered > head)
                fault(chat, u"marks beyond what can be marked"_s);
        });
}

bool Reading::readEntries()
{
    std::map<QByteArray, qint64> last;
    const bool isRead = forEach("SELECT chat, seq, kind, id, actor, target FROM entries "
                                "ORDER BY chat, seq",
        [&](const SqlRow &columns) {
            const auto chat = columns[0].bytes();
            const auto seq = columns[1].number();
            const auto id = columns[3].bytes();
            if (seq != ++last[chat]) {
                fault(chat, u"seq %1 follows %2"_s.arg(seq).arg(last[chat] - 1));
                last[chat] = seq;
            }
            if (!m_seqs.emplace(std::pair(chat, id), seq).second)
                fault(chat, u"id %1 is in the log twice"_s.arg(idText(id)));
            auto &touched = m_touched[{chat, columns[5].isNull() ? id : columns[5].bytes()}];
            touched = std::max(touched, seq);
            m_content.chats[chat].entries[seq] = {
                static_cast<int>(columns[2].number()), id, columns[4].bytes()};
            ++m_findings.entries;
        });
    for (const auto &[chat, content] : m_content.chats)
        if (last[chat] != content.head)
            fault(chat, u"the head is %1, the last entry %2"_s.arg(content.head).arg(last[chat]));
    return isRead;
}

bool Reading::readRows()
{
    return forEach(
        "SELECT chat, seq, id, kind, revision, sender, time, editedAt, deleted, replyTo, "
        "threadRoot, expires, contentType, payload, user, text, role, reactions "
        "FROM rows",
        [this](const SqlRow &columns) {
            const auto chat = columns[0].bytes();
            const auto seq = columns[1].number();
            const auto id = columns[2].bytes();
            if (!m_places.emplace(std::pair(chat, id), seq).second)
                fault(chat, u"row %1 is there twice"_s.arg(idText(id)));
            const auto made = m_seqs.find({chat, id});
            if (made == m_seqs.end() || made->second != seq)
                fault(chat, u"row %1 at %2 is not of the entry there"_s.arg(idText(id)).arg(seq));
            if (columns[8].number() != 0 && !columns[13].bytes().isEmpty())
                fault(chat, u"row %1 is deleted and has a payload"_s.arg(idText(id)));
            m_content.chats[chat].rows.emplace(seq, rowOf(columns));
            ++m_findings.serverRows;
        });
}

// What the index promises, for ever: every entry was asked for once, and every outcome is there.
bool Reading::readOperations()
{
    std::set<std::pair<QByteArray, QByteArray>> known;
    return forEach(
        "SELECT chat, id, sender, seq, place, error FROM operations", [&](const SqlRow &columns) {
            const auto chat = columns[0].bytes();
            const auto id = columns[1].bytes();
            const auto entry = m_seqs.find({chat, id});
            if (columns[3].isNull()) {
                if (entry != m_seqs.end())
                    fault(chat, u"id %1 was refused, and is in the log"_s.arg(idText(id)));
                return;
            }
            if (entry == m_seqs.end() || entry->second != columns[3].number())
                fault(chat, u"id %1 has an outcome, and is not in the log"_s.arg(idText(id)));
            else if (m_content.chats[chat].entries[entry->second].actor != columns[2].bytes())
                fault(chat, u"id %1 is another sender's"_s.arg(idText(id)));
            if (!columns[4].isNull()) {
                const auto place = m_places.find({chat, id});
                if (place == m_places.end() || place->second != columns[4].number())
                    fault(chat, u"the row of id %1 is lost"_s.arg(idText(id)));
            }
        });
}

bool Reading::readUsers()
{
    return forEach("SELECT user, revision FROM users", [this](const SqlRow &columns) {
        m_content.users[columns[0].bytes()].revision = columns[1].number();
    });
}

bool Reading::readState()
{
    return forEach("SELECT user, key, value, revision FROM state", [this](const SqlRow &columns) {
        auto &row = m_content.users[columns[0].bytes()].state[columns[1].text()];
        row.isThere = !columns[2].isNull();
        row.value = columns[2].bytes();
        row.revision = columns[3].number();
    });
}

void Reading::checkRows()
{
    for (const auto &[chat, content] : m_content.chats) {
        for (const auto &[seq, entry] : content.entries)
            if (entry.kind == messageKind && !content.rows.contains(seq))
                fault(chat, u"the message at %1 has no row"_s.arg(seq));
        for (const auto &[seq, row] : content.rows) {
            const auto id = row.at(u"id"_s).toByteArray();
            const auto touched = m_touched.find({chat, id});
            if (touched == m_touched.end() || touched->second != numberOf(row, u"rev"_s))
                fault(
                    chat, u"the row at %1 has revision %2"_s.arg(seq).arg(numberOf(row, u"rev"_s)));
        }
    }
}

void Reading::checkTotals()
{
    forEach("SELECT users, chats, entries FROM totals", [this](const SqlRow &columns) {
        if (columns[0].number() != static_cast<qint64>(m_content.users.size())
            || columns[1].number() != m_findings.chats || columns[2].number() != m_findings.entries)
            m_findings.fault(u"server: the totals are not the sums"_s);
    });
}

} // namespace

Result<ServerContent> readServer(const QString &path, Findings &findings)
{
    const auto file = SqlFile::open(path);
    if (!file)
        return file.error();
    const auto integrity = (*file)->integrity();
    if (!integrity)
        return integrity.error();
    if (*integrity != "ok"_L1)
        findings.fault(u"server: %1"_s.arg(*integrity));
    return Reading(**file, findings).all();
}

} // namespace parley::compare
