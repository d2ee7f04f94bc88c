// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>

#include <vector>

namespace parley {

/// A text as search sees it: case, accents, width and invisible characters are folded away, and
/// what is left are words, each between single spaces: "Shall we? Naïve!" is " shall we naive ".
/// Every ideograph, kana, Hangul syllable and symbol is a word by itself, since these are written
/// without spaces. Empty when there is no word. A value; any thread.
class FoldedText {
public:
    /// A part of the text that was folded, in UTF-16 code units.
    struct Span {
        qsizetype begin = 0;
        qsizetype end = 0;
        friend bool operator==(const Span &, const Span &) = default;
    };

    explicit FoldedText(const QString &text);

    const QString &text() const { return m_folded; }
    /// The part of the text that a part of text() was made of, without spaces around it.
    Span source(qsizetype begin, qsizetype end) const;

private:
    friend class Folder;
    QString m_folded;
    std::vector<Span> m_sources; // of each code unit of m_folded
};

} // namespace parley
