// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/search/searchplan.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

class TimelineModel;
struct PreparedChange;
struct PreparedSearchPage;

/// Searches the open chat while its bar is open, and walks through what was found, the newest
/// first. The timeline goes to the current hit; the preparer marks all of them. The query is that
/// of the palette (SearchQuery), in which `in:` says nothing: it is this chat. Owned by OpenChat.
///
/// What comes, changes or goes meanwhile is noticed by asking again behind the screen. The current
/// hit stays the current one; when it is gone, no hit is until the next step.
class ChatSearch : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Chat has it")
    Q_PROPERTY(bool open READ isOpen WRITE setOpen NOTIFY openChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(bool looking READ isLooking NOTIFY stateChanged)
    Q_PROPERTY(bool searching READ isSearching NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY stateChanged)
    Q_PROPERTY(bool more READ hasMore NOTIFY stateChanged)
    Q_PROPERTY(int position READ position NOTIFY stateChanged)
    Q_PROPERTY(QString currentId READ currentId NOTIFY stateChanged)
    Q_PROPERTY(bool hasOlder READ hasOlder NOTIFY stateChanged)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY stateChanged)
    Q_PROPERTY(int fault READ fault NOTIFY stateChanged)
    Q_PROPERTY(QString faultText READ faultText NOTIFY stateChanged)
    Q_PROPERTY(bool indexing READ isIndexing NOTIFY stateChanged)
    Q_PROPERTY(QString completeFromText READ completeFromText NOTIFY stateChanged)
public:
    /// So many hits are counted; the others when one gets there.
    static constexpr int countMost = 200;
    static constexpr int pageMost = 100;
    /// Several changes are followed by one question.
    static constexpr int againAfterMs = 300;
    /// An index follows every message by a moment: only a longer one is told.
    static constexpr int indexingMs = 500;

    ChatSearch(ScreenWorld &world, TimelineModel &timeline, QObject *parent = nullptr);

    bool isOpen() const { return m_isOpen; }
    void setOpen(bool open);
    QString query() const { return m_query; }
    void setQuery(const QString &query);
    /// The query says what is wanted, and nothing in it is wrong.
    bool isLooking() const { return m_isLooking; }
    /// Hits are on the way that somebody waits for.
    bool isSearching() const { return m_ticket != 0 && m_run != Run::Again; }
    int count() const { return static_cast<int>(m_hits.size()); }
    /// There may be more than `count`.
    bool hasMore() const { return m_next.has_value(); }
    /// Of the current hit, from 1 for the newest; 0 when none is the current one.
    int position() const { return m_isBetween ? 0 : m_current + 1; }
    QString currentId() const;
    bool hasOlder() const;
    bool hasNewer() const { return m_current > 0; }
    /// As in PaletteSearch::Fault, which QML knows as Search.
    int fault() const { return static_cast<int>(m_plan.fault); }
    QString faultText() const { return m_plan.faultText; }
    /// Some messages that are here cannot be found yet, and that does not pass at once.
    bool isIndexing() const { return m_isIndexing; }
    QString completeFromText() const;

    Q_INVOKABLE void older();
    Q_INVOKABLE void newer();

    void apply(const PreparedChange &change);

signals:
    void openChanged();
    void queryChanged();
    void stateChanged();

private:
    struct Hit {
        MessageId message;
        qint64 timeMs = 0;
    };
    using Hits = std::vector<Hit>;
    enum class Run {
        First, ///< of a new query: what it finds takes the place of what is there
        More, ///< what it finds is added
        Again, ///< behind the screen: what it finds takes the place when all of it is there
    };

    void start();
    void begin(Run run, int wanted, qint64 before);
    void ask(qint64 before);
    void askAgain();
    void receive(quint64 ticket, const PreparedSearchPage &page);
    void take(Hits hits);
    void tellReach(const SearchReach &reach);
    void finish();
    void go(int hit);
    void remove(const MessageId &message);
    void skip();

    ScreenWorld &m_world;
    TimelineModel &m_timeline;
    bool m_isOpen = false;
    QString m_query;
    SearchPlan m_plan;
    bool m_isLooking = false;
    Hits m_hits; ///< the newest first
    int m_current = -1; ///< where one is
    bool m_isBetween = false; ///< the hit where one was is gone: m_current is the next older one
    bool m_isJumping = false;
    bool m_isStepWaiting = false; ///< to the older hit, which is on the way
    SearchReach m_reach;
    std::optional<qint64> m_indexingSinceMs;
    bool m_isIndexing = false;
    quint64 m_ticket = 0;
    Run m_run = Run::First;
    int m_wanted = 0;
    Hits m_arriving; ///< of First and Again
    std::optional<qint64> m_next;
    QTimer m_again;
};

} // namespace parley
