// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringView>

#include <vector>

namespace parley {

/// Neighbouring emoji clusters of a text, in UTF-16 code units.
struct EmojiRun {
    qsizetype begin = 0;
    qsizetype end = 0;
    int clusters = 0;
};

/// True when a grapheme cluster is drawn as an emoji.
bool isEmoji(QStringView cluster);
std::vector<EmojiRun> emojiRuns(const QString &text);

} // namespace parley
