// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/automation/screenshot.h"

#include <QtGui/QImage>
#include <QtQuick/QQuickWindow>

namespace parley {

namespace {

constexpr int lookEveryMs = 50;

} // namespace

Screenshot::Screenshot(
    QQuickWindow &window, const QString &file, std::function<bool()> isReady, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_file(file)
    , m_isReady(std::move(isReady))
{
    m_sinceStart.start();
    m_sinceFrame.start();
    connect(&window, &QQuickWindow::frameSwapped, this, [this] { m_sinceFrame.start(); });
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start(lookEveryMs);
}

void Screenshot::look()
{
    const bool isStill = m_isReady() && m_sinceFrame.elapsed() >= stillMs;
    if (isStill || m_sinceStart.elapsed() >= longestMs)
        save();
}

void Screenshot::save()
{
    m_timer.stop();
    if (m_window.grabWindow().save(m_file))
        emit saved();
    else
        emit failed();
}

} // namespace parley
