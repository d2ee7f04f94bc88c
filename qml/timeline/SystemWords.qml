// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley

/// The words for what happens to a chat, apart from its messages.
QtObject {
    property int kind: TimelineModel.NoSystem
    property bool inGroup: true
    property string actor
    property string subject
    /// A new name of the group.
    property string text
    property int role: Chat.Member
    /// One did it oneself.
    property bool mine: false
    /// It was done to oneself.
    property bool me: false

    function sentence(): string {
        switch (kind) {
        case TimelineModel.Created:
            if (!inGroup)
                return mine ? qsTr("You started this chat") : qsTr("%1 started this chat").arg(actor);
            return mine ? qsTr("You created the group") : qsTr("%1 created the group").arg(actor);
        case TimelineModel.Added:
            return mine ? qsTr("You added %1").arg(subject) : me ? qsTr("%1 added you").arg(actor) : qsTr("%1 added %2").arg(actor).arg(subject);
        case TimelineModel.Removed:
            return mine ? qsTr("You took %1 out of the group").arg(subject) : me ? qsTr("%1 took you out of the group").arg(actor) : qsTr("%1 took %2 out of the group").arg(actor).arg(subject);
        case TimelineModel.Left:
            return mine ? qsTr("You left") : qsTr("%1 left").arg(actor);
        case TimelineModel.TitleChanged:
            return mine ? qsTr("You named the group “%1”").arg(text) : qsTr("%1 named the group “%2”").arg(actor).arg(text);
        case TimelineModel.RoleChanged:
            return me ? qsTr("You are now %1", "role").arg(roleName()) : qsTr("%1 is now %2", "person, role").arg(subject).arg(roleName());
        case TimelineModel.Accepted:
            return mine ? qsTr("You accepted the chat") : qsTr("%1 accepted the chat").arg(actor);
        default:
            return qsTr("Something changed that needs a newer version of %1.").arg(Qt.application.name);
        }
    }

    function roleName(): string {
        switch (role) {
        case Chat.Owner:
            return qsTr("owner");
        case Chat.Admin:
            return qsTr("admin");
        default:
            return qsTr("member");
        }
    }
}
