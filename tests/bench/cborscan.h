// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/cbor.h"

#include <string_view>

namespace parley::bench {

/// Reads a few fields out of CBOR where it lies, without allocating: a decoder of whole frames
/// costs the load more than the frame cost the server. What is broken ends it, and isGood() tells.
class CborScan {
public:
    explicit CborScan(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    bool isGood() const { return m_isGood; }
    bool isAtEnd() const { return m_isGood && m_at == m_bytes.size(); }

    quint64 number() { return head(CborType::Unsigned); }
    std::string_view text() { return take(head(CborType::Text)); }
    std::string_view bytes() { return take(head(CborType::Bytes)); }

    /// Calls `visit(key)` for each pair of a map; it says whether it read the value.
    template <typename Visit>
    void map(Visit &&visit)
    {
        const quint64 pairs = head(CborType::Map);
        for (quint64 i = 0; i < pairs && m_isGood; ++i) {
            if (!visit(text()))
                skip();
        }
    }
    /// Calls `visit()` for each item of a list; it reads the item.
    template <typename Visit>
    void list(Visit &&visit)
    {
        const quint64 items = head(CborType::Array);
        for (quint64 i = 0; i < items && m_isGood; ++i)
            visit();
    }
    /// Skips a value and returns its bytes.
    std::string_view raw()
    {
        const size_t from = m_at;
        skip();
        return m_isGood ? m_bytes.substr(from, m_at - from) : std::string_view();
    }

    void skip()
    {
        // How many values are still to be skipped: no recursion, and a count that lies ends with
        // the bytes.
        for (quint64 left = 1; left > 0 && m_isGood; --left) {
            const auto [type, value] = anyHead();
            if (type == CborType::Bytes || type == CborType::Text)
                take(value);
            else if (type == CborType::Array)
                left += value;
            else if (type == CborType::Map)
                left += 2 * value;
        }
    }

private:
    struct Head {
        CborType type = CborType::Simple;
        quint64 value = 0;
    };

    Head anyHead()
    {
        constexpr quint8 oneByteFollows = 24;
        constexpr quint8 eightBytesFollow = 27;
        if (m_at >= m_bytes.size())
            return fail();
        const auto first = static_cast<quint8>(m_bytes[m_at++]);
        const quint8 low = first & 0x1F;
        Head head{static_cast<CborType>(first >> 5), low};
        if (low < oneByteFollows)
            return head;
        const size_t size = size_t(1) << (low - oneByteFollows);
        if (low > eightBytesFollow || m_bytes.size() - m_at < size)
            return fail();
        head.value = 0;
        for (size_t i = 0; i < size; ++i)
            head.value = head.value << 8 | static_cast<quint8>(m_bytes[m_at++]);
        return head;
    }

    quint64 head(CborType type)
    {
        const auto found = anyHead();
        return found.type == type ? found.value : fail().value;
    }

    std::string_view take(quint64 size)
    {
        if (!m_isGood || m_bytes.size() - m_at < size) {
            fail();
            return {};
        }
        const auto found = m_bytes.substr(m_at, static_cast<size_t>(size));
        m_at += found.size();
        return found;
    }

    Head fail()
    {
        m_isGood = false;
        return {};
    }

    std::string_view m_bytes;
    size_t m_at = 0;
    bool m_isGood = true;
};

} // namespace parley::bench
