// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley.Chats
import Parley.Window

MainView {
    id: view

    app: DemoApp {
        open: false
    }

    ChatMenu {
        actions: view.app.chatActions
        visible: true
        wantedX: 150
        wantedY: 200
    }
}
