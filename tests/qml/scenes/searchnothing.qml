// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Search
import Parley.Window

MainView {
    id: view

    app: DemoApp {
        search: Search {
            completeFromText: "12 May 2025"
            query: "a very long query that nobody has ever written"
            found: FoundModel {
                records: [
                    {
                        kind: FoundModel.NewChat,
                        section: FoundModel.Actions
                    }
                ]
            }
        }
    }

    SearchPalette {
        search: view.app.search
        visible: true
    }
}
