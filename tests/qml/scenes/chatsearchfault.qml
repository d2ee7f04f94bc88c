// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        group: DemoGroup {
            search: ChatSearch {
                fault: Search.UnknownKind
                faultText: "photo"
                open: true
                query: "has:photo"
            }
        }
    }
}
