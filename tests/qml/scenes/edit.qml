// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        group: DemoGroup {
            composer: Composer {
                mode: Composer.Edit
                targetText: "Wow. OK, early start then 😅"
                text: "Wow. Early start then 😅"
                tooLong: true
            }
        }
    }
}
