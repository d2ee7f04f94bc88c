// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/qml/scene.h"

#include <QQuickItem>

#include <functional>
#include <memory>

namespace parley {

/// Eyes, keyboard and pointer in front of a scene: for tests that use a page as a person does. What
/// cannot be done fails the running test.
class SceneHands {
protected:
    /// A window of this scene that has the focus.
    void show(const QString &scene, const QSize &size = {1280, 800});
    /// The first visible item of this name, or for which it holds; or nothing.
    QQuickItem *find(const char *name) const;
    QQuickItem *find(const std::function<bool(const QQuickItem &)> &fits) const;
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// In its middle.
    void click(const char *name, Qt::MouseButton button = Qt::LeftButton);

    std::unique_ptr<Scene> m_scene;
};

} // namespace parley
