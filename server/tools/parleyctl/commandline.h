// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "shared/result.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace parley {

/// What parleyctl was asked to do.
struct AdminQuestion {
    bool initialises = false; ///< run parleyd instead of asking it
    bool readsPassword = false; ///< put a line of standard input into the question
    bool asJson = false;
    QString dataFolder;
    QStringList journals; ///< audit these instead of asking
    QJsonObject question;
};

/// Reads the arguments after the program's name. Malformed, with what would be right.
Result<AdminQuestion> parseArguments(const QStringList &arguments, const QString &defaultFolder);

/// How to use it.
QString usage();

/// An answer for people: a line each, tables in columns.
QString forPeople(const QString &command, const QJsonObject &answer);

} // namespace parley
