// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/searchindex.h"

#include "client/search/foldedtext.h"
#include "client/search/searchable.h"
#include "shared/sqlite/transaction.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

/// What else is asked of a message stands behind its folded text, as three characters that no text
/// has: it is found by the same index. Two messages may share them; the comparison tells.
constexpr char16_t chatFact = 0xE000;
constexpr char16_t senderFact = 0xE001;
constexpr char16_t linkFact = 0xE002;
constexpr char16_t replyFact = 0xE003;
constexpr char16_t digits = 0xE100; // 4096 of them
constexpr qsizetype gramLength = 3;
/// A long needle is recognised by some of its characters.
constexpr qsizetype gramsMost = 32;

/// A place may lie so much later than its message's time: where many have the same one.
constexpr qint64 crowdedMs = 10'000;

QString fact(char16_t kind, quint32 value = 0)
{
    const char16_t units[] = {
        kind, char16_t(digits + (value >> 12 & 0xFFF)), char16_t(digits + (value & 0xFFF))};
    return QString::fromUtf16(units, gramLength);
}

template <typename IdType>
QString fact(char16_t kind, const IdType &id)
{
    const auto &bytes = id.array();
    return fact(kind, quint32(bytes[13]) << 16 | quint32(bytes[14]) << 8 | quint32(bytes[15]));
}

QString indexedText(const ChatId &chat, const Row &row, const TextBody &body)
{
    auto text = FoldedText(body.text).text() + fact(chatFact, chat) + fact(senderFact, row.sender);
    if (hasLink(body))
        text += fact(linkFact);
    if (row.replyTo)
        text += fact(replyFact);
    return text;
}

QString quoted(const QString &gram)
{
    return u'"' + QString(gram).replace(u'"', "\"\""_L1) + u'"';
}

void addGrams(QStringList &grams, const QString &needle)
{
    const auto points = needle.toUcs4();
    const auto last = std::min(points.size() - gramLength, gramsMost - 1);
    for (qsizetype at = 0; at <= last; ++at) {
        const auto gram = quoted(QString::fromUcs4(
            reinterpret_cast<const char32_t *>(points.constData() + at), gramLength));
        if (!grams.contains(gram))
            grams += gram;
    }
}

template <typename IdType>
void addAnyOf(QStringList &grams, char16_t kind, const std::optional<std::vector<IdType>> &ids)
{
    if (!ids)
        return;
    QStringList any;
    for (const auto &id : *ids)
        any += quoted(fact(kind, id));
    grams += u'(' + any.join(" OR "_L1) + u')';
}

/// What FTS5 is asked; empty when everything is a candidate.
QString matchOf(const SearchRequest &wanted)
{
    QStringList grams;
    for (const auto &needle : wanted.needles)
        addGrams(grams, needle);
    if (wanted.hasLink)
        grams += quoted(fact(linkFact));
    if (wanted.hasReply)
        grams += quoted(fact(replyFact));
    addAnyOf(grams, chatFact, wanted.chats);
    addAnyOf(grams, senderFact, wanted.senders);
    return grams.join(" AND "_L1);
}

bool findsNothing(const SearchRequest &wanted)
{
    return (wanted.chats && wanted.chats->empty()) || (wanted.senders && wanted.senders->empty());
}

qint64 placeAt(qint64 timeMs)
{
    constexpr qint64 latestMs = SearchRequest::noEnd / SearchIndex::placesPerMs;
    return std::clamp<qint64>(timeMs, 0, latestMs) * SearchIndex::placesPerMs;
}

} // namespace

Result<bool> SearchIndex::isBehind()
{
    const auto found = m_database.integer(u"SELECT position FROM unindexed LIMIT 1"_s);
    if (!found)
        return found.error();
    return found->has_value();
}

Status SearchIndex::step(int most)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return transaction.error();
    auto notes = m_database.statement(
        u"SELECT position, chat, id FROM unindexed ORDER BY position DESC LIMIT ?"_s);
    const auto found = readAll(notes.bind(most), [](const Statement &note) {
        return Note{note.integer(0), note.id<ChatId>(1), note.id<MessageId>(2)};
    });
    if (!found)
        return found.error();
    for (const Note &note : *found) {
        if (auto done = look(note); !done)
            return done;
    }
    return transaction->commit();
}

Status SearchIndex::look(const Note &note)
{
    auto statement = m_database.statement(u"SELECT body FROM row WHERE chat = ? AND id = ?"_s);
    const auto body = readFirst(statement.bindAll(note.chat, note.id),
        [](const Statement &found) { return found.bytes(0); });
    const auto old = held(note);
    if (!body || !old)
        return !body ? body.error() : old.error();
    const auto row = *body ? fromCbor<Row>(**body) : Result<Row>(Error(ErrorCode::NotFound));
    const auto text = row && isSearchable(*row) ? bodyOf(*row) : std::nullopt;
    const auto wanted = text ? std::optional(indexedText(note.chat, *row, *text)) : std::nullopt;
    const bool isSame = *old && wanted && (*old)->text == *wanted;
    if (*old && !isSame) {
        if (auto done = remove(**old); !done)
            return done;
    }
    if (wanted && !isSame) {
        const auto place = *old ? Result<qint64>((*old)->place) : freePlace(row->time);
        if (!place)
            return place.error();
        if (auto done = insert(note, {*place, *wanted}); !done)
            return done;
    }
    return m_database.run(u"DELETE FROM unindexed WHERE position = ?"_s, note.position);
}

Result<std::optional<SearchIndex::Held>> SearchIndex::held(const Note &note)
{
    auto statement =
        m_database.statement(u"SELECT place, text FROM indexed WHERE chat = ? AND id = ?"_s);
    return readFirst(statement.bindAll(note.chat, note.id), [](const Statement &found) {
        return Held{found.integer(0), found.text(1)};
    });
}

Status SearchIndex::remove(const Held &held)
{
    auto done = m_database.run(
        u"INSERT INTO gram(gram, rowid, text) VALUES('delete', ?, ?)"_s, held.place, held.text);
    if (done)
        done = m_database.run(u"DELETE FROM indexed WHERE place = ?"_s, held.place);
    return done ? m_database.run(u"UPDATE indexing SET remains = 1"_s) : done;
}

Status SearchIndex::insert(const Note &note, const Held &entry)
{
    auto done = m_database.run(u"INSERT INTO indexed(place, chat, id, text) VALUES(?, ?, ?, ?)"_s,
        entry.place, note.chat, note.id, entry.text);
    return done
        ? m_database.run(u"INSERT INTO gram(rowid, text) VALUES(?, ?)"_s, entry.place, entry.text)
        : done;
}

Result<qint64> SearchIndex::freePlace(qint64 timeMs)
{
    for (qint64 place = placeAt(timeMs);; place += placesPerMs) {
        const auto taken =
            m_database.integer(u"SELECT max(place) FROM indexed WHERE place BETWEEN ? AND ?"_s,
                place, place + placesPerMs - 1);
        if (!taken)
            return taken.error();
        if (!*taken)
            return place;
        if (**taken < place + placesPerMs - 1)
            return **taken + 1;
    }
}

Result<bool> SearchIndex::hasRemains()
{
    const auto remains = m_database.integer(u"SELECT remains FROM indexing"_s);
    if (!remains)
        return remains.error();
    return remains->value_or(0) != 0;
}

Status SearchIndex::sweep(int pages)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return transaction.error();
    const auto remains = m_database.integer(u"SELECT remains FROM indexing"_s);
    const auto before = m_database.integer(u"SELECT total_changes()"_s);
    if (!remains || !before)
        return !remains ? remains.error() : before.error();
    // A negative number begins to merge everything, a positive one goes on with it.
    const bool isBegun = remains->value_or(0) == 2;
    if (auto done = m_database.run(
            u"INSERT INTO gram(gram, rank) VALUES('merge', ?)"_s, isBegun ? pages : -pages);
        !done)
        return done;
    const auto after = m_database.integer(u"SELECT total_changes()"_s);
    if (!after)
        return after.error();
    // The statement itself counts as one change.
    const bool isOver = isBegun && **after - **before < 2;
    if (auto done = m_database.run(u"UPDATE indexing SET remains = ?"_s, isOver ? 0 : 2); !done)
        return done;
    return transaction->commit();
}

Result<std::vector<SearchIndex::Candidate>> SearchIndex::find(
    const SearchRequest &wanted, qint64 before, int most)
{
    if (findsNothing(wanted) || wanted.sinceMs >= wanted.untilMs)
        return std::vector<Candidate>();
    const auto match = matchOf(wanted);
    const qint64 low = placeAt(wanted.sinceMs);
    const qint64 high = std::min(
        before, placeAt(std::min(wanted.untilMs, SearchRequest::noEnd - crowdedMs) + crowdedMs));
    const auto read = [](const Statement &found) {
        return Candidate{found.integer(0), found.id<ChatId>(1), found.id<MessageId>(2)};
    };
    if (match.isEmpty()) {
        auto all = m_database.statement(u"SELECT place, chat, id FROM indexed "
                                        "WHERE place >= ? AND place < ? "
                                        "ORDER BY place DESC LIMIT ?"_s);
        return readAll(all.bindAll(low, high, most), read);
    }
    auto some = m_database.statement(u"SELECT indexed.place, indexed.chat, indexed.id FROM gram "
                                     "CROSS JOIN indexed ON indexed.place = gram.rowid "
                                     "WHERE gram MATCH ? AND gram.rowid >= ? AND gram.rowid < ? "
                                     "ORDER BY gram.rowid DESC LIMIT ?"_s);
    return readAll(some.bindAll(match, low, high, most), read);
}

} // namespace parley
