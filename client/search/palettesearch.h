// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/search/foundmodel.h"
#include "client/search/searchquery.h"

#include <QtCore/QObject>

namespace parley {

/// Searches chats, people and messages while somebody types. Owned by App.
class PaletteSearch : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Search)
    QML_UNCREATABLE("App has it")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(parley::FoundModel *found READ found CONSTANT)
    Q_PROPERTY(bool searching READ isSearching NOTIFY stateChanged)
    Q_PROPERTY(bool more READ hasMore NOTIFY stateChanged)
    Q_PROPERTY(Fault fault READ fault NOTIFY stateChanged)
    Q_PROPERTY(QString faultText READ faultText NOTIFY stateChanged)
    Q_PROPERTY(bool indexing READ isIndexing NOTIFY stateChanged)
    Q_PROPERTY(QString completeFromText READ completeFromText NOTIFY stateChanged)
public:
    /// Why nothing is searched, as in SearchPlan, and one more; QML words it, with `faultText`.
    enum Fault { NoFault, UnknownKind, NoDate, NobodyNamed, NoChatNamed };
    Q_ENUM(Fault)

    PaletteSearch(ScreenWorld &world, const ChatListModel &chats, QObject *parent = nullptr);

    QString query() const { return m_query; }
    void setQuery(const QString &query);
    FoundModel *found() { return &m_found; }
    /// The messages of this query, or more of them, are on the way.
    bool isSearching() const { return m_ticket != 0; }
    /// There may be more messages than were fetched.
    bool hasMore() const { return m_next.has_value(); }
    Fault fault() const { return m_fault; }
    QString faultText() const { return m_faultText; }
    /// Some messages that are here cannot be found yet.
    bool isIndexing() const { return m_reach.isIndexing; }
    /// The day from which on the history is here; empty when all of it is.
    QString completeFromText() const;

    /// The last row came into view.
    Q_INVOKABLE void loadMore();
    /// Forgets the query: the palette opens anew.
    Q_INVOKABLE void reset();

signals:
    void queryChanged();
    void stateChanged();

private:
    void start();
    void showNames(const SearchQuery &query);
    void resolve(const SearchQuery &query);
    void ask(qint64 before);
    void receive(quint64 ticket, const PreparedSearchPage &page);
    void fail(Fault fault, const QString &text);

    ScreenWorld &m_world;
    const ChatListModel &m_chats;
    FoundModel m_found;
    QString m_query;
    Fault m_fault = NoFault;
    QString m_faultText;
    SearchReach m_reach;
    SearchRequest m_request;
    bool m_isFirst = true; ///< nothing of this query has come yet
    int m_missing = 0; ///< hits until the page is full
    std::optional<qint64> m_next;
    quint64 m_ticket = 0;
};

} // namespace parley
