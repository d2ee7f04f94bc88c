// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <optional>
#include <string>
#include <string_view>

/// The client's half of RFC 6455, as much as a load generator needs.
namespace parley::bench {

/// The request that asks for a WebSocket.
std::string upgradeRequest(quint16 port);
/// Takes the answer to it out of `bytes`: true for 101, false for anything else; nothing while it
/// is not whole.
std::optional<bool> takeUpgradeAnswer(std::string_view &bytes);

enum class Opcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

/// Begins a frame of so many bytes at the end of `out`; returns where these are to be written.
size_t beginFrame(std::string &out, Opcode opcode, size_t payloadBytes);
/// Masks what was written from there on.
void endFrame(std::string &out, size_t payloadAt);
/// Both, and the payload between.
void appendFrame(std::string &out, Opcode opcode, std::string_view payload);

/// Cuts what the other side sends into messages: masks are taken off, fragments put together.
class FrameReader {
public:
    struct Frame {
        Opcode opcode = Opcode::Binary;
        std::string_view payload; ///< until the next call
    };

    /// Takes the next whole message out of `bytes`; nothing while there is none.
    std::optional<Frame> next(std::string_view &bytes);

private:
    std::string m_unmasked;
    std::string m_fragments;
    Opcode m_opcode = Opcode::Binary;
    bool m_isTold = false; ///< the fragments were given out
};

} // namespace parley::bench
