// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

/// Facts that several models tell, by number. QML finds the names in ChatListModel.
namespace parley::presence {

/// Whether a person is there: the numbers of parley::PresenceState, and 0 for not told.
enum State { Unknown, Offline, Away, Online };

} // namespace parley::presence
