// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/protocol/content.h"
#include "shared/protocol/text.h"

namespace parley {

/// The text of a row, if it is one.
std::optional<TextBody> bodyOf(const Row &row);
/// What a search may find: a message with a text, not deleted.
bool isSearchable(const Row &row);
/// Whether a person sees an address in it that can be opened.
bool hasLink(const TextBody &body);

} // namespace parley
