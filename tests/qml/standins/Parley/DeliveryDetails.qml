// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Scenes

RecordsModel {
    enum MemberState { Read, Delivered, Waiting }

    property string messageId
    property string writtenText
    property string sentText
    property string plain
    property bool complete: true
    property int readCount: 0
    property int deliveredCount: 0
    property int waitingCount: 0

    defaults: ({
            userId: "",
            name: "",
            hue: 0,
            avatarKey: "",
            state: DeliveryDetails.Waiting,
            timeText: "",
            receiptsOff: false
        })
}
