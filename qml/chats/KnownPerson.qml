// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
/// A person out of a list of users.
PersonRow {
    required property string userId
    required property string avatarKey
    required property bool isChosen

    checked: isChosen
    objectName: "knownPerson"
    picture: avatarKey
}
