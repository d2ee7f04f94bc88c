// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtNetwork/QSslConfiguration>

#include <memory>
#include <span>

struct ssl_ctx_st;
struct ssl_st;

namespace parley {

/// The server's end of TLS on one descriptor, by OpenSSL, which keeps no buffer while nothing is
/// under way. Owns nothing of the descriptor. Never blocks.
class TlsStream {
public:
    explicit TlsStream(ssl_st *ssl)
        : m_ssl(ssl)
    {
    }
    ~TlsStream();
    TlsStream(const TlsStream &) = delete;
    TlsStream &operator=(const TlsStream &) = delete;

    /// What a call came to, as far as the descriptor is concerned.
    enum class Outcome : quint8 {
        Done,
        WantsRead, ///< goes on when something can be read
        WantsWrite, ///< goes on when something can be written
        Closed, ///< the peer has said goodbye
        Failed,
    };

    Outcome handshake();
    /// Reads what is there, at most as much as fits; `bytes` says how much it was.
    Outcome read(std::span<char> into, qint64 &bytes);
    /// Writes a part of it, or all; `bytes` says how much it was.
    Outcome write(std::span<const char> from, qint64 &bytes);
    /// The next read() has something to say of which the descriptor knows nothing.
    bool hasMore() const;
    /// Says goodbye, if that can be done at once.
    void close();

private:
    Outcome outcomeOf(int result) const;

    ssl_st *m_ssl;
    Outcome m_end = Outcome::Done; ///< else what came behind the last bytes that were read
    bool m_isBroken = false; ///< after which nothing may be said, not even goodbye
};

/// Certificate, key and rules, made once; its streams may be on any thread.
class TlsContext {
public:
    /// Damaged when the certificate and the key do not belong together, or cannot be used.
    static Result<std::shared_ptr<const TlsContext>> make(const QSslConfiguration &settings);

    explicit TlsContext(ssl_ctx_st *context)
        : m_context(context)
    {
    }
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    /// A stream on a connected, non-blocking descriptor; nothing when there is no memory.
    std::unique_ptr<TlsStream> accept(qintptr descriptor) const;

private:
    ssl_ctx_st *m_context;
};

} // namespace parley
