// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/messages/desk.h"

#include <deque>

namespace parley {

/// The service's place for what is unique on a server: user names, and invites. A new user takes
/// its name (and uses up its invite) here first; then the command goes on to the user's own desk.
/// Both steps can be repeated, so a crash between them loses nothing.
class DirectoryDesk : public Desk {
public:
    explicit DirectoryDesk(DeskContext &context)
        : m_context(context)
    {
    }

    void take(Queued command) { m_waiting.push_back(std::move(command)); }
    /// True once the name (and the invite) of this command are its own.
    static bool isFor(const ServiceCommand &command);

    /// Where a command goes once the directory agreed.
    std::function<void(Queued)> agreed;

    void proceed() override;
    void loaded(Loaded answer) override;
    void appended(Outcome outcome) override;
    bool isIdle() const override { return m_stage == Stage::Idle && m_waiting.empty(); }

private:
    enum class Stage : quint8 { Idle, Loading, Appending };

    void decide(const SignUp &command, const Loaded &read);
    void decide(const CreateUser &command, const Loaded &read);
    void decide(const CreateInvite &command, const Loaded &read);
    void decide(const RevokeInvite &command, const Loaded &read);
    void commit(DirectoryAppend append);
    void finish();
    void refuse(const Error &error);

    DeskContext &m_context;
    std::deque<Queued> m_waiting;
    Stage m_stage = Stage::Idle;
    int m_attempts = 0;
};

} // namespace parley
