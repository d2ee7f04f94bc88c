// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import QtQuick.Dialogs

/// The system's dialog for choosing a picture. Loaded only when it is wanted.
Item {
    id: picker

    signal chosen(url file)
    signal rejected

    function open() {
        dialog.open();
    }

    FileDialog {
        id: dialog

        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg)")]
        title: qsTr("Choose a picture")

        onAccepted: picker.chosen(selectedFile)
        onRejected: picker.rejected()
    }
}
