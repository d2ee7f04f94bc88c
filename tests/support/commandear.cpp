// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/commandear.h"

#include <QtCore/QList>

#include <utility>

namespace parley {

namespace {

constexpr int standardInput = 0;

} // namespace

CommandEar::CommandEar(Follow follow)
    : m_follow(std::move(follow))
    , m_notifier(standardInput, QSocketNotifier::Read)
{
    if (!m_input.open(standardInput, QIODevice::ReadOnly | QIODevice::Unbuffered))
        qFatal("there is no standard input");
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { hear(); });
}

// A byte at a time: asked for more, QFile would wait until it has them all.
void CommandEar::hear()
{
    const auto byte = m_input.read(1);
    if (byte.isEmpty()) {
        m_notifier.setEnabled(false);
        return m_follow({"end"});
    }
    if (byte != "\n") {
        m_heard += byte;
        return;
    }
    m_follow(std::exchange(m_heard, {}).split(' '));
}

} // namespace parley
