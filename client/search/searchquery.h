// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QDate>
#include <QtCore/QStringList>

#include <optional>

namespace parley {

/// What a person typed into a search field, understood. A value; any thread.
///
///     ridge loop          both, in any order, each anywhere in a text (see looseNeedle)
///     "ridge loop"        these words in this order; without a closing quote the last is begun
///     ridg*               words that begin so
///     from:maya in:walk   by somebody, in a chat of this name; "from:" twice is either of them
///     from:me
///     has:link has:reply  with an address, answering another message
///     before:2024-05-12 after:2024-05      days, months, years, today, yesterday; both exclusive
///
/// Names of filters are read in any case; a value of several words stands in quotes. What has the
/// form of a filter but not its name is words. A filter without a value is one that is being typed:
/// it says nothing yet.
struct SearchQuery {
    enum class Fault {
        None,
        UnknownKind, ///< has: what does not exist
        NoDate, ///< before:, after: what is no date
    };

    /// `today` is the person's own.
    static SearchQuery parse(const QString &text, const QDate &today);

    QStringList needles; ///< of folded texts, see searchneedle.h; each once
    QStringList words; ///< the same without filters, as typed: for names of chats and people
    QStringList from; ///< names
    QStringList in; ///< names of chats
    bool hasLink = false;
    bool hasReply = false;
    std::optional<QDate> firstDay;
    std::optional<QDate> lastDay;
    Fault fault = Fault::None; ///< the first one; then nothing is searched
    QString faultText; ///< what was typed

    bool hasFilter() const
    {
        return !from.isEmpty() || !in.isEmpty() || hasLink || hasReply || firstDay || lastDay;
    }
    /// There is nothing to look for.
    bool isEmpty() const { return needles.isEmpty() && !hasFilter(); }
};

} // namespace parley
