// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// What happened to the group, in one centred sentence.
Paragraph {
    required property int systemKind
    required property string systemActor
    required property string systemSubject
    required property string systemText
    /// One did it oneself.
    required property bool systemMine
    /// It was done to oneself.
    required property bool systemMe
    required property int systemRole

    function sentence(): string {
        switch (systemKind) {
        case TimelineModel.Created:
            return systemMine ? qsTr("You created the group") : qsTr("%1 created the group").arg(systemActor);
        case TimelineModel.Added:
            return systemMine ? qsTr("You added %1").arg(systemSubject) : systemMe ? qsTr("%1 added you").arg(systemActor) : qsTr("%1 added %2").arg(systemActor).arg(systemSubject);
        case TimelineModel.Removed:
            return systemMine ? qsTr("You took %1 out of the group").arg(systemSubject) : systemMe ? qsTr("%1 took you out of the group").arg(systemActor) : qsTr("%1 took %2 out of the group").arg(systemActor).arg(systemSubject);
        case TimelineModel.Left:
            return systemMine ? qsTr("You left") : qsTr("%1 left").arg(systemActor);
        case TimelineModel.TitleChanged:
            return systemMine ? qsTr("You named the group “%1”").arg(systemText) : qsTr("%1 named the group “%2”").arg(systemActor).arg(systemText);
        case TimelineModel.RoleChanged:
            return systemMe ? qsTr("You are now %1").arg(roleName()) : qsTr("%1 is now %2", "person, role").arg(systemSubject).arg(roleName());
        case TimelineModel.Accepted:
            return systemMine ? qsTr("You accepted the chat") : qsTr("%1 accepted the chat").arg(systemActor);
        default:
            return qsTr("Something changed that needs a newer version of Parley.");
        }
    }

    function roleName(): string {
        switch (systemRole) {
        case Chat.Owner:
            return qsTr("owner");
        case Chat.Admin:
            return qsTr("admin");
        default:
            return qsTr("member");
        }
    }

    color: Theme.textSecondary
    font.weight: Font.Medium
    horizontalAlignment: Text.AlignHCenter
    text: sentence()
    textStyle: Theme.overline

    Accessible.ignored: true
}
