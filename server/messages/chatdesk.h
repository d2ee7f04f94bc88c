// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/chatdraft.h"
#include "server/messages/desk.h"

#include <deque>

namespace parley {

/// The service's place for one chat: decides its operations, marks, pages, focus and typing, in the
/// order in which they came, with one append under way at most.
///
/// The remembered aggregate is for speed. Every step first reads something from the store and with
/// it the head; when it is not the remembered one, another owner wrote, and the chat is loaded
/// again.
class ChatDesk : public Desk {
public:
    ChatDesk(DeskContext &context, const ChatId &chat)
        : m_context(context)
        , m_chat(chat)
    {
    }

    void take(Queued command) { m_waiting.push_back(std::move(command)); }

    void proceed() override;
    void loaded(Loaded answer) override;
    void appended(Outcome outcome) override;
    bool isIdle() const override { return m_stage == Stage::Idle && m_waiting.empty(); }

private:
    enum class Stage : quint8 { Idle, LoadingState, LoadingPage, LoadingStep, Appending };

    /// What is decided together: one draft, one append.
    struct Step {
        std::vector<Queued> commands;
        std::optional<ChatDraft> draft;
        std::vector<std::pair<Origin, SendReply>> sendReplies;
        std::vector<std::pair<Origin, bool>> markers; ///< and whether they may
        std::map<MessageId, std::vector<UserId>> wake;
    };

    void loadState();
    void startPage();
    void finishPage(Loaded answer);
    void startStep();
    void finishStep(Loaded answer);
    void collectStep();
    /// Refuses the first in the line whose session was ended meanwhile.
    bool dropsOfEndedSession();
    void remember(const Loaded &answer);
    LoadRequest stepRequest() const;
    void decideSend(const Queued &command, const Loaded &read);
    void decideMarks(const Loaded &read);
    void decideFocus(const Queued &command);
    void decideTyping(const Queued &command);
    void complete();
    void answerStep();
    void again();
    void giveUp(const Error &error);
    void refuse(const Queued &command, const Error &error);
    /// The remembered state still has the head that was just read.
    bool isCurrent(const Loaded &answer) const;
    const StoredMember *servedMember(const UserId &user) const;
    void healReceipts(const Origin &origin, const StoredMember &member);
    void tellReceiptsFirst();
    Queued receiptsSwitch(const UserId &user, bool off) const;

    DeskContext &m_context;
    ChatId m_chat;
    std::deque<Queued> m_waiting;
    Stage m_stage = Stage::Idle;
    bool m_remembered = false; ///< m_state is what was read last, even if that was nothing
    std::optional<ChatAggregate> m_state;
    Epoch m_epoch; ///< of the store when m_state was read
    Step m_step;
    int m_attempts = 0;
};

} // namespace parley
