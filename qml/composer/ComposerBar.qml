// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Parley
import Parley.Controls
import Parley.Theme

/// Where messages are written: one rounded field that grows, with a strip for reply and edit.
FocusScope {
    id: bar

    required property Composer composer
    property string chatTitle
    property bool enterSends: true
    property real safeBottom: 0

    /// Whoever came with the keyboard is shown where; whoever pointed there knows.
    readonly property bool visualFocus: edit.activeFocus && (edit.focusReason === Qt.TabFocusReason || edit.focusReason === Qt.BacktabFocusReason || edit.focusReason === Qt.ShortcutFocusReason)
    readonly property int mostLines: Theme.touch ? 5 : 8
    readonly property int inset: Theme.touch ? 2 : 4
    readonly property int buttonSize: Theme.touch ? 44 : 36

    signal escaped

    function type(text: string) {
        edit.forceActiveFocus();
        edit.insert(edit.cursorPosition, text);
    }

    function send() {
        if (composer.canSend)
            composer.send();
    }

    function enterPressed(event) {
        const withControl = (event.modifiers & Qt.ControlModifier) !== 0;
        const withShift = (event.modifiers & Qt.ShiftModifier) !== 0;
        const sends = withControl || (enterSends && !withShift && !Theme.touch);
        // The end of an input-method composition is not the end of a message.
        event.accepted = sends && edit.preeditText === "";
        if (event.accepted)
            send();
    }

    implicitHeight: box.height + (tooLong.visible ? tooLong.height + 4 : 0) + (Theme.touch ? 16 : 28) + safeBottom

    Rectangle {
        id: box

        antialiasing: true
        border.color: bar.visualFocus ? Theme.focusRing : Theme.borderStrong
        border.width: bar.visualFocus ? 2 : Theme.increasedContrast ? 1 : 0
        color: Theme.bubbleIn
        height: strip.height + field.height
        objectName: "composerBox"
        radius: Theme.touch ? 24 : 22
        width: parent.width - 2 * x
        x: Theme.touch ? 8 : 20
        y: 8

        ModeStrip {
            id: strip

            height: visible ? implicitHeight : 0
            sender: bar.composer.targetSender
            text: bar.composer.targetText
            visible: bar.composer.mode !== Composer.Write
            editing: bar.composer.mode === Composer.Edit
            width: parent.width

            onCancelled: bar.composer.cancelMode()
        }

        Item {
            id: field

            anchors.bottom: parent.bottom
            height: Math.max(Theme.touch ? 48 : 44, Math.min(edit.contentHeight, Theme.body.line * bar.mostLines) + 22)
            width: parent.width

            Flickable {
                id: scroll

                anchors.bottom: parent.bottom
                anchors.bottomMargin: anchors.topMargin
                anchors.left: parent.left
                anchors.leftMargin: 18
                anchors.right: sendButton.left
                anchors.rightMargin: 6
                anchors.top: parent.top
                anchors.topMargin: Theme.touch ? 12 : 11
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                contentHeight: edit.height
                contentWidth: width

                function show(place: rect) {
                    if (contentY > place.y)
                        contentY = place.y;
                    else if (contentY + height < place.y + place.height)
                        contentY = place.y + place.height - height;
                }

                T.TextArea {
                    id: edit

                    activeFocusOnTab: true
                    color: Theme.textPrimary
                    focus: true
                    font.pixelSize: Theme.body.size
                    height: Math.max(scroll.height, contentHeight)
                    // An empty field begins where the interface does, a text where its script does.
                    horizontalAlignment: text === "" ? TextEdit.AlignLeft : undefined
                    objectName: "composer"
                    selectByMouse: true
                    selectedTextColor: Theme.textOnAccent
                    selectionColor: Theme.accent
                    textFormat: TextEdit.PlainText
                    verticalAlignment: TextEdit.AlignVCenter
                    width: scroll.width
                    wrapMode: TextEdit.Wrap

                    Accessible.role: Accessible.EditableText
                    Accessible.name: qsTr("Message to %1").arg(bar.chatTitle)
                    Accessible.multiLine: true

                    Keys.onEnterPressed: event => bar.enterPressed(event)
                    Keys.onReturnPressed: event => bar.enterPressed(event)
                    Keys.onEscapePressed: {
                        if (bar.composer.mode !== Composer.Write)
                            bar.composer.cancelMode();
                        else
                            bar.escaped();
                    }
                    Keys.onUpPressed: event => {
                        event.accepted = text === "" && bar.composer.mode === Composer.Write && event.modifiers === Qt.NoModifier;
                        if (event.accepted)
                            bar.composer.editLast();
                    }

                    onCursorRectangleChanged: scroll.show(cursorRectangle)
                    onTextChanged: {
                        if (text === bar.composer.text)
                            return;
                        bar.composer.text = text;
                        bar.composer.typed();
                    }

                    function take() {
                        if (text === bar.composer.text)
                            return;
                        text = bar.composer.text;
                        cursorPosition = length;
                    }

                    Label {
                        anchors.fill: parent
                        color: Theme.textSecondary
                        elide: Text.ElideRight
                        elideAllowed: true
                        text: qsTr("Message", "placeholder of the composer")
                        visible: edit.text === "" && edit.preeditText === ""

                        Accessible.ignored: true
                    }
                }
            }

            T.AbstractButton {
                id: sendButton

                anchors.bottom: parent.bottom
                anchors.bottomMargin: bar.inset
                anchors.right: parent.right
                anchors.rightMargin: bar.inset
                enabled: bar.composer.canSend
                focusPolicy: Qt.TabFocus
                height: bar.buttonSize
                hoverEnabled: !Theme.touch
                objectName: "send"
                text: bar.composer.mode === Composer.Edit ? qsTr("Save") : qsTr("Send")
                width: bar.buttonSize

                Accessible.role: Accessible.Button
                Accessible.name: text

                onClicked: bar.send()

                background: Item {
                    Rectangle {
                        anchors.centerIn: parent
                        antialiasing: true
                        color: !sendButton.enabled ? Theme.bgSunken : sendButton.down ? Theme.accentPressed : sendButton.hovered ? Theme.accentHover : Theme.accent
                        height: width
                        radius: width / 2
                        width: 36

                        FocusRing {
                            anchors.margins: -3
                            radius: parent.radius + 3
                            shown: sendButton.visualFocus
                        }
                    }
                }

                contentItem: Item {
                    Icon {
                        anchors.centerIn: parent
                        color: sendButton.enabled ? Theme.textOnAccent : Theme.textDisabled
                        name: bar.composer.mode === Composer.Edit ? "check" : "arrow-up"
                    }
                }
            }
        }
    }

    Label {
        id: tooLong

        anchors.left: box.left
        anchors.leftMargin: 18
        anchors.right: box.right
        anchors.rightMargin: 18
        anchors.top: box.bottom
        anchors.topMargin: 4
        color: Theme.dangerText
        text: qsTr("This message is too long to send. Shorten it or send it in parts.")
        textStyle: Theme.small
        visible: bar.composer.tooLong
        wrapMode: Text.Wrap
    }

    Connections {
        target: bar.composer

        function onTextChanged() {
            edit.take();
        }

        function onModeChanged() {
            if (bar.composer.mode !== Composer.Write)
                edit.forceActiveFocus();
        }
    }

    onComposerChanged: edit.take()
    Component.onCompleted: edit.take()
}
