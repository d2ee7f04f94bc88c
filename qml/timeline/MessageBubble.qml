// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Parley.Controls
import Parley.Theme

/// One message: its shape, who wrote it, what it answers, its text, and the meta line, which shares
/// the last line of the text where there is room for both.
Item {
    id: bubble

    property bool outgoing: false
    property bool atRight: outgoing !== Theme.mirrored
    property bool firstInGroup: true
    property bool lastInGroup: true
    property int maximumWidth: 520

    property string senderName
    property bool showsSender: false
    property int hue: 0

    property string markup
    property string plain
    /// Some of the markup is what a search looks for.
    property bool marked: false
    property bool rtl: false
    property bool tallScript: false
    property int bigEmoji: 0
    property bool deleted: false
    /// Written by a newer program, in a way that this one does not know.
    property bool unreadable: false

    property string timeText
    property bool edited: false
    property int delivery: 0

    property bool hasQuote: false
    property string quoteSender
    property int quoteHue: 0
    property string quoteText
    property bool quoteGone: false

    property bool expanded: false

    readonly property bool bare: bigEmoji > 0 && !replaced
    /// Said in the interface's words instead of the message's own.
    readonly property bool replaced: deleted || unreadable
    readonly property bool plainGround: bare || replaced
    readonly property color ink: plainGround ? Theme.textPrimary : outgoing ? Theme.bubbleOutText : Theme.bubbleInText
    readonly property color metaInk: plainGround ? Theme.textSecondary : outgoing ? Theme.bubbleOutMeta : Theme.bubbleInMeta

    readonly property int paddingX: 12
    readonly property int paddingY: Theme.touch ? 8 : 7
    readonly property real room: maximumWidth - 2 * paddingX
    readonly property real metaWidth: meta.implicitWidth + 10
    readonly property bool cut: body.truncated && !expanded
    readonly property bool metaInline: !bare && !cut && (rtl && !replaced) === Theme.mirrored && body.lastLineWidth + metaWidth <= room
    readonly property real textWidth: {
        const lines = Math.min(body.contentWidth, room);
        return metaInline ? Math.max(lines, body.lastLineWidth + metaWidth) : Math.max(lines, meta.implicitWidth);
    }
    readonly property real wantedWidth: {
        let wanted = textWidth;
        if (sender.visible)
            wanted = Math.max(wanted, Math.min(sender.implicitWidth, room));
        if (quote.item)
            wanted = Math.max(wanted, Math.min((quote.item as MessageQuote).wantedWidth, room));
        return Math.ceil(wanted);
    }

    signal linkActivated(string link)
    signal quoteActivated
    signal expandRequested

    implicitHeight: inner.y + inner.height + paddingY
    implicitWidth: wantedWidth + 2 * paddingX

    // Its own geometry follows from atRight and rtl.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    component Shape: BubbleShape {
        tailLeft: bubble.lastInGroup && !bubble.atRight
        tailRight: bubble.lastInGroup && bubble.atRight
        tightBottomLeft: !bubble.atRight && !bubble.lastInGroup
        tightBottomRight: bubble.atRight && !bubble.lastInGroup
        tightTopLeft: !bubble.atRight && !bubble.firstInGroup
        tightTopRight: bubble.atRight && !bubble.firstInGroup
    }

    OnDemand {
        active: Theme.increasedContrast && !bubble.plainGround
        anchors.fill: parent
        anchors.margins: -1

        content: Shape {
            anchors.fill: parent
            color: Theme.borderStrong
            radius: Theme.bubbleRadius + 1
        }
    }

    Shape {
        anchors.fill: parent
        color: bubble.outgoing ? Theme.bubbleOut : Theme.bubbleIn
        visible: !bubble.plainGround
    }

    Rectangle {
        anchors.fill: parent
        antialiasing: true
        border.color: Theme.increasedContrast ? Theme.borderStrong : Theme.borderSubtle
        border.width: 1
        color: "transparent"
        radius: Theme.bubbleRadius
        visible: bubble.replaced
    }

    Column {
        id: inner

        width: bubble.width - 2 * bubble.paddingX
        x: bubble.paddingX
        y: bubble.paddingY

        Label {
            id: sender

            bottomPadding: 3
            color: Theme.personName(bubble.hue)
            elide: Text.ElideRight
            elideAllowed: true
            font.weight: Font.DemiBold
            horizontalAlignment: Theme.mirrored ? Text.AlignRight : Text.AlignLeft
            text: bubble.senderName
            textStyle: Theme.small
            visible: bubble.showsSender
            width: parent.width

            Accessible.ignored: true
        }

        OnDemand {
            id: quote

            active: bubble.hasQuote && !bubble.deleted
            width: parent.width

            content: MessageQuote {
                width: inner.width
                gone: bubble.quoteGone
                hue: bubble.quoteHue
                LayoutMirroring.enabled: Theme.mirrored
                LayoutMirroring.childrenInherit: true
                outgoing: bubble.outgoing
                quoted: bubble.quoteText
                sender: bubble.quoteSender

                onClicked: bubble.quoteActivated()
            }
        }

        Item {
            height: quote.active ? 6 : 0
            width: 1
        }

        Text {
            id: body

            property real lastLineWidth: 0
            readonly property bool elideAllowed: true

            readonly property int longText: 24

            color: bubble.replaced ? Theme.textSecondary : bubble.ink
            font.italic: bubble.replaced
            font.pixelSize: bubble.bare ? Theme.px(Theme.touch ? 44 : 40) : Theme.body.size
            horizontalAlignment: bubble.rtl && !bubble.replaced ? Text.AlignRight : Text.AlignLeft
            lineHeight: proportional ? 1 : Theme.body.line
            lineHeightMode: proportional ? Text.ProportionalHeight : Text.FixedHeight
            linkColor: bubble.outgoing ? bubble.ink : Theme.accentText
            maximumLineCount: bubble.expanded ? 100000 : longText
            objectName: "messageText"
            text: bubble.deleted ? qsTr("Message deleted") : bubble.unreadable ? qsTr("This message needs a newer version of %1.").arg(Qt.application.name) : bubble.bare ? bubble.plain : bubble.marked ? Theme.markedIn(bubble.outgoing ? Theme.bubbleOutMark : Theme.accentText, bubble.markup) : bubble.markup
            textFormat: bubble.replaced || bubble.bare ? Text.PlainText : Text.StyledText
            width: bubble.room
            wrapMode: Text.Wrap
            x: bubble.rtl && !bubble.replaced ? inner.width - width : 0

            readonly property bool proportional: bubble.bare || (bubble.tallScript && !bubble.replaced)

            Accessible.ignored: true

            onLineLaidOut: line => {
                if (line.isLast)
                    lastLineWidth = line.implicitWidth;
            }
            onLinkActivated: link => bubble.linkActivated(link)

            HoverHandler {
                cursorShape: body.hoveredLink === "" ? Qt.ArrowCursor : Qt.PointingHandCursor
            }
        }

        LinkButton {
            focusPolicy: Qt.NoFocus
            ink: bubble.outgoing ? bubble.ink : Theme.accentText
            leftPadding: 0
            objectName: "showMore"
            text: qsTr("Show more")
            visible: bubble.cut

            onClicked: bubble.expandRequested()
        }

        Item {
            height: bubble.metaInline ? 0 : Theme.micro.line
            width: 1
        }
    }

    MessageMeta {
        id: meta

        anchors.bottom: parent.bottom
        anchors.bottomMargin: bubble.paddingY - 2
        color: bubble.metaInk
        delivery: bubble.outgoing ? bubble.delivery : 0
        edited: bubble.edited && !bubble.deleted
        LayoutMirroring.enabled: Theme.mirrored
        objectName: "messageMeta"
        readColor: bubble.plainGround ? Theme.accentText : Theme.tickRead
        timeText: bubble.timeText
        x: Theme.mirrored ? bubble.paddingX - 1 : bubble.width - width - bubble.paddingX + 1
    }
}
