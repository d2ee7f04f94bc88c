// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/field.h"
#include "shared/limits.h"
#include "shared/result.h"

#include <deque>

/// Long polling: the frames of a connection, as JSON, in the bodies of HTTP requests.
namespace parley {

namespace limits {
inline constexpr qsizetype pollSessionBytes = 64; ///< the name of a session
inline constexpr qsizetype pollEnvelopeBytes = 1024; ///< of a request's body, beside its frames
inline constexpr qsizetype pollFramesBytes = 512 * 1024; ///< an answer with more has one frame
/// No byte of a frame in CBOR becomes more than six in JSON.
inline constexpr qsizetype pollAnswerBytes = 6 * serverFrameBytes + pollFramesBytes;
inline constexpr qint64 pollExpiryMs = 30'000; ///< without a request: the session ends
} // namespace limits

/// The path, below whatever a server is reached at.
inline constexpr char pollPath[] = "/v1/poll";

/// What a request's body says beside its `frames`.
struct Poll {
    static constexpr auto name = "Poll";
    static constexpr auto about = "The body of a request.";
    std::optional<QString> session;
    qint64 seq = 1;
    qint64 ack = 0;
    bool close = false;

    static constexpr auto fields = std::tuple{
        field("session", &Poll::session, "as the first answer named it; absent: a new one",
            atMost<limits::pollSessionBytes>),
        field("seq", &Poll::seq,
            "the number of the first of `frames`; without any, of the one that comes next"),
        field("ack", &Poll::ack, "the number of the last frame that came without a gap; 0: none"),
        field("close", &Poll::close, "the client leaves: after `frames` the session ends")};
    friend bool operator==(const Poll &, const Poll &) = default;
};

/// What an answer's body says beside its `frames`.
struct Polled {
    static constexpr auto name = "Polled";
    static constexpr auto about = "The body of an answer with status 200.";
    QString session;
    qint64 seq = 1;
    qint64 ack = 0;
    bool closed = false;

    static constexpr auto fields =
        std::tuple{field("session", &Polled::session, "its name: a secret, as a token is",
                       atMost<limits::pollSessionBytes>),
            field("seq", &Polled::seq, "as in the request"), field("ack", &Polled::ack, "likewise"),
            field("closed", &Polled::closed, "nothing follows: the session is over")};
    friend bool operator==(const Polled &, const Polled &) = default;
};

template <typename Head>
struct PollBody {
    Head head;
    std::vector<QByteArray> frames; ///< each an object as JSON
};

QByteArray encodePoll(const Poll &poll, const std::vector<QByteArray> &frames);
QByteArray encodePolled(const Polled &polled, const std::vector<QByteArray> &frames);
Result<PollBody<Poll>> decodePoll(const QByteArray &json);
Result<PollBody<Polled>> decodePolled(const QByteArray &json);

/// Frames on their way to the other end of a poll session: numbered from 1 on, and kept until that
/// end has said that it has them, so that what was lost can be said again. A value without I/O.
class NumberedFrames {
public:
    void push(QByteArray frame);
    /// Forgets what the other end has, up to this number. True when there was something.
    bool acknowledge(qint64 number);
    /// From this number on, as many as are kept and fit into `bytesMost`, but at least one.
    std::vector<QByteArray> from(qint64 number, qsizetype bytesMost) const;

    qint64 first() const { return m_first; } ///< number of the oldest that is kept
    qint64 last() const { return m_first + std::ssize(m_frames) - 1; } ///< of the newest ever
    bool isEmpty() const { return m_frames.empty(); }
    qint64 bytes() const { return m_bytes; }

private:
    std::deque<QByteArray> m_frames;
    qint64 m_first = 1;
    qint64 m_bytes = 0;
};

/// What has arrived from the other end, by its numbers alone.
class ArrivedFrames {
public:
    /// How many of `count` frames, the first of which has the number `seq`, are known already.
    /// Nothing when frames are missing before them: none may be taken then.
    std::optional<size_t> known(qint64 seq, size_t count) const;
    /// One more was taken.
    void take() { ++m_last; }
    qint64 last() const { return m_last; }

private:
    qint64 m_last = 0;
};

} // namespace parley
