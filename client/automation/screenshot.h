// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

class QQuickWindow;

namespace parley {

/// Saves a picture of a window once it is still, for documents and for looking at a run without a
/// display. Made by main() when the command line asks for it; lives on the screen's thread.
class Screenshot : public QObject {
    Q_OBJECT
public:
    static constexpr int stillMs = 400;
    static constexpr int longestMs = 15'000;

    /// `isReady` says that what is wanted is on the screen.
    Screenshot(QQuickWindow &window, const QString &file, std::function<bool()> isReady,
        QObject *parent = nullptr);

signals:
    void saved();
    void failed();

private:
    void look();
    void save();

    QQuickWindow &m_window;
    QString m_file;
    std::function<bool()> m_isReady;
    QTimer m_timer;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceFrame;
};

} // namespace parley
