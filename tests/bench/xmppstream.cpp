// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/xmppstream.h"

namespace parley::bench {

namespace {

constexpr std::string_view streamElement = "stream:stream";

// Behind the tag that begins here; npos while it is not whole. A quoted > does not end it.
size_t endOfTag(std::string_view bytes, size_t at)
{
    char quote = 0;
    for (; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return std::string_view::npos;
}

std::string_view nameAt(std::string_view tag)
{
    const size_t begin = tag.starts_with("</") ? 2 : 1;
    return tag.substr(begin, tag.find_first_of(" \t\r\n/>", begin) - begin);
}

// Only between stanzas: the declaration, and the spaces that keep a connection open.
void skipBetween(std::string_view &bytes)
{
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    const size_t end = bytes.starts_with("<?") ? bytes.find("?>") : std::string_view::npos;
    if (end == std::string_view::npos)
        return;
    bytes.remove_prefix(end + 2);
    skipBetween(bytes);
}

} // namespace

std::optional<std::string_view> takeStanza(std::string_view &bytes)
{
    skipBetween(bytes);
    if (bytes.starts_with("<?"))
        return std::nullopt;
    int depth = 0;
    size_t at = 0;
    while (true) {
        at = bytes.find('<', at);
        const size_t end = at == std::string_view::npos ? at : endOfTag(bytes, at);
        if (end == std::string_view::npos)
            return std::nullopt;
        const auto tag = bytes.substr(at, end - at);
        const bool isClosing = tag.starts_with("</");
        if (isClosing)
            --depth;
        else if (!tag.ends_with("/>"))
            ++depth;
        at = end;
        if (depth > 0 && !(depth == 1 && nameAt(tag) == streamElement))
            continue;
        const auto stanza = bytes.substr(0, at);
        bytes.remove_prefix(at);
        return stanza;
    }
}

std::string_view elementOf(std::string_view stanza)
{
    return nameAt(stanza);
}

std::string_view attributeOf(
    std::string_view stanza, std::string_view element, std::string_view attribute)
{
    for (size_t at = stanza.find('<'); at != std::string_view::npos;
         at = stanza.find('<', at + 1)) {
        const auto tag = stanza.substr(at, endOfTag(stanza, at) - at);
        if (tag.starts_with("</") || nameAt(tag) != element)
            continue;
        for (size_t found = tag.find(attribute); found != std::string_view::npos;
             found = tag.find(attribute, found + 1)) {
            const size_t value = found + attribute.size();
            if (tag[found - 1] != ' ' || tag.substr(value, 1) != "=")
                continue;
            const size_t end = tag.find(tag[value + 1], value + 2);
            return tag.substr(value + 2, end - value - 2);
        }
        return {};
    }
    return {};
}

} // namespace parley::bench
