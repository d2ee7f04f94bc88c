// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        group: DemoSearched {
            search: ChatSearch {
                completeFromText: "12 May 2025"
                count: 200
                currentId: "m4"
                more: true
                open: true
                position: 128
                query: "the from:jonas"
            }
        }
    }
}
