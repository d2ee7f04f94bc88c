// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Window
import Parley
import Parley.Theme

/// The window of the program: sets the theme's inputs. main() puts it in its place and shows it.
Window {
    id: window

    required property App app

    readonly property int compactWidth: 640

    color: Theme.bgTimeline
    height: 800
    minimumHeight: 480
    minimumWidth: 360
    title: app.chat ? qsTr("%1 — %2", "chat, product").arg(app.chat.title).arg(Qt.application.name) : Qt.application.name
    width: 1280

    onActiveChanged: app.setActive(active)

    ThemeInputs {
        compact: window.width < window.compactWidth
        settings: window.app.settings
    }

    MainView {
        anchors.fill: parent
        app: window.app
        focus: true
    }
}
