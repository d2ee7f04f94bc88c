// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/settings/profilesettings.h"
#include "shared/result.h"

#include <QtCore/QRect>
#include <QtCore/QStringList>

namespace parley {

/// What the command line says. The texts of the options stand here and nowhere else.
struct LaunchOptions {
    /// Folders are named after profiles.
    static constexpr qsizetype profileLength = 64;
    static constexpr qint64 tokenFileBytes = 4'096;

    QString profile;
    QString dataFolder;
    QString server;
    QString tokenFile;
    QString openChat;
    QString automationSocket;
    QString screenshot;
    QString deliveryJournal;
    std::optional<QSize> size;
    std::optional<QPoint> position;
    std::optional<ProfileSettings::Theme> theme;
    bool setsCacheAside = false;
    bool showHelp = false;
    bool showVersion = false;
    QString help; ///< what --help prints

    /// The first argument is the program's name. An error is a sentence for the person.
    static Result<LaunchOptions> parse(const QStringList &arguments);
};

/// WIDTHxHEIGHT, +X+Y, or both, as X programs write it.
bool parseGeometry(
    const QString &text, std::optional<QSize> &size, std::optional<QPoint> &position);

/// The device token in a file: base64url, as parleyctl prints it. Never logged.
Result<QByteArray> readToken(const QString &file);

} // namespace parley
