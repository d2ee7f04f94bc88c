// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley.Window

MainView {
    app: DemoApp {
        group: DemoSearched {}
    }
}
