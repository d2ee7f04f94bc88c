// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/frame.h"
#include "tests/bench/cborscan.h"

#include <string>
#include <vector>

/// The frames of which there is one for each message. Release build, 2.6 GHz class: the codec
/// encodes a `send` in 470 ns and decodes a push in 1,900; as here it is 20 and 210. What they look
/// like is still defined in one place: templates are made by the codec, and only fields of fixed
/// width in them are replaced.
namespace parley::bench {

/// Says which message of which user an operation's id names; it is a UUIDv7 all the same.
struct MessageNumber {
    quint16 run = 0; ///< at most 4,095: tells one run's messages from another's
    quint32 voice = 0;
    quint64 message = 0;

    MessageId id(qint64 nowMs) const;
    static MessageNumber of(std::string_view id);
};

/// A `send` of so many messages of one text.
class SendTemplate {
public:
    SendTemplate(const QByteArray &payload, size_t operations);
    /// Appends the bytes of the frame. The first of the messages has this number.
    void append(std::string &out, RequestNumber request, const ChatId &chat,
        const MessageNumber &first, qint64 nowMs) const;
    size_t sizeBytes() const { return m_bytes.size(); }

private:
    std::string m_bytes;
    size_t m_requestAt = 0;
    size_t m_chatAt = 0;
    std::vector<size_t> m_idsAt;
};

/// A `mark` that says what was delivered, with nothing read.
class MarkTemplate {
public:
    MarkTemplate();
    void append(
        std::string &out, RequestNumber request, const ChatId &chat, qint64 delivered) const;
    size_t sizeBytes() const { return m_bytes.size(); }

private:
    std::string m_bytes;
    size_t m_requestAt = 0;
    size_t m_chatAt = 0;
    size_t m_deliveredAt = 0;
};

/// A frame of the server, not looked into further.
struct Glance {
    std::string_view type;
    RequestNumber request = 0; ///< 0: an event
    std::string_view body;
    bool isGood = false;
};
Glance glanceAt(std::string_view frame);

/// What is of interest in an entry, wherever it stands.
struct EntryGlance {
    quint64 seq = 0;
    quint64 kind = 0;
    std::string_view id;
    std::string_view actor;
};
EntryGlance readEntry(CborScan &scan);

struct MarkGlance {
    std::string_view user;
    quint64 delivered = 0;
    quint64 read = 0;
};
MarkGlance readMark(CborScan &scan);

/// Visits what a `push` brings to a chat. False when it cannot be read.
template <typename OnEntry, typename OnMark>
bool readPush(std::string_view body, std::string_view &chat, OnEntry &&onEntry, OnMark &&onMark)
{
    CborScan scan(body);
    scan.map([&](std::string_view key) {
        if (key == "chat")
            chat = scan.bytes();
        else if (key == "entries")
            scan.list([&] { onEntry(readEntry(scan)); });
        else if (key == "marks")
            scan.list([&] { onMark(readMark(scan)); });
        else
            return false;
        return true;
    });
    return scan.isAtEnd();
}

/// One result of a `send`.
struct ResultGlance {
    std::string_view id;
    quint64 seq = 0;
    quint64 error = 0; ///< 0: none
};

template <typename OnResult>
bool readSendReply(std::string_view body, OnResult &&onResult)
{
    CborScan scan(body);
    scan.map([&](std::string_view key) {
        if (key != "results")
            return false;
        scan.list([&] {
            ResultGlance result;
            scan.map([&](std::string_view field) {
                if (field == "id")
                    result.id = scan.bytes();
                else if (field == "seq")
                    result.seq = scan.number();
                else if (field == "error")
                    result.error = scan.number();
                else
                    return false;
                return true;
            });
            onResult(result);
        });
        return true;
    });
    return scan.isAtEnd();
}

/// The `delivered` of a MarkReply; nothing when it cannot be read.
std::optional<quint64> readMarkReply(std::string_view body);

} // namespace parley::bench
