// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley.Scenes

RecordsModel {
    defaults: ({
            deviceId: "",
            name: "",
            lastSeenText: "",
            isThis: false
        })
}
