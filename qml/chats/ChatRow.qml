// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

/// One chat in the list. The second line says, in this order: who types, what was not sent, the
/// draft, the last message.
T.ItemDelegate {
    id: row

    required property int index
    required property string chatId
    required property string title
    required property int hue
    required property string avatarKey
    required property bool isGroup
    required property int presence
    required property int previewKind
    required property string previewSender
    required property bool previewMine
    required property string previewText
    required property int previewSystem
    required property string timeText
    required property int status
    required property string draft
    required property bool failed
    required property var typingNames
    required property int unread
    required property bool markedUnread
    required property bool muted
    required property bool request
    required property string accessibleText

    property bool selected: false
    property bool current: false
    property color ground: Theme.bgSidebar

    readonly property bool typing: typingNames.length > 0
    readonly property bool hasUnread: unread > 0 || markedUnread
    readonly property bool calls: hasUnread && !muted
    /// In very large text the time goes to the second line, and the title may take two.
    readonly property bool large: Theme.textScale >= 1.5
    readonly property color fill: selected ? Theme.bgSelected : down ? Theme.bgPressed : hovered ? Theme.bgHover : ground

    signal menuRequested(point position)

    focusPolicy: Qt.NoFocus
    hoverEnabled: !Theme.touch
    implicitHeight: Math.max(Theme.touch ? 76 : 68, lines.implicitHeight + 24)
    objectName: "chatRow"
    text: title

    Accessible.role: Accessible.ListItem
    Accessible.name: accessibleText
    Accessible.selected: selected
    Accessible.focusable: true

    background: Item {
        Rectangle {
            anchors.bottomMargin: 1
            anchors.fill: parent
            anchors.leftMargin: 8
            anchors.rightMargin: 8
            anchors.topMargin: 1
            antialiasing: true
            color: row.fill
            radius: Theme.rowRadius

            FocusRing {
                radius: parent.radius
                shown: row.current
            }
        }
    }

    Avatar {
        id: avatar

        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.verticalCenter: parent.verticalCenter
        away: !row.isGroup && row.presence === ChatListModel.Away
        hue: row.hue
        name: row.title
        online: !row.isGroup && row.presence === ChatListModel.Online
        picture: row.avatarKey
        ringColor: row.fill
        size: Theme.touch ? 52 : 48
    }

    Column {
        id: lines

        anchors.left: avatar.right
        anchors.leftMargin: 12
        anchors.right: parent.right
        anchors.rightMargin: 20
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Item {
            height: Math.max(name.implicitHeight, time.implicitHeight)
            width: parent.width

            Label {
                id: name

                readonly property real room: parent.width - (row.large ? 0 : time.width + 10) - (mutedIcon.visible ? 20 : 0)

                anchors.left: parent.left
                elide: Text.ElideRight
                elideAllowed: true
                font.weight: Font.DemiBold
                maximumLineCount: row.large ? 2 : 1
                text: row.title
                width: Math.min(implicitWidth, room)
                wrapMode: row.large ? Text.Wrap : Text.NoWrap

                Accessible.ignored: true
            }

            Icon {
                id: mutedIcon

                anchors.left: name.right
                anchors.leftMargin: 6
                anchors.verticalCenter: name.verticalCenter
                name: "bell-off"
                size: 14
                visible: row.muted
            }

            ChatRowTime {
                id: time

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                calls: row.calls
                delivery: row.failed ? ChatListModel.Failed : row.previewMine ? row.status : ChatListModel.None
                timeText: row.timeText
                visible: !row.large
            }
        }

        Item {
            height: Math.max(preview.implicitHeight, Theme.px(20))
            width: parent.width

            ChatPreview {
                id: preview

                anchors.left: parent.left
                anchors.right: trail.left
                anchors.rightMargin: trail.width > 0 ? 8 : 0
                anchors.verticalCenter: parent.verticalCenter
                draft: row.draft
                failed: row.failed
                inGroup: row.isGroup
                kind: row.previewKind
                mine: row.previewMine
                request: row.request
                sender: row.previewSender
                systemKind: row.previewSystem
                text: row.previewText
                typingNames: row.typingNames
            }

            Row {
                id: trail

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: 5

                Badge {
                    anchors.verticalCenter: parent.verticalCenter
                    count: row.unread
                    height: implicitHeight
                    muted: row.muted
                    visible: row.unread > 0
                    width: implicitWidth
                }

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    antialiasing: true
                    color: row.muted ? Theme.badgeMuted : Theme.accent
                    height: 12
                    radius: 6
                    visible: row.markedUnread && row.unread === 0
                    width: 12
                }

                ChatRowTime {
                    anchors.verticalCenter: parent.verticalCenter
                    calls: row.calls
                    delivery: ChatListModel.None
                    timeText: row.timeText
                    visible: row.large
                }
            }
        }
    }

    // Above the button, which takes every press that reaches it.
    Item {
        anchors.fill: parent

        TapHandler {
            acceptedButtons: Qt.RightButton
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            gesturePolicy: TapHandler.ReleaseWithinBounds

            onTapped: eventPoint => row.menuRequested(eventPoint.position)
        }
    }

    onPressAndHold: {
        if (Theme.touch)
            menuRequested(Qt.point(width / 2, height / 2));
    }
}
