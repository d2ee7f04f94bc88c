// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchquery.h"

#include "client/search/searchneedle.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

/// What is typed beyond this is no search.
constexpr qsizetype queryLengthMost = 400;

/// One piece of the text between spaces; spaces within quotes belong to it.
struct Piece {
    QString key; ///< lower case, empty for words
    QString value; ///< without its quotes
    bool isQuoted = false;
    bool isClosed = false; ///< its closing quote is there
    bool isBegun = false; ///< a star behind it
};

class PieceReader {
public:
    explicit PieceReader(const QString &text)
        : m_text(text)
    {
    }

    std::optional<Piece> next()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        if (m_at >= m_text.size())
            return std::nullopt;
        Piece piece;
        piece.key = takeKey();
        if (m_at < m_text.size() && isQuote(m_text[m_at]))
            takeQuoted(piece);
        else
            takeBare(piece);
        return piece;
    }

private:
    static bool isQuote(QChar c) { return c == u'"' || c == u'“' || c == u'”' || c == u'„'; }

    QString takeKey()
    {
        static const QRegularExpression key(QStringLiteral("\\G(from|in|has|before|after):"),
            QRegularExpression::CaseInsensitiveOption);
        const auto found = key.match(m_text, m_at);
        m_at += found.hasMatch() ? found.capturedLength() : 0;
        return found.captured(1).toLower();
    }

    void takeQuoted(Piece &piece)
    {
        piece.isQuoted = true;
        const auto begin = ++m_at;
        while (m_at < m_text.size() && !isQuote(m_text[m_at]))
            ++m_at;
        piece.value = m_text.mid(begin, m_at - begin);
        piece.isClosed = m_at < m_text.size();
        m_at += piece.isClosed ? 1 : 0;
        piece.isBegun = m_at < m_text.size() && m_text[m_at] == u'*';
        m_at += piece.isBegun ? 1 : 0;
    }

    void takeBare(Piece &piece)
    {
        const auto begin = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace() && !isQuote(m_text[m_at]))
            ++m_at;
        piece.value = m_text.mid(begin, m_at - begin);
        piece.isBegun = piece.value.endsWith(u'*');
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

QString needleOf(const Piece &piece)
{
    if (piece.isBegun || (piece.isQuoted && !piece.isClosed))
        return beginningNeedle(piece.value);
    return piece.isQuoted ? exactNeedle(piece.value) : looseNeedle(piece.value);
}

/// A day, a month or a year.
struct Period {
    QDate first;
    QDate last;
};

std::optional<Period> periodOf(const QString &text, const QDate &today)
{
    if (text.compare("today"_L1, Qt::CaseInsensitive) == 0)
        return Period{today, today};
    if (text.compare("yesterday"_L1, Qt::CaseInsensitive) == 0)
        return Period{today.addDays(-1), today.addDays(-1)};
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?$"));
    const auto found = form.match(text);
    const int year = found.captured(1).toInt();
    const int month = found.captured(2).toInt();
    const int day = found.captured(3).toInt();
    const QDate first(year, found.hasCaptured(2) ? month : 1, found.hasCaptured(3) ? day : 1);
    if (!found.hasMatch() || year == 0 || !first.isValid())
        return std::nullopt;
    const QDate behind = found.hasCaptured(3) ? first.addDays(1)
        : found.hasCaptured(2)                ? first.addMonths(1)
                                              : first.addYears(1);
    return Period{first, behind.addDays(-1)};
}

class QueryBuilder {
public:
    QueryBuilder(SearchQuery &query, const QDate &today)
        : m_query(query)
        , m_today(today)
    {
    }

    void take(const Piece &piece)
    {
        if (piece.key.isEmpty())
            takeWords(piece);
        else if (!piece.value.trimmed().isEmpty())
            takeFilter(piece.key, piece.value.trimmed());
    }

private:
    void takeWords(const Piece &piece)
    {
        const auto needle = needleOf(piece);
        if (needle.isEmpty())
            return;
        m_query.words += piece.value;
        if (!m_query.needles.contains(needle))
            m_query.needles += needle;
    }

    void takeFilter(const QString &key, const QString &value)
    {
        if (key == "from"_L1)
            m_query.from += value;
        else if (key == "in"_L1)
            m_query.in += value;
        else if (key == "has"_L1)
            takeKind(value);
        else
            takeDate(key, value);
    }

    void takeKind(const QString &value)
    {
        if (value.compare("link"_L1, Qt::CaseInsensitive) == 0)
            m_query.hasLink = true;
        else if (value.compare("reply"_L1, Qt::CaseInsensitive) == 0)
            m_query.hasReply = true;
        else
            fail(SearchQuery::Fault::UnknownKind, value);
    }

    void takeDate(const QString &key, const QString &value)
    {
        const auto period = periodOf(value, m_today);
        if (!period)
            fail(SearchQuery::Fault::NoDate, value);
        else if (key == "before"_L1)
            m_query.lastDay = std::min(
                m_query.lastDay.value_or(period->first.addDays(-1)), period->first.addDays(-1));
        else
            m_query.firstDay = std::max(
                m_query.firstDay.value_or(period->last.addDays(1)), period->last.addDays(1));
    }

    void fail(SearchQuery::Fault fault, const QString &text)
    {
        if (m_query.fault != SearchQuery::Fault::None)
            return;
        m_query.fault = fault;
        m_query.faultText = text;
    }

    SearchQuery &m_query;
    QDate m_today;
};

} // namespace

SearchQuery SearchQuery::parse(const QString &text, const QDate &today)
{
    SearchQuery query;
    QueryBuilder builder(query, today);
    const auto typed = text.left(queryLengthMost);
    PieceReader reader(typed);
    while (const auto piece = reader.next())
        builder.take(*piece);
    return query;
}

} // namespace parley
