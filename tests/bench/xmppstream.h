// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

#include <optional>
#include <string_view>

namespace parley::bench {

/// Takes the next whole piece of an XMPP stream out of `bytes`: the opening tag of the stream, its
/// closing tag, or a stanza with all that is in it. Nothing while it is not whole. For servers that
/// can be trusted to send XML: it is not checked.
std::optional<std::string_view> takeStanza(std::string_view &bytes);

/// The name of the outermost element, with its prefix.
std::string_view elementOf(std::string_view stanza);
/// An attribute of the first element of this name in it; empty when there is none.
std::string_view attributeOf(
    std::string_view stanza, std::string_view element, std::string_view attribute);

} // namespace parley::bench
