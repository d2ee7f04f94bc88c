// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/launch/windowplace.h"

#include <QtCore/QEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>
#include <QtGui/QWindow>

namespace parley {

namespace {

QString sizeKey()
{
    return QStringLiteral("window/size");
}
QString positionKey()
{
    return QStringLiteral("window/position");
}
QString maximizedKey()
{
    return QStringLiteral("window/maximized");
}

QList<QRect> screens()
{
    QList<QRect> places;
    const auto all = QGuiApplication::screens();
    for (const QScreen *screen : all)
        places.append(screen->availableGeometry());
    return places;
}

QSize roomAt(const std::optional<QPoint> &position)
{
    const QScreen *screen = position ? QGuiApplication::screenAt(*position) : nullptr;
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    return screen ? screen->availableSize() : QSize();
}

} // namespace

bool isReachable(const QRect &frame, const QList<QRect> &screens)
{
    const QRect edge(frame.topLeft(), QSize(frame.width(), WindowPlace::reachHeight));
    const int wanted = std::min(WindowPlace::reachWidth, frame.width());
    return std::any_of(screens.begin(), screens.end(), [&](const QRect &screen) {
        const QRect seen = screen.intersected(edge);
        return seen.height() == edge.height() && seen.width() >= wanted;
    });
}

WindowPlace::WindowPlace(QWindow &window, const QString &file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_file(file, QSettings::IniFormat)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(keepAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &WindowPlace::keep);
}

void WindowPlace::restore()
{
    auto size = m_file.value(sizeKey()).toSize();
    // What QML asks for is the size of a window that nobody has changed yet.
    if (!size.isValid())
        size = m_window.size();
    std::optional<QPoint> position;
    if (m_file.contains(positionKey()))
        position = m_file.value(positionKey()).toPoint();
    if (position && !isReachable(QRect(*position, size), screens()))
        position.reset();

    const QSize room = roomAt(position);
    if (!room.isEmpty())
        size = size.boundedTo(room);
    m_window.resize(size.expandedTo(m_window.minimumSize()));
    if (position)
        m_window.setFramePosition(*position);
    if (m_file.value(maximizedKey()).toBool())
        m_window.setWindowStates(Qt::WindowMaximized);

    const auto later = [this] { m_timer.start(); };
    connect(&m_window, &QWindow::xChanged, this, later);
    connect(&m_window, &QWindow::yChanged, this, later);
    connect(&m_window, &QWindow::widthChanged, this, later);
    connect(&m_window, &QWindow::heightChanged, this, later);
    connect(&m_window, &QWindow::windowStateChanged, this, later);
    m_window.installEventFilter(this);
}

void WindowPlace::keep()
{
    m_timer.stop();
    const auto states = m_window.windowStates();
    // A window that is gone has no frame any more, and a minimized one no place.
    if (!m_window.isVisible() || states.testFlag(Qt::WindowMinimized))
        return;
    m_file.setValue(maximizedKey(), states.testFlag(Qt::WindowMaximized));
    // What fills the screen comes back to the size that it had before.
    if (states == Qt::WindowNoState) {
        m_file.setValue(sizeKey(), m_window.size());
        m_file.setValue(positionKey(), m_window.framePosition());
    }
}

bool WindowPlace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close)
        keep();
    return QObject::eventFilter(watched, event);
}

} // namespace parley
