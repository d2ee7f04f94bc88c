// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/compare/journal.h"

#include <set>

namespace parley::compare {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype journalFields = 5;

QByteArray hashOf(const QByteArray &payload)
{
    return QCryptographicHash::hash(payload, QCryptographicHash::Sha256);
}

void compareLine(const JournalLine &line, const ServerContent &server, Findings &findings)
{
    const auto fault = [&](const QString &what) {
        findings.fault(
            u"acknowledged %1 in chat %2: %3"_s.arg(idText(line.id), idText(line.chat), what));
    };
    const auto chat = server.chats.find(line.chat);
    if (chat == server.chats.end())
        return fault(u"the chat is lost"_s);
    const auto entry = chat->second.entries.find(line.seq);
    if (entry == chat->second.entries.end())
        return fault(u"the entry %1 is lost"_s.arg(line.seq));
    if (entry->second.id != line.id || entry->second.actor != line.sender)
        return fault(u"the entry %1 is another one"_s.arg(line.seq));
    const auto row = chat->second.rows.find(line.seq);
    if (row == chat->second.rows.end())
        return fault(u"its row is lost"_s);
    const bool isUnchanged = row->second.at(u"rev"_s).toInteger() == line.seq;
    if (isUnchanged && hashOf(row->second.at(u"payload"_s).toByteArray()) != line.payload)
        fault(u"its payload is another one"_s);
}

} // namespace

QByteArray JournalLine::text() const
{
    return QByteArrayList{
        chat.toHex(), id.toHex(), QByteArray::number(seq), sender.toHex(), hashOf(payload).toHex()}
        .join(' ');
}

std::optional<JournalLine> JournalLine::read(const QByteArray &text)
{
    const auto fields = text.split(' ');
    if (fields.size() != journalFields)
        return std::nullopt;
    bool isNumber = false;
    JournalLine line{QByteArray::fromHex(fields[0]), QByteArray::fromHex(fields[1]),
        fields[2].toLongLong(&isNumber), QByteArray::fromHex(fields[3]),
        QByteArray::fromHex(fields[4])};
    if (!isNumber || line.chat.size() != 16 || line.id.size() != 16 || line.sender.size() != 16)
        return std::nullopt;
    return line;
}

Result<std::unique_ptr<JournalWriter>> JournalWriter::open(const QString &path)
{
    std::unique_ptr<JournalWriter> journal(new JournalWriter(path));
    if (!journal->m_file.open(QIODevice::WriteOnly | QIODevice::Append))
        return Error(ErrorCode::Unavailable, path + u": "_s + journal->m_file.errorString());
    return journal;
}

void JournalWriter::write(const JournalLine &line)
{
    m_file.write(line.text() + '\n');
    m_file.flush();
}

Status compareJournal(const QString &path, const ServerContent &server, Findings &findings)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::NotFound, path + u": "_s + file.errorString());
    std::set<std::pair<QByteArray, QByteArray>> seen;
    int number = 0;
    for (const auto &text : file.readAll().split('\n')) {
        ++number;
        if (text.isEmpty())
            continue;
        const auto line = JournalLine::read(text);
        if (!line)
            return Error(
                ErrorCode::Malformed, u"%1:%2: no line of a journal"_s.arg(path).arg(number));
        if (!seen.emplace(line->chat, line->id).second)
            continue;
        ++findings.acknowledged;
        compareLine(*line, server, findings);
    }
    return Done{};
}

} // namespace parley::compare
