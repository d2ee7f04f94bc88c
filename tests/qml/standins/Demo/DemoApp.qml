// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Theme

/// The world of most scenes: a dozen chats, one of them open on wide windows.
App {
    id: demo

    property DemoGroup group: DemoGroup {}
    property bool open: true

    chat: open ? group : null
    chatToOpen: group

    chats: DemoChats {
        selectedId: demo.open ? "ridge" : ""
    }

    chatActions: ChatActions {
        canLeave: true
        canMarkRead: true
        isGroup: true
        title: "Ridge Walkers"
    }

    people: People {
        known: UsersModel {
            records: [
                {
                    userId: "maya",
                    name: "Maya Lindqvist",
                    userName: "maya",
                    hue: 5
                },
                {
                    userId: "noor",
                    name: "Noor Haddad",
                    userName: "noor",
                    hue: 4,
                    isChosen: true
                },
                {
                    userId: "jonas",
                    name: "Jonas Weber",
                    userName: "jonas.weber",
                    hue: 6
                }
            ]
        }
        chosen: UsersModel {
            records: [
                {
                    userId: "noor",
                    name: "Noor Haddad",
                    userName: "noor",
                    hue: 4
                }
            ]
        }
    }

    search: DemoSearch {}

    settings: Settings {
        dark: Theme.dark
        theme: Theme.dark ? Settings.Dark : Settings.Light
        devices: DevicesModel {
            records: [
                {
                    deviceId: "d1",
                    name: "Laptop",
                    isThis: true
                },
                {
                    deviceId: "d2",
                    name: "Phone",
                    lastSeenText: "last seen today at 08:12"
                }
            ]
        }
    }
}
