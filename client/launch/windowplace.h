// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QRect>
#include <QtCore/QSettings>
#include <QtCore/QTimer>

#include <optional>

QT_BEGIN_NAMESPACE
class QWindow;
QT_END_NAMESPACE

namespace parley {

/// Whether a person could take hold of a window whose frame begins there: enough of its upper edge
/// lies on one of the screens.
bool isReachable(const QRect &frame, const QList<QRect> &screens);

/// Remembers in the profile's settings where the window was and how large. Made by main() before
/// the window is shown; the window outlives it.
class WindowPlace : public QObject {
    Q_OBJECT
public:
    /// How much of the upper edge has to be on a screen.
    static constexpr int reachWidth = 120;
    static constexpr int reachHeight = 32;
    /// After the last change; a window that is being dragged says nothing yet.
    static constexpr int keepAfterMs = 500;

    WindowPlace(QWindow &window, const QString &file, QObject *parent = nullptr);

    /// Puts the window where it was. A place that is on no screen any more is left to the system,
    /// and no window is larger than its screen.
    void restore();
    /// Writes down what is now, from then on also by itself.
    void keep();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWindow &m_window;
    QSettings m_file;
    QTimer m_timer;
};

} // namespace parley
