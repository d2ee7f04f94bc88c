// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQml

QtObject {
    enum Mode { Write, Reply, Edit }

    property string text
    property int mode: Composer.Write
    property string targetId
    property string targetSender
    property string targetText
    property bool canSend: text.trim() !== "" && !tooLong
    property int limitBytes: 16000
    property bool tooLong: false
    property int typedCount: 0
    property var sentTexts: []

    signal sent

    function send() {
        sentTexts = [...sentTexts, text];
        text = "";
        mode = Composer.Write;
        sent();
    }

    function replyTo(messageId: string) {
        targetId = messageId;
        mode = Composer.Reply;
    }

    function edit(messageId: string) {
        targetId = messageId;
        mode = Composer.Edit;
    }

    function editLast() {
        edit("last");
    }

    function cancelMode() {
        mode = Composer.Write;
    }

    function typed() {
        typedCount += 1;
    }
}
