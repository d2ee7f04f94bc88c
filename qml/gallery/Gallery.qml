// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley.Controls
import Parley.Theme

/// For developers: every control in every state. The picture and accessibility tests walk over it.
Rectangle {
    id: gallery

    color: Theme.bgTimeline

    component Section: Column {
        id: section

        property string title
        default property alias content: flow.data

        spacing: 10
        width: parent.width

        Heading {
            text: section.title
            textStyle: Theme.headline
        }

        Flow {
            id: flow

            spacing: 14
            width: parent.width
        }
    }

    Flickable {
        anchors.fill: parent
        contentHeight: page.implicitHeight + 40
        contentWidth: width

        Column {
            id: page

            spacing: 24
            width: parent.width - 2 * x
            x: 20
            y: 20

            Section {
                title: qsTr("Type")

                Column {
                    spacing: 6

                    Label {
                        text: qsTr("Display")
                        textStyle: Theme.display
                    }
                    Label {
                        text: qsTr("Title")
                        textStyle: Theme.title
                    }
                    Label {
                        text: qsTr("Body with ☀️ ❤️ 😄 and text")
                    }
                    Label {
                        text: qsTr("Label")
                        textStyle: Theme.label
                    }
                    Label {
                        color: Theme.textSecondary
                        text: qsTr("Caption")
                        textStyle: Theme.caption
                    }
                }
            }

            Section {
                title: qsTr("Buttons")

                Button {
                    text: qsTr("Send")
                }
                Button {
                    kind: Button.Tonal
                    text: qsTr("Cancel")
                }
                Button {
                    kind: Button.Text
                    text: qsTr("Create an account")
                }
                Button {
                    kind: Button.Danger
                    text: qsTr("Delete for everyone")
                }
                Button {
                    kind: Button.DangerText
                    text: qsTr("Leave group")
                }
                Button {
                    enabled: false
                    text: qsTr("Sign in")
                }
                Button {
                    busy: true
                    text: qsTr("Signing in")
                }
                LinkButton {
                    text: qsTr("Try again")
                }
                IconButton {
                    iconName: "square-pen"
                    text: qsTr("New chat")
                }
                IconButton {
                    checked: true
                    iconName: "panel-right"
                    text: qsTr("Group info")
                }
                IconButton {
                    enabled: false
                    iconName: "ellipsis-vertical"
                    text: qsTr("More")
                }
            }

            Section {
                title: qsTr("Choices")

                FilterChip {
                    checked: true
                    text: qsTr("All")
                }
                FilterChip {
                    count: 4
                    text: qsTr("Unread")
                }
                Switch {
                    text: qsTr("Off switch")
                }
                Switch {
                    checked: true
                    text: qsTr("On switch")
                }
                Switch {
                    checked: true
                    enabled: false
                    text: qsTr("Locked switch")
                }
                Checkbox {
                    checked: true
                    text: qsTr("Remember this")
                }
                Checkbox {
                    text: qsTr("Remember that")
                }
            }

            Section {
                title: qsTr("Fields")

                Field {
                    help: qsTr("Found it. The connection is encrypted.")
                    inputName: "found"
                    label: qsTr("Server address")
                    success: true
                    text: "chat.example.org"
                }
                Field {
                    busy: true
                    inputName: "looking"
                    label: qsTr("Server address")
                    text: "chat.example.org"
                }
                Field {
                    error: qsTr("There's no chat server at that address. Check the spelling.")
                    inputName: "missing"
                    label: qsTr("Server address")
                    text: "chat.exmaple.org"
                }
                Field {
                    inputName: "password"
                    label: qsTr("Password")
                    password: true
                    text: "correct horse"
                }
                Field {
                    enabled: false
                    inputName: "off"
                    label: qsTr("Username")
                    placeholder: qsTr("robin")
                }
                SearchField {
                    hint: qsTr("Search chats")
                    width: 280
                }
            }

            Section {
                title: qsTr("People")

                Repeater {
                    model: ["Coral Amber", "Tomás Ferreira", "Samuel Okafor", "Ridge Walkers", "Noor Haddad", "Maya Lindqvist", "Jonas Weber", "Aiko Tanaka", "Robin", "😄 Ewa"]

                    Avatar {
                        required property int index
                        required property string modelData

                        away: index === 6
                        hue: index
                        name: modelData
                        online: index % 3 === 1
                        ringColor: Theme.bgTimeline
                    }
                }
                Badge {
                    count: 3
                }
                Badge {
                    count: 48
                    muted: true
                }
                Badge {
                    count: 1234
                }
                TypingDots {}
                StatusTicks {
                    status: "sending"
                }
                StatusTicks {
                    status: "sent"
                }
                StatusTicks {
                    status: "delivered"
                }
                StatusTicks {
                    status: "read"
                }
                StatusTicks {
                    status: "failed"
                }
            }

            Section {
                title: qsTr("Bubbles")

                BubbleShape {
                    color: Theme.bubbleIn
                    height: 36
                    tailLeft: true
                    width: 140
                }
                BubbleShape {
                    color: Theme.bubbleOut
                    height: 56
                    tailRight: true
                    tightTopRight: true
                    width: 180
                }
                BubbleShape {
                    color: Theme.bubbleOut
                    height: 36
                    tightBottomRight: true
                    width: 120
                }
                DayPill {
                    text: qsTr("Yesterday")
                }
                UnreadLine {
                    width: 320
                }
            }

            Section {
                title: qsTr("Surfaces")

                Banner {
                    kind: Banner.Warning
                    text: qsTr("You're offline. Messages will send when you reconnect.")
                    width: parent.width
                }
                Banner {
                    action: qsTr("Try again")
                    kind: Banner.Problem
                    text: qsTr("Can't reach %1").arg("chat.example.org")
                    width: parent.width
                }
                Banner {
                    action: qsTr("Try again")
                    kind: Banner.Problem
                    otherAction: qsTr("Sign in again")
                    text: qsTr("Your sign-in couldn't be read from your keychain. Unlock it, then try again.")
                    width: parent.width
                }
                Banner {
                    text: qsTr("Connecting…")
                    width: parent.width
                }
                Toast {
                    action: qsTr("Undo")
                    shown: true
                    text: qsTr("Device signed out")
                }
                RaisedSurface {
                    height: menuItems.height + 12
                    width: 236

                    Column {
                        id: menuItems

                        width: parent.width - 12
                        x: 6
                        y: 6

                        MenuItem {
                            iconName: "reply"
                            shortcutText: qsTr("R")
                            text: qsTr("Reply")
                        }
                        MenuItem {
                            iconName: "copy"
                            text: qsTr("Copy text")
                        }
                        MenuSeparator {}
                        MenuItem {
                            danger: true
                            iconName: "trash-2"
                            text: qsTr("Delete")
                        }
                    }
                }
                Card {
                    width: 280

                    MenuItem {
                        iconName: "sun"
                        text: qsTr("In a card")
                    }
                }
                Skeleton {
                    rows: 2
                    width: 300
                }
                EmptyState {
                    action: qsTr("New chat")
                    text: qsTr("Choose a chat on the left, or start a new one.")
                    title: qsTr("Pick up a conversation")
                    width: 360
                }
            }
        }
    }
}
