// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/timeline/prepared.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace parley {

class Client;

/// Makes texts ready to paint on the client's thread, on their way to the screen. Stands between
/// the client's signals and the view-models, and keeps their order. Lives on the client's thread;
/// openChat, closeChat and lookFor may be called from any.
class Preparer : public QObject {
    Q_OBJECT
public:
    explicit Preparer(Client &client, QObject *parent = nullptr);

    /// The changes of this chat's timeline are told from now on, those of others are not.
    void openChat(const ChatId &chat);
    void closeChat();
    /// What this finds in the open chat is marked from now on. Until the next one, or the next
    /// chat.
    void lookFor(const std::optional<SearchRequest> &request);

    PreparedRow prepare(const TimelineRow &row);
    PreparedWindow prepare(const TimelineWindow &window);
    static PreparedChat prepare(const ChatSummary &summary);
    static PreparedSearchPage prepare(const SearchPage &page);

signals:
    void changed(const parley::PreparedChanges &changes);
    void windowReady(quint64 ticket, const parley::PreparedWindow &window);
    void chatsReady(quint64 ticket, const std::vector<parley::PreparedChat> &chats);
    void searchReady(quint64 ticket, const parley::PreparedSearchPage &page);

private:
    struct Kept {
        QByteArray payload;
        PresentedText text;
    };
    void pass(const Changes &changes);
    void setOpen(const std::optional<ChatId> &chat);
    void mark(PreparedRow &prepared) const;

    std::optional<ChatId> m_open;
    std::optional<SearchRequest> m_wanted; ///< in the open chat
    QHash<MessageId, Kept> m_kept; ///< of the open chat: rows come again with every tick
};

} // namespace parley
