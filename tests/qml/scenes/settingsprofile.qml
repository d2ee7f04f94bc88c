// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley.Settings

SettingsPage {
    id: page

    readonly property DemoApp app: DemoApp {}

    section: "profile"
    session: app.session
    settings: app.settings
    version: app.version
}
