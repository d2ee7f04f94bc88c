// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley.Timeline
import Parley.Window

MainView {
    app: DemoApp {}

    MessageMenu {
        canDelete: true
        canEdit: true
        mine: true
        visible: true
        wantedX: 600
        wantedY: 300
    }
}
