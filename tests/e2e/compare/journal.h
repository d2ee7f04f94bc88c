// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/e2e/compare/serverfile.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>

namespace parley::compare {

/// An operation that a client has seen acknowledged: what must be in the log for ever.
struct JournalLine {
    QByteArray chat;
    QByteArray id;
    qint64 seq = 0;
    QByteArray sender;
    QByteArray payload; ///< when it is written; its SHA-256 when it was read

    QByteArray text() const;
    static std::optional<JournalLine> read(const QByteArray &text);
};

/// Written beside the run that it is about: a line is on the disk before anything else is done.
class JournalWriter {
public:
    /// Appends to what is there.
    static Result<std::unique_ptr<JournalWriter>> open(const QString &path);
    void write(const JournalLine &line);

private:
    explicit JournalWriter(const QString &path)
        : m_file(path)
    {
    }
    QFile m_file;
};

/// Finds each acknowledged operation in the log exactly once, at its place, by its sender, and its
/// row with the same payload unless it was changed since.
Status compareJournal(const QString &path, const ServerContent &server, Findings &findings);

} // namespace parley::compare
