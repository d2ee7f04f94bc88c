// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/httphead.h"

namespace parley {

struct HttpRequest {
    HttpHead head;
    QByteArray body;
};

/// Reads the requests of one kept connection, byte by byte if they come so: heads within the limits
/// of HttpHead, bodies of a length that was said before, as JSON. Requests that follow each other
/// closely are given one by one. What it refuses it says once; nothing can be read after that.
/// Without sockets or a clock.
class HttpRequestReader {
public:
    /// `config` must outlive it; it says who may ask, and the largest frame.
    explicit HttpRequestReader(const Config &config)
        : m_config(config)
    {
    }

    /// The largest body.
    qsizetype bodyBytesMost() const;
    /// So many bytes may be fed now.
    qsizetype room() const;
    void feed(QByteArrayView bytes);

    /// A request that is there as a whole; what to answer before the connection is closed; or
    /// nothing yet.
    using Step = std::variant<std::monostate, HttpRequest, HttpResponse>;
    Step next();

    /// Nothing of a further request has come.
    bool isIdle() const { return m_bytes.isEmpty() && !m_head; }
    /// The peer waits for "100 Continue" before its body. Says so once for each request.
    bool takeContinueWish();

private:
    std::optional<HttpResponse> readHead();
    std::optional<HttpResponse> readLength();
    HttpResponse refuse(HttpResponse response);

    const Config &m_config;
    QByteArray m_bytes;
    std::optional<HttpHead> m_head;
    qsizetype m_bodyBytes = 0;
    bool m_wantsContinue = false;
    bool m_hasRefused = false;
};

} // namespace parley
