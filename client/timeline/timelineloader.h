// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/timeline/prepared.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

namespace parley {

class Timeline;

/// Fetches the parts of one timeline, one at a time, and tries again after a failure with growing
/// pauses. Owned by TimelineModel.
class TimelineLoader : public QObject {
    Q_OBJECT
public:
    static constexpr int pageRows = 60;
    /// More unread than this: the chat opens around the first unread message.
    static constexpr qint64 unreadInNewest = 40;
    static constexpr int refreshRowsMost = 2'000;
    static constexpr qint64 holeRows = 100; ///< what one request of history brings at most
    static constexpr int openingMs = 3'000; ///< so long what was unread is waited for
    static constexpr int retryFirstMs = 1'000;
    static constexpr int retryMostMs = 60'000;

    TimelineLoader(ScreenWorld &world, Timeline &timeline, QObject *parent = nullptr);

    bool isLoading() const { return m_ticket != 0 || m_historyWanted; }
    /// The first part is there, and what was unread is in it if it could be fetched.
    bool isLoaded() const { return m_loaded; }
    bool hasPart() const { return m_hasPart; }
    bool isOpening() const { return m_isOpening; }
    bool hasFailed() const { return m_failed; }

    /// The part that a person wants to see first.
    void open(const ChatSummary &chat);
    void older();
    void newer();
    void latest();
    void around(const MessageId &message);
    /// All that is held here, again: something moved.
    void refresh();
    void fill(const TimelineHole &hole);

signals:
    void loadingChanged();
    void loadedChanged();
    void failedChanged();
    /// The part with this message, or the newest one, is there.
    void arrived(const std::optional<parley::MessageId> &message);
    /// The message is not held on this device.
    void missing();

private:
    enum class Part { Open, Older, Newer, Latest, Around, Refresh };
    void ask(Part part, WindowRequest request);
    void askOpen();
    void goOnOpening();
    void endOpening();
    bool lacksUnread() const;
    std::optional<TimelineHole> unreadHole() const;
    void setLoaded();
    void receive(quint64 ticket, const PreparedWindow &window);
    void put(const PreparedWindow &window);
    void receiveHistoryFailed(const ChatId &chat);
    void tellArrival(bool isMissing);
    void goOn(bool broughtHistory);
    void askOlder();
    void setFailed(bool failed);
    void setHistoryWanted(bool wanted);

    ScreenWorld &m_world;
    Timeline &m_timeline;
    ChatId m_chat;
    Part m_part = Part::Open;
    WindowRequest m_request;
    quint64 m_ticket = 0;
    bool m_refreshAgain = false;
    bool m_historyWanted = false;
    qint64 m_readUpTo = 0;
    qint64 m_unread = 0;
    qint64 m_head = 0;
    bool m_isOpening = false; ///< the first rows, or what was unread, are on the way
    bool m_hasPart = false;
    bool m_loaded = false;
    bool m_failed = false;
    int m_retryMs = retryFirstMs;
    qint64 m_failedAtMs = 0;
    QTimer m_retry;
    QTimer m_opening;
};

} // namespace parley
