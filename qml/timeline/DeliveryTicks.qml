// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import QtQuick
import Parley
import Parley.Controls

/// The ticks of a message of mine, from the fact in the model.
StatusTicks {
    required property int delivery

    status: {
        switch (delivery) {
        case ChatListModel.Sending:
            return "sending";
        case ChatListModel.Sent:
            return "sent";
        case ChatListModel.Delivered:
            return "delivered";
        case ChatListModel.Read:
            return "read";
        case ChatListModel.Failed:
            return "failed";
        default:
            return "";
        }
    }
}
