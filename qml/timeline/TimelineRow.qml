// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// One row of the timeline: the day and the unread line above it, then a message or what stands for
/// one. Delegates are recycled; only "unfolded" is their own, and it ends when they are put away.
Item {
    id: row

    required property int index
    required property string messageId
    required property int kind
    required property bool outgoing
    required property string senderName
    required property int hue
    required property string avatarKey
    required property bool firstInGroup
    required property bool lastInGroup
    required property string dayLabel
    required property bool unreadLine
    required property string markup
    required property string plain
    required property bool marked
    required property bool rtl
    required property bool tallScript
    required property int bigEmoji
    required property bool unreadable
    required property string timeText
    required property bool edited
    required property bool deleted
    required property int status
    required property string quoteSender
    required property int quoteHue
    required property string quoteText
    required property string quoteId
    required property bool quoteGone
    required property var reactions
    required property string accessibleText
    required property int systemKind
    required property string systemActor
    required property string systemSubject
    required property string systemText
    required property bool systemMine
    required property bool systemMe
    required property int systemRole
    required property bool canEdit
    required property bool canDelete

    /// Sender names and avatars are shown in groups only.
    property bool inGroup: false
    property bool current: false
    /// What a search is at: tinted as long as it is, and a long text is shown whole.
    property bool found: false
    property bool unfolded: false
    property real glow: 0

    readonly property bool isMessage: kind === TimelineModel.Message
    readonly property bool failed: status === ChatListModel.Failed
    readonly property bool atRight: outgoing !== Theme.mirrored
    readonly property int avatarSize: Theme.touch ? 30 : 32
    readonly property int avatarColumn: inGroup && !outgoing ? avatarSize + (Theme.touch ? 8 : 10) : 0
    readonly property real freeWidth: width - 2 * Theme.gutter - avatarColumn - (failed ? 28 : 0)
    readonly property int widest: Math.min(Theme.touch ? 320 : 520, Math.round(freeWidth * (Theme.touch ? 0.84 : 0.76)))
    readonly property alias bubble: bubble
    readonly property real bubbleTop: message.y
    readonly property bool hovered: hover.hovered

    property bool live: false

    signal menuRequested(point position)
    signal replyRequested
    signal retryRequested
    signal reactionToggled(string emoji)
    signal quoteActivated
    signal linkActivated(string link)
    signal earlierRequested
    signal holeRequested
    /// The height of a row that was on screen changed by so much.
    signal resized(real by)

    /// Tints the row for a moment, after a jump to it.
    function flash() {
        flashing.restart();
    }

    implicitHeight: column.implicitHeight

    Accessible.role: Accessible.ListItem
    Accessible.name: isMessage ? accessibleText : other.item?.Accessible.name ?? ""
    Accessible.focusable: true

    property real lastHeight: 0

    onHeightChanged: {
        if (live)
            resized(height - lastHeight);
        lastHeight = height;
    }
    // It stays unfolded when the search goes on: nothing moves that may be read.
    onFoundChanged: {
        if (found)
            unfolded = true;
    }
    Component.onCompleted: settling.start()
    ListView.onPooled: {
        settling.stop();
        live = false;
        unfolded = false;
        flashing.stop();
        glow = 0;
    }
    ListView.onReused: settling.start()

    // What happens to the height before the row is first laid out is no change that anyone sees.
    Timer {
        id: settling

        interval: 0

        onTriggered: {
            row.lastHeight = row.height;
            row.live = true;
        }
    }

    Rectangle {
        id: tint

        anchors.fill: parent
        color: Theme.mentionTint
        objectName: "rowTint"
        opacity: row.found ? 1 : row.glow

        SequentialAnimation {
            id: flashing

            NumberAnimation {
                duration: Theme.fade
                property: "glow"
                target: row
                to: 1
            }
            PauseAnimation {
                duration: 900
            }
            NumberAnimation {
                duration: 600
                property: "glow"
                target: row
                to: 0
            }
        }
    }

    FocusRing {
        anchors.leftMargin: 4
        anchors.rightMargin: 4
        radius: Theme.rowRadius
        shown: row.current
    }

    Column {
        id: column

        width: parent.width

        OnDemand {
            active: row.dayLabel !== ""
            width: parent.width

            content: Item {
                implicitHeight: pill.implicitHeight + 28
                width: row.width

                DayPill {
                    id: pill

                    anchors.centerIn: parent
                    text: row.dayLabel
                }
            }
        }

        OnDemand {
            active: row.unreadLine
            width: parent.width

            content: Item {
                implicitHeight: line.implicitHeight + 30
                width: row.width

                UnreadLine {
                    id: line

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.gutter
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gutter
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
        }

        Item {
            height: row.dayLabel !== "" || row.unreadLine ? 0 : row.firstInGroup ? 12 : 2
            visible: row.isMessage
            width: 1
        }

        Item {
            id: message

            readonly property int overlap: 8

            height: bubble.height + (chips.active ? chips.height - overlap : 0)
            visible: row.isMessage
            width: parent.width

            Avatar {
                anchors.left: parent.left
                anchors.leftMargin: Theme.gutter
                hue: row.hue
                name: row.senderName
                picture: row.avatarKey
                size: row.avatarSize
                visible: row.inGroup && !row.outgoing && row.lastInGroup
                y: bubble.height - height
            }

            MessageBubble {
                id: bubble

                bigEmoji: row.bigEmoji
                deleted: row.deleted
                delivery: row.failed ? ChatListModel.None : row.status
                edited: row.edited
                expanded: row.unfolded || row.found
                firstInGroup: row.firstInGroup
                hasQuote: row.quoteId !== ""
                height: implicitHeight
                hue: row.hue
                lastInGroup: row.lastInGroup
                marked: row.marked
                markup: row.markup
                maximumWidth: row.widest
                atRight: row.atRight
                outgoing: row.outgoing
                plain: row.plain
                quoteGone: row.quoteGone
                quoteHue: row.quoteHue
                quoteSender: row.quoteSender
                quoteText: row.quoteText
                rtl: row.rtl
                senderName: row.senderName
                showsSender: row.inGroup && !row.outgoing && row.firstInGroup
                tallScript: row.tallScript
                timeText: row.timeText
                unreadable: row.unreadable
                width: implicitWidth
                x: row.atRight ? row.width - width - Theme.gutter - (row.outgoing ? 0 : row.avatarColumn) : Theme.gutter + (row.outgoing ? 0 : row.avatarColumn)

                onExpandRequested: row.unfolded = true
                onLinkActivated: link => row.linkActivated(link)
                onQuoteActivated: row.quoteActivated()
            }

            Icon {
                color: Theme.dangerText
                name: "circle-alert"
                size: 20
                visible: row.failed
                x: row.atRight ? bubble.x - width - 8 : bubble.x + bubble.width + 8
                y: bubble.height - height - 8
            }

            OnDemand {
                id: chips

                active: row.reactions.length > 0 && !row.deleted
                x: row.atRight ? bubble.x + bubble.width - width - 8 : bubble.x + 8
                y: bubble.height - message.overlap

                content: ReactionRow {
                    reactions: row.reactions

                    onToggled: emoji => row.reactionToggled(emoji)
                }
            }
        }

        OnDemand {
            active: row.isMessage && row.failed
            anchors.right: parent.right
            anchors.rightMargin: Theme.gutter

            content: Row {
                spacing: 4

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.dangerText
                    text: qsTr("Not sent.")
                    textStyle: Theme.small
                }

                LinkButton {
                    focusPolicy: Qt.NoFocus
                    ink: Theme.dangerText
                    leftPadding: 0
                    objectName: "retry"
                    rightPadding: 0
                    text: qsTr("Try again")

                    onClicked: row.retryRequested()
                }
            }
        }

        OnDemand {
            id: other

            active: !row.isMessage
            width: parent.width

            content: {
                switch (row.kind) {
                case TimelineModel.System:
                    return system;
                case TimelineModel.Hole:
                    return hole;
                case TimelineModel.Loading:
                    return loading;
                case TimelineModel.LoadFailed:
                    return loadFailed;
                default:
                    return start;
                }
            }
        }
    }

    Component {
        id: system

        SystemLine {
            bottomPadding: 6
            leftPadding: 32
            rightPadding: 32
            topPadding: 6
            width: row.width

            words: SystemWords {
                actor: row.systemActor
                inGroup: row.inGroup
                kind: row.systemKind
                me: row.systemMe
                mine: row.systemMine
                role: row.systemRole
                subject: row.systemSubject
                text: row.systemText
            }

            Accessible.name: text
        }
    }

    Component {
        id: hole

        NoticeLine {
            width: row.width
            action: qsTr("Load")
            text: qsTr("Some messages are missing here.")

            onTriggered: row.holeRequested()

            Accessible.name: text
        }
    }

    Component {
        id: loading

        NoticeLine {
            width: row.width
            busy: true
            text: qsTr("Loading messages…")

            Accessible.name: text
        }
    }

    Component {
        id: loadFailed

        NoticeLine {
            width: row.width
            action: qsTr("Try again")
            text: qsTr("Couldn't load earlier messages.")

            onTriggered: row.earlierRequested()

            Accessible.name: text
        }
    }

    Component {
        id: start

        NoticeLine {
            width: row.width
            text: qsTr("This is where the chat begins.")

            Accessible.name: text
        }
    }

    HoverHandler {
        id: hover

        enabled: row.isMessage
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        enabled: row.isMessage
        gesturePolicy: TapHandler.ReleaseWithinBounds

        onTapped: eventPoint => row.menuRequested(eventPoint.position)
    }

    TapHandler {
        enabled: row.isMessage && Theme.touch

        onLongPressed: row.menuRequested(point.position)
    }
}
