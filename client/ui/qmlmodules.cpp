// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Whoever shows pages compiles this file: it makes the static QML modules known to the engine.
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Parley_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Parley_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Parley_GalleryPlugin)
Q_IMPORT_QML_PLUGIN(Parley_TimelinePlugin)
Q_IMPORT_QML_PLUGIN(Parley_ComposerPlugin)
Q_IMPORT_QML_PLUGIN(Parley_ChatsPlugin)
Q_IMPORT_QML_PLUGIN(Parley_AccountPlugin)
Q_IMPORT_QML_PLUGIN(Parley_SearchPlugin)
Q_IMPORT_QML_PLUGIN(Parley_SettingsPlugin)
Q_IMPORT_QML_PLUGIN(Parley_WindowPlugin)
