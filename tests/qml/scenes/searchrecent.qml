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
            found: FoundModel {
                records: [
                    {
                        chatId: "ridge",
                        title: "Ridge Walkers",
                        isGroup: true,
                        memberCount: 6,
                        hue: 3
                    },
                    {
                        chatId: "tomas",
                        title: "Tomás Ferreira",
                        userName: "tomas",
                        hue: 1
                    },
                    {
                        kind: FoundModel.SwitchTheme,
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
