// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml
import Parley

/// The words for what App tells in passing.
QtObject {
    function sentence(kind: int, detail: string): string {
        switch (kind) {
        case App.Copied:
            return qsTr("Text copied");
        case App.NotAllowed:
            return qsTr("You aren't allowed to do that here.");
        case App.TooLarge:
            return qsTr("That's too large for your server.");
        case App.TooMany:
            return qsTr("That was a lot at once. Try again in a moment.");
        case App.NotReachable:
            return qsTr("Can't reach the server. Try again when you're online.");
        case App.PictureUnusable:
            return qsTr("That picture can't be used. Choose a PNG or JPEG file.");
        case App.ProfileSaved:
            return qsTr("Profile saved");
        case App.ServerSaid:
            return qsTr("Your server says: %1").arg(detail);
        default:
            return qsTr("That didn't work. Try again.");
        }
    }
}
