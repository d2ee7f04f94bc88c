// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/server/store/chatwriter.h"
#include "tests/server/store/engines.h"

#include <QtTest/QTest>

namespace parley {

/// Base of the tests that every engine must pass: each runs once for each engine, on a new store.
class ConformanceTest : public QObject {
    Q_OBJECT

protected:
    Driver &driver() { return m_engine->driver(); }
    Epoch epoch() { return m_engine->store().epoch(); }
    ChatWriter writer(int chat) { return ChatWriter(testChat(chat), epoch()); }
    /// What the store says of a chat.
    Loaded loadChat(const ChatId &chat);
    /// State, entries, rows and operations are what the writer counted.
    bool holds(const ChatId &chat, const ChatWriter &expected);

    std::unique_ptr<Engine> m_engine;

private slots:
    void initTestCase_data();
    void init();
    void cleanup();
};

} // namespace parley
