// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// The first page: which server, and who. On phones it fills the window, elsewhere it is a card.
Rectangle {
    id: page

    required property SignIn signIn
    /// For the account that this device has: only the password is asked for.
    property bool again: false

    readonly property bool full: Theme.compact

    signal closeRequested

    color: full ? Theme.bgTimeline : Theme.bgSidebar

    Flickable {
        anchors.fill: parent
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: Math.max(height, card.height + (page.full ? 0 : 48))
        contentWidth: width

        Rectangle {
            id: card

            anchors.horizontalCenter: parent.horizontalCenter
            antialiasing: true
            color: page.full ? Theme.bgTimeline : Theme.bgRaised
            height: page.full ? Math.max(page.height, form.implicitHeight + 96) : form.implicitHeight + 80
            radius: page.full ? 0 : Theme.sheetRadius
            width: page.full ? page.width : 420
            y: page.full ? 0 : Math.max(24, Math.round((page.height - height) / 2))

            Shadow {
                level: 4
                radius: card.radius
                visible: !page.full
            }

            SignInForm {
                id: form

                again: page.again
                anchors.left: parent.left
                anchors.leftMargin: page.full ? 24 : 40
                anchors.right: parent.right
                anchors.rightMargin: page.full ? 24 : 40
                signIn: page.signIn
                y: page.full ? 48 : 40

                onCertificateRequested: certificateDialog.open()
            }
        }
    }

    IconButton {
        anchors.margins: 12
        anchors.right: parent.right
        anchors.top: parent.top
        iconName: "x"
        objectName: "closeSignIn"
        text: qsTr("Close")
        visible: page.again

        onClicked: page.closeRequested()
    }

    Keys.onEscapePressed: event => {
        event.accepted = page.again;
        if (page.again)
            page.closeRequested();
    }

    CertificateDialog {
        id: certificateDialog

        signIn: page.signIn
    }
}
