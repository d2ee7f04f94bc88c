// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley.Search
import Parley.Window

MainView {
    id: view

    app: DemoApp {}

    SearchPalette {
        search: view.app.search
        visible: true
    }
}
