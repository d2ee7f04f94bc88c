// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QTranslator>

namespace parley {

/// The plurals of the language that the sources are written in: "%n message(s)" becomes "1 message"
/// or "2 messages". Installed while no real translation is. Lives as long as the application.
class EnglishPlurals : public QTranslator {
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *sourceText, const char *disambiguation,
        int n) const override;
};

} // namespace parley
