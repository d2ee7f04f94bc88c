// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

#include <optional>

namespace parley {

/// Why something was refused. The numbers are on the wire and in databases: append, never reuse.
enum class ErrorCode : quint16 {
    Internal = 1, ///< our fault; the same request may succeed later
    Malformed = 2, ///< not a frame of this protocol
    TooLarge = 3, ///< over a limit that `welcome` announces
    Unsupported = 4, ///< a command or kind that this server does not know
    Forbidden = 5, ///< not allowed, or does not exist: the two are never told apart
    NoTarget = 6, ///< the message that is meant is not in this chat, or not visible
    IdReused = 7, ///< the id is known with another sender or content
    NoEffect = 8, ///< nothing would change; done for the client
    Conflict = 9, ///< based on an older revision; the newer row comes along
    RateLimited = 10, ///< too many; retryAfterMs says when
    Busy = 11, ///< a queue is full
    Unavailable = 12, ///< the store cannot write now (disk full, I/O error, engine away)
    BadCredentials = 13, ///< user name and password do not fit, or the user is unknown
    NotSignedIn = 14, ///< the token is unknown, revoked or expired
    InvalidInvite = 15, ///< unknown, used, expired or revoked
    NameTaken = 16, ///< another user has this name
    WeakPassword = 17, ///< too short, too common, or equal to a name
    InvalidName = 18, ///< not a user name by the rules
    UpgradeRequired = 19, ///< no common version
    LimitReached = 20, ///< a number of things (members, reactions, devices, keys) is at its limit
    Damaged = 21, ///< local only: a file is not what it should be
    NotFound = 22, ///< local only: no such file, key or row
    Cancelled = 23, ///< local only: stopped before it was done
};

/// What a peer does about an error, so that a code it does not know is still safe.
enum class ErrorClass : quint8 {
    Retry = 1, ///< keep, back off, send the same bytes again
    Resync = 2, ///< say what you have, and catch up
    Conflict = 3, ///< look at the row, decide again
    Reject = 4, ///< final: the person sees why
    Auth = 5, ///< sign in again; the outbox is kept
    Upgrade = 6, ///< this version is too old
};

/// The class that belongs to a code.
ErrorClass errorClass(ErrorCode code);

/// The code's name as it is written in documents and logs.
const char *errorName(ErrorCode code);

/// A refusal: a code for programs, a sentence for logs and admins (never shown to remote peers
/// beyond what the code says, never holds secrets or message bodies).
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString text;
    std::optional<qint64> retryAfterMs;

    Error() = default;
    Error(ErrorCode c, QString t = {})
        : code(c)
        , text(std::move(t))
    {
    }
    ErrorClass errorClass() const { return parley::errorClass(code); }
    friend bool operator==(const Error &a, const Error &b) { return a.code == b.code; }
};

} // namespace parley
