// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Prints docs/protocol.md from the definitions, so that the document cannot say something else.
#include "shared/codec/json.h"
#include "shared/product.h"
#include "shared/protocol/frame.h"
#include "shared/protocol/poll.h"
#include "shared/protocol/text.h"

#include <QtCore/QTextStream>

#include <cstdio>

using namespace parley;

namespace {

template <typename E>
struct Names;

template <>
struct Names<Kind> {
    static constexpr auto type = "Kind";
    static constexpr std::array all{std::pair{Kind::Create, "create"},
        std::pair{Kind::Message, "message"}, std::pair{Kind::Edit, "edit"},
        std::pair{Kind::Delete, "delete"}, std::pair{Kind::React, "react"},
        std::pair{Kind::Unreact, "unreact"}, std::pair{Kind::Title, "title"},
        std::pair{Kind::Add, "add"}, std::pair{Kind::Remove, "remove"},
        std::pair{Kind::Leave, "leave"}, std::pair{Kind::SetRole, "setRole"},
        std::pair{Kind::Accept, "accept"}, std::pair{Kind::Block, "block"},
        std::pair{Kind::Unblock, "unblock"}, std::pair{Kind::Receipts, "receipts (server only)"}};
};
template <>
struct Names<ChatKind> {
    static constexpr auto type = "ChatKind";
    static constexpr std::array all{
        std::pair{ChatKind::Direct, "direct"}, std::pair{ChatKind::Group, "group"}};
};
template <>
struct Names<Role> {
    static constexpr auto type = "Role";
    static constexpr std::array all{std::pair{Role::Member, "member"},
        std::pair{Role::Admin, "admin"}, std::pair{Role::Owner, "owner"}};
};
template <>
struct Names<MemberState> {
    static constexpr auto type = "MemberState";
    static constexpr std::array all{std::pair{MemberState::Member, "member"},
        std::pair{MemberState::Invited, "invited"}, std::pair{MemberState::Left, "left"},
        std::pair{MemberState::Removed, "removed"}};
};
template <>
struct Names<ContentType> {
    static constexpr auto type = "ContentType";
    static constexpr std::array all{std::pair{ContentType::None, "none"},
        std::pair{ContentType::Text, "text with entities"},
        std::pair{ContentType::Media, "media description"},
        std::pair{ContentType::FirstEncrypted, "from here on encrypted"}};
};
template <>
struct Names<PresenceState> {
    static constexpr auto type = "PresenceState";
    static constexpr std::array all{std::pair{PresenceState::Offline, "offline"},
        std::pair{PresenceState::Away, "away"}, std::pair{PresenceState::Online, "online"}};
};
template <>
struct Names<CloseReason> {
    static constexpr auto type = "CloseReason";
    static constexpr std::array all{std::pair{CloseReason::Replaced, "replaced"},
        std::pair{CloseReason::Revoked, "revoked"}, std::pair{CloseReason::Silent, "silent"},
        std::pair{CloseReason::Slow, "slow"}, std::pair{CloseReason::Malformed, "malformed"},
        std::pair{CloseReason::TooMany, "too many"}};
};
template <>
struct Names<EntityKind> {
    static constexpr auto type = "EntityKind";
    static constexpr std::array all{std::pair{EntityKind::Bold, "bold"},
        std::pair{EntityKind::Italic, "italic"}, std::pair{EntityKind::Underline, "underline"},
        std::pair{EntityKind::Strike, "strike"}, std::pair{EntityKind::Code, "code"},
        std::pair{EntityKind::CodeBlock, "code block"}, std::pair{EntityKind::Link, "link"},
        std::pair{EntityKind::Mention, "mention"}, std::pair{EntityKind::Quote, "quote"}};
};
template <>
struct Names<ErrorClass> {
    static constexpr auto type = "ErrorClass";
    static constexpr std::array all{std::pair{ErrorClass::Retry, "retry"},
        std::pair{ErrorClass::Resync, "resync"}, std::pair{ErrorClass::Conflict, "conflict"},
        std::pair{ErrorClass::Reject, "reject"}, std::pair{ErrorClass::Auth, "auth"},
        std::pair{ErrorClass::Upgrade, "upgrade"}};
};

/// Writes each struct once, after the first that mentions it.
class Document {
public:
    explicit Document(QTextStream &out)
        : m_out(out)
    {
    }

    template <typename T>
    static QString typeName()
    {
        if constexpr (IsOptional<T>::value)
            return typeName<typename T::value_type>();
        else if constexpr (IsVector<T>::value)
            return QStringLiteral("list of ") + typeName<typename T::value_type>();
        else if constexpr (IsId<T>::value)
            return QStringLiteral("id");
        else if constexpr (WireStruct<T>)
            return QStringLiteral("[%1](#%2)")
                .arg(QLatin1String(T::name), QString::fromLatin1(T::name).toLower());
        else if constexpr (std::same_as<T, QString>)
            return QStringLiteral("text");
        else if constexpr (std::same_as<T, QByteArray>)
            return QStringLiteral("bytes");
        else if constexpr (std::same_as<T, bool>)
            return QStringLiteral("bool");
        else if constexpr (std::same_as<T, ErrorCode>)
            return QStringLiteral("[error code](#errors)");
        else if constexpr (std::is_enum_v<T>)
            return QStringLiteral("[%1](#numbers)").arg(QLatin1String(Names<T>::type));
        else if constexpr (sizeof(T) == 8)
            return QStringLiteral("int64");
        else
            return QStringLiteral("uint%1").arg(sizeof(T) * 8);
    }

    template <typename T>
    void structure(const QString &extra = {})
    {
        if (m_written.contains(QLatin1String(T::name)))
            return;
        m_written << QLatin1String(T::name);
        m_out << "### " << T::name << "\n\n" << T::about << "\n\n" << extra;
        if constexpr (fieldCount < T >> 0) {
            m_out << "| key | type | | at most | |\n| --- | --- | --- | --- | --- |\n";
            forEachField<T>([&](const auto &f) {
                using F = std::remove_cvref_t<decltype(f)>;
                m_out << "| `" << f.key << "` | " << typeName<typename F::Value>() << " | "
                      << (mayBeAbsent<typename F::Value> ? "may be absent" : "") << " | "
                      << (F::most < 0 ? QString() : QString::number(F::most)) << " | " << f.about
                      << " |\n";
            });
            m_out << "\n";
            forEachField<T>(
                [&](const auto &f) { nested<typename std::remove_cvref_t<decltype(f)>::Value>(); });
        } else {
            m_out << "No fields.\n\n";
        }
    }

private:
    template <typename T>
    void nested()
    {
        if constexpr (IsOptional<T>::value || IsVector<T>::value)
            nested<typename T::value_type>();
        else if constexpr (WireStruct<T>)
            structure<T>();
    }

    QTextStream &m_out;
    QStringList m_written;
};

const char *accessText(Access access)
{
    switch (access) {
    case Access::Anyone:
        return "anyone, also before sign-in";
    case Access::User:
        return "any signed-in user, about what is theirs";
    case Access::Invited:
        return "a member of the chat, or invited to it";
    case Access::Member:
        return "a member of the chat";
    case Access::Operations:
        return "each operation has its own rule (below)";
    }
    return "";
}

void writeFrames(QTextStream &out)
{
    out << "# The protocol, version " << protocolVersion << "\n\n"
        << "<!-- Made by parley-protocol-doc from shared/protocol: change the definitions. -->\n\n"
        << R"(This is all that a client needs to know. Why the rules are as they are stands in
[reliability.md](reliability.md) and [decisions/](decisions/).

## Frames

A connection is a WebSocket (RFC 6455) at the path `/`, without extensions. One binary message is one
frame, and a frame is one CBOR map (RFC 8949) with definite lengths throughout:

| key | type | |
| --- | --- | --- |
| `type` | text | the name of a command or event, or `ok`, or `error` |
| `request` | uint32 | client frames: a number of the client's own, from 1 on; answers repeat it; events have none |
| `body` | map | the fields of that type |

Every command gets exactly one answer: `ok`, whose body is the type named as its reply, or `error`,
whose body is a [Refusal](#refusal). Unknown keys are ignored; unknown event types too. A key that
stands twice, a text that is not UTF-8, a number out of range, an indefinite length or bytes after the
end are `Malformed`. Fields without "may be absent" must be there. An absent list is empty, an absent
bool is false.

An id is a byte string of 16 bytes. Times are milliseconds since 1970 in UTC, of the server. Numbers
are CBOR integers, those of 64 bits from 0 to 2^53; enumerations are numbers.

As JSON the same frame is an object with the same keys: bytes and ids are base64url without padding,
64 bit integers decimal strings, everything else as it is. A WebSocket whose first message is a text
speaks JSON in both directions, one frame in each text message; it and a binary message on the same
connection do not go together (`closing`, malformed). Where no WebSocket gets through, the same JSON
frames travel by [long polling](#long-polling).

)"
        << "Limits before anything is allocated: client frame " << limits::clientFrameBytes
        << " bytes, server frame " << limits::serverFrameBytes << " bytes, depth of a body "
        << limits::depth << ", list " << limits::arrayItems << " items, map " << limits::mapKeys
        << " keys, text " << limits::textBytes << " bytes. Every list in an answer stops at "
        << limits::answerBytes << " bytes or " << limits::answerItems
        << " items and says where it stopped.\n\n";
}

void writeRules(QTextStream &out)
{
    out << R"(## What a client does

1. **Hello.** The first frame is `hello`, within )"
        << limits::signInMs / 1000 << R"( s, with a token, a password, an invite, or nothing (which
   asks for the ways to sign in). An unknown or revoked token is `NotSignedIn`; a wrong password and an
   unknown user are both `BadCredentials`. The answer is `Welcome`; one or more `sync` follow, the last without
   `more`. There is no cursor: `have` says per chat up to which `seq` the device holds everything since
   its tail's start, and the sum of the watermarks that it holds.
2. **The sum of the watermarks** of a chat counts delivered + read of every member that the device
   knows, former ones too, while `ChatRow.members` is at most )"
        << limits::marksMembers << R"( and at
   most )"
        << limits::marksPeople
        << R"( are or were members; another member's read counts as 0 when that member's or the own
   `receiptsOff` is set. In larger chats only the own mark counts.
3. **Sync.** `restored`, or another epoch than the device's: in one transaction put the sent operations
   of the last 30 days back into the outbox, ahead of the pending ones, drop the cache, take the epoch,
   and send `catchUp` with nothing. Otherwise take user state and heads, and ask `page` for each chat in
   `chats`, newest first, from the own `seq`, until a page comes without `more`. Chats that were up to
   date arrive as `live` without being asked for.
4. **Entries** are applied only in sequence: own `seq` + 1. What is known is ignored; a gap asks `page`.
   The rows beside them are merged by `rev`, higher wins; nothing is interpreted. A row whose `seq` is in
   no held interval is kept unseen until its interval is held. One frame is one transaction.
5. **Opened** in a page starts the chat over: drop its cached rows, take `low..head` as held, raise the
   own generation by one. Answers that carry another generation than the device's, and pages or opened
   ones whose head is below the device's own `seq`, are discarded and asked again.
6. **Sending.** Give the operation its UUIDv7, write message and outbox in one transaction, then send.
   Per chat one `send` in flight, oldest first. No answer within )"
        << limits::answerMs / 1000 << R"( s, or a closed socket: connect again
   and send the same bytes. A result without `error`, or `NoEffect`, is done; class retry is sent again
   later with the same id; any other error is final. An own entry that arrives in the log is done too.
7. **Marks** only grow. `delivered` is claimed after the device's own commit, `read` when shown; one
   `mark` in flight per chat; it is done when the confirmed watermark reaches it. Who is invited gives
   none before `accept`.
8. **User state** is applied only if its revision is the own `userRevision` + 1; else send `digest`.
   `chat/ID` holds a [ChatState](#chatstate): the higher `at` wins, and without `since` one is out. An ID
   in a key is base64url without padding; ChatState and Privacy stand in their values as CBOR maps.
9. **Alive** every heartbeat; )"
        << limits::silenceMs / 1000 << R"( s without any frame close. Every )"
        << limits::digestEvery << R"(th carries the digest's hash; `differs` is
   answered with `digest`.
10. **Lagging**: send `catchUp`. **goAway**: come back within its window. Reconnect after
    random(0, min(60 s, 0.5 s · 2ⁿ)), at once when the network or the machine wakes.

## Operations

What each kind of operation in `send` wants, who may, and what it does. A target must be visible to the
sender in that chat. Without effect is `NoEffect`. The first final outcome of an id stays for ever.

| kind | who | fields | effect |
| --- | --- | --- | --- |
| create | anyone; a direct chat's id is SHA-256("parley direct", lower user id, higher user id), first 16 bytes, highest bit set | `user` (direct), or `text` and `members` (group; the client draws the id, highest bit clear) | the chat; whoever has no chat in common with the actor is invited, unless the server is set to ask nobody |
| message | member, not blocked | `type`, `payload`, `replyTo`, `thread`, `expires`, `wake`, `media` | a row; to an invited member text only |
| edit | its sender; of others' messages `NoTarget` | `target`, `type`, `payload` | the row's payload |
| delete | its sender; admins and the owner of a group | `target` | the payload is gone |
| react, unreact | member | `target`, `text` | the row's reactions |
| title | admin, owner | `text` | the group's title |
| add | admin, owner | `user` | a member, or, as at create, one who is invited; reads from here on |
| remove | admin, owner, of a lower role | `user` | |
| leave | member of a group, or invited to it | | an owner's place goes to the oldest admin, else the oldest member |
| setRole | owner | `user`, `role` | giving owner away makes the giver an admin |
| accept | invited | | takes part |
| block, unblock | either one of a direct chat | | the other may not write, and is not told |

)";
}

template <typename E>
void writeNumbers(QTextStream &out)
{
    out << "- **" << Names<E>::type << "**: ";
    bool first = true;
    for (const auto &[value, word] : Names<E>::all) {
        out << (first ? "" : ", ") << static_cast<int>(value) << " " << word;
        first = false;
    }
    out << "\n";
}

const char *className(ErrorClass errorClass)
{
    for (const auto &[value, word] : Names<ErrorClass>::all) {
        if (value == errorClass)
            return word;
    }
    return "";
}

/// How frames travel where no WebSocket gets through.
void writePolling(QTextStream &out, Document &document)
{
    out << "## Long polling\n\nThe same conversation in the bodies of HTTP/1.1 requests: `POST ..."
        << pollPath << R"(` on the same
port, below whatever path the server is reached at, over TLS under the same rules. A session of this
kind is what a WebSocket is: `hello` comes first, every command has one answer, the limits, refusals and
reasons to close are the same. Nothing secret is ever in the URL.

A request has `Content-Type: application/json`, `Content-Length` (chunks are refused), no
`Content-Encoding`, and one object as its body; so has the answer. Each has a list `frames` of frames as
JSON, which may be empty or absent, and beside it:

)";
    document.structure<Poll>();
    document.structure<Polled>();
    out << R"(1. **Opening.** A request without `session` opens one (`seq` "1", `ack` "0") and is answered at once
   with its name, 128 random bits that only this client learns. It may carry frames, but whoever repeats
   it opens another session: send `hello` in the second request.
2. **Numbers.** Each side numbers its frames from 1 on. `seq` says the number of the first frame in the
   body, `ack` the number up to which the sender of the body has everything. Frames that one has are
   skipped; frames beyond a gap are not taken, and the gap is said by `ack`. A side keeps its frames until
   they are acknowledged, and says them again in whatever request or answer comes next. So a request or an
   answer that was lost is simply repeated, with the same numbers.
3. **Waiting.** The answer comes at once when the server has frames that are not acknowledged, when the
   session is new or closed, or when frames are missing; else when there is something to say, or with
   nothing after one heartbeat. Ask again at once: without a request for )"
        << limits::pollExpiryMs / 1000 << R"( s the session ends.
4. **Two requests.** One request waits at the server; what the client has to say meanwhile goes in a second
   one, on another connection. The newer one releases the older, which is answered with nothing, and waits
   in its place. More than two make no sense. Requests on one connection are answered in their order.
5. **The end.** `closed` says that nothing follows what is in this answer; before it stands, as on a
   WebSocket, a `closing` event or an error. For 10 s it is said again to whoever asks, then the session is
   unknown (404): connect again. A client that leaves says `close`.
6. **Sizes.** A request's body has at most `clientFrameBytes` of `welcome` and )"
        << limits::pollEnvelopeBytes << R"( bytes more, and )" << limits::arrayItems << R"(
   frames; its head )"
        << 8 * 1024 << R"( bytes and 64 lines. An answer has one frame, or several up to )"
        << limits::pollFramesBytes << R"( bytes;
   never more than )"
        << limits::pollAnswerBytes << R"( bytes in all. What is not acknowledged counts as the
   send queue of the connection, with its rules: typing and presence dropped at half, all pushes when full,
   then `lagging`.
7. **Time.** A request must arrive whole within 5 s, of a connection that has spoken for a signed-in session
   within 15 s. An idle connection is closed after 5 s or 60 s likewise.

| status | |
| --- | --- |
| 200 | the body is an answer |
| 400 | not HTTP, not an object as above, or an `ack` of frames that were never sent; the session goes on |
| 403 | an `Origin` that is not allowed |
| 404 | no such session: it is over |
| 405 | not POST |
| 408 | the body did not come in time |
| 411 | no `Content-Length`, or chunks |
| 413 | the body is too large |
| 415 | not `application/json`, or encoded |
| 417 | an `Expect` other than `100-continue` |
| 429 | too many requests from this address: after `Retry-After` seconds again |
| 431 | the head is too large |
| 503 | the server stops, or has too many connections |

After 400 (of a body), 404, 429 and 503 the connection can be used again; after the others it is closed.
What a frame in a body says wrong is answered by a frame, as on a WebSocket.

```
{"seq":"1","ack":"0"}
    {"session":"PCII_ANvIGlSIT_vkPCWTw.1","seq":"1","ack":"0","frames":[]}
{"session":"PCII_…","seq":"1","ack":"0","frames":[{"type":"hello","request":1,"body":{…}}]}
    {"session":"PCII_…","seq":"1","ack":"1","frames":[{"type":"ok","request":1,"body":{…}}]}
{"session":"PCII_…","seq":"2","ack":"1"}
    {"session":"PCII_…","seq":"2","ack":"1","frames":[{"type":"sync","body":{…}}]}
```

A client tries the WebSocket first. It polls where the server is reached but the upgrade is refused, not
answered, or followed by silence, and tries the WebSocket again after some minutes or in another network.

)";
}

void writeErrors(QTextStream &out)
{
    out << "## Errors\n\n| code | name | class |\n| --- | --- | --- |\n";
    for (quint16 number = 1; number < 64; ++number) {
        const auto code = static_cast<ErrorCode>(number);
        const QString word = QString::fromLatin1(errorName(code));
        if (word == QLatin1String("Unknown"))
            continue;
        if (code == ErrorCode::Damaged || code == ErrorCode::NotFound
            || code == ErrorCode::Cancelled)
            continue; // never on the wire
        out << "| " << number << " | " << word << " | " << className(errorClass(code)) << " |\n";
    }
    out << "\nA code that a client does not know is treated by its class: retry (keep, back off), "
           "resync (say\nwhat you have), conflict (look at the row), reject (final), auth (sign in "
           "again, the outbox is\nkept), upgrade.\n\n";
}

} // namespace

int main()
{
    QString text;
    QTextStream out(&text);
    writeFrames(out);
    writeRules(out);
    Document document(out);
    out << "## Commands\n\n";
    Commands::forEach([&]<typename T>() {
        document.structure<T>(QStringLiteral("Who: %1. Reply: %2.\n\n")
                                  .arg(QLatin1String(accessText(T::access)),
                                      Document::typeName<typename T::Reply>()));
    });
    out << "## Replies\n\n";
    Commands::forEach([&]<typename T>() { document.structure<typename T::Reply>(); });
    document.structure<Refusal>();
    out << "## Events\n\n";
    Events::forEach([&]<typename T>() { document.structure<T>(); });
    out << "## Values\n\n";
    document.structure<ChatState>();
    document.structure<Privacy>();
    document.structure<TextBody>();
    writePolling(out, document);
    out << "## Numbers\n\n";
    writeNumbers<Kind>(out);
    writeNumbers<ChatKind>(out);
    writeNumbers<Role>(out);
    writeNumbers<MemberState>(out);
    writeNumbers<ContentType>(out);
    writeNumbers<PresenceState>(out);
    writeNumbers<EntityKind>(out);
    writeNumbers<CloseReason>(out);
    writeNumbers<ErrorClass>(out);
    out << "\n";
    writeErrors(out);
    const QByteArray bytes = text.trimmed().toUtf8() + '\n';
    return std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout) == size_t(bytes.size())
        ? 0
        : 1;
}
