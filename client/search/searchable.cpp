// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchable.h"

#include "client/timeline/links.h"

#include <algorithm>

namespace parley {

std::optional<TextBody> bodyOf(const Row &row)
{
    if (row.contentType != ContentType::Text)
        return std::nullopt;
    const auto body = fromCbor<TextBody>(row.payload);
    return body ? std::optional(*body) : std::nullopt;
}

bool isSearchable(const Row &row)
{
    return row.kind == Kind::Message && !row.deleted && row.contentType == ContentType::Text;
}

bool hasLink(const TextBody &body)
{
    const auto isLink = [](const TextEntity &entity) {
        return entity.kind == EntityKind::Link && entity.url && !safeLink(*entity.url).isEmpty();
    };
    return std::ranges::any_of(body.entities, isLink) || !findLinks(body.text).empty();
}

} // namespace parley
