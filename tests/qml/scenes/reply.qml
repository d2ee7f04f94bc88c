// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        group: DemoGroup {
            composer: Composer {
                mode: Composer.Reply
                targetSender: "Maya Lindqvist"
                targetText: "6:30 works for me. Timetable: https://transit.example/42"
                text: "Yes! I checked, the hut is open and they serve soup until three.\nI'll book a table for six."
            }
        }
    }
}
