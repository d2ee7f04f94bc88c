// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQmlEngine>
#include <QQuickView>
#include <QSize>
#include <QString>

namespace parley {

/// How a scene is shown.
struct SceneLook {
    QSize size{1280, 800};
    bool dark = false;
    double textScale = 1;
    bool increasedContrast = false;
    QString accent = QStringLiteral("petrol");
};

/// One page with its stand-ins, in a window of its own. Test code only; lives on the GUI thread.
class Scene {
public:
    /// \a name: a file of the scenes folder without its ending, or "gallery".
    Scene(const QString &name, const SceneLook &look);

    /// False when the QML did not load; warnings then says why.
    bool isLoaded() const;

    /// Waits until the page has settled: two rounds of polish, and no image still loading.
    void settle();

    QQuickView &window() { return m_view; }
    QQuickItem *root() const { return m_view.rootObject(); }
    QImage picture();

    /// What QML complained about since the scene was made.
    QStringList warnings() const { return m_warnings; }

    static QStringList names();

private:
    QStringList m_warnings;
    QQuickView m_view;
};

/// Fonts and the like, once per test program, before the first scene.
void setUpScenes();

} // namespace parley
