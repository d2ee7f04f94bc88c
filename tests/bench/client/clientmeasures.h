// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/client.h"
#include "tests/bench/client/generatedcache.h"

#include <QtCore/QJsonObject>

namespace parley::bench {

/// What is measured, on a profile that generateCache() has filled.
struct Subject {
    ClientOptions options;
    std::vector<GeneratedChat> chats; ///< the largest first
    std::vector<SaidLine> said;
    int messages = 0;
};

/// Milliseconds, sorted into p50, p95 and most.
QJsonObject summary(std::vector<double> ms);

/// Everything goes into the index for searching, in the steps of the program but without its
/// pauses; a step is how long the client's thread is busy at once.
Result<QJsonObject> measureIndex(const Subject &subject);
/// The program itself, from its start to the first frame with a chat's messages and the field to
/// write in, on a screen in memory, drawn by the processor; and the memory that it has then.
Result<QJsonObject> measureStart(const Subject &subject, int runs);
/// From the wish to see a chat to its newest messages ready to paint, from thread to thread; the
/// first time for each chat, and a second time.
Result<QJsonObject> measureOpening(const Subject &subject);
/// From a query to its first page of hits ready to paint, the newest first; and the slowest query.
Result<QJsonObject> measureSearch(const Subject &subject, int queries);

} // namespace parley::bench
