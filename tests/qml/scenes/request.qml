// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        chat: Chat {
            hue: 5
            request: true
            title: "Lena Fischer"
            timeline: TimelineModel {
                records: [{
                        messageId: "m1",
                        senderName: "Lena Fischer",
                        markup: "Hello, are you the one with the spare key?"
                    }]
            }
        }
    }
}
