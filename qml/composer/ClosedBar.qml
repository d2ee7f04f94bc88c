// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Stands in the composer's place where one may not write, and says why.
Item {
    id: bar

    required property Chat chat
    property real safeBottom: 0

    function sentence(): string {
        switch (chat.whyNot) {
        case Chat.Removed:
            return qsTr("You're no longer in this group.");
        case Chat.Left:
            return qsTr("You left this group. You can come back if someone invites you.");
        case Chat.Blocked:
            return qsTr("You blocked %1.").arg(chat.title);
        default:
            return "";
        }
    }

    implicitHeight: column.implicitHeight + 32 + safeBottom

    Column {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 8
        width: Math.min(parent.width - 40, 520)
        y: 16

        Paragraph {
            color: Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            objectName: "whyNot"
            text: bar.sentence()
            width: parent.width
        }

        Button {
            anchors.horizontalCenter: parent.horizontalCenter
            kind: Button.Tonal
            objectName: "unblock"
            text: qsTr("Unblock")
            visible: bar.chat.isBlocked

            onClicked: bar.chat.unblock()
        }
    }
}
