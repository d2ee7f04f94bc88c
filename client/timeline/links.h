// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

#include <vector>

namespace parley {

/// An address within a text, in UTF-16 code units.
struct TextLink {
    qsizetype begin = 0;
    qsizetype end = 0;
    QString target; ///< encoded, http, https or mailto
};

/// Addresses with a scheme that may be opened. In linear time, whatever the text is.
std::vector<TextLink> findLinks(const QString &text);

/// The address in its encoded form, or nothing when it is none that may be opened.
QString safeLink(const QString &link);
/// Where it leads: the host as the network sees it (punycode), or the mail address.
QString linkHost(const QString &link);

} // namespace parley
