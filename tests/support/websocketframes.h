// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace parley {

/// Splits what a WebSocket server sends into its frames, without understanding more of them.
/// The answer to the upgrade is the first part. What does not begin with one (TLS, say) is passed
/// on as it comes. Pure; one object for each connection.
class WebSocketFrames {
public:
    struct Part {
        QByteArray bytes; ///< as they came
        QByteArray payload; ///< of a binary frame; empty for everything else
    };

    /// Takes the next bytes, and gives the parts that are complete.
    std::vector<Part> feed(QByteArrayView bytes);

private:
    enum class Stage { Beginning, Upgrading, Frames, SomethingElse };
    QByteArray m_pending;
    Stage m_stage = Stage::Beginning;

    void begin();
    void takeUpgrade(std::vector<Part> &parts);
    bool takeFrame(std::vector<Part> &parts);
};

} // namespace parley
