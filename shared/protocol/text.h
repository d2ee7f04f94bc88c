// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/codec/cbor.h"

/// The payload of ContentType::Text. Clients alone read it.
namespace parley {

enum class EntityKind : quint8 {
    Bold = 1,
    Italic = 2,
    Underline = 3,
    Strike = 4,
    Code = 5,
    CodeBlock = 6,
    Link = 7,
    Mention = 8,
    Quote = 9,
};

/// Formatting of a part of a text. Unknown kinds show nothing.
struct TextEntity {
    static constexpr auto name = "TextEntity";
    static constexpr auto about = "Formatting of a part of a text.";
    quint32 offset = 0;
    quint32 length = 0;
    EntityKind kind = EntityKind::Bold;
    std::optional<QString> url;
    std::optional<UserId> user;

    static constexpr auto fields =
        std::tuple{field("offset", &TextEntity::offset, "in UTF-16 code units"),
            field("length", &TextEntity::length, "in UTF-16 code units"),
            field("kind", &TextEntity::kind, "which formatting"),
            field("url", &TextEntity::url, "link: where it leads", atMost<2048>),
            field("user", &TextEntity::user, "mention: who")};
    friend bool operator==(const TextEntity &, const TextEntity &) = default;
};

/// A text and its formatting.
struct TextBody {
    static constexpr auto name = "TextBody";
    static constexpr auto about = "The payload of content type 1: a text and its formatting.";
    QString text;
    std::vector<TextEntity> entities;

    static constexpr auto fields = std::tuple{field("text", &TextBody::text, "plain"),
        field("entities", &TextBody::entities, "its formatting", atMost<limits::arrayItems>)};
    friend bool operator==(const TextBody &, const TextBody &) = default;
};

} // namespace parley
