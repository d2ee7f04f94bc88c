// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/server/store/conformance.h"

using namespace Qt::StringLiterals;

namespace parley {

void ConformanceTest::initTestCase_data()
{
    QTest::addColumn<QString>("engine");
    for (const char *name : {"memory", "sqlite", "hostile"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void ConformanceTest::init()
{
    QFETCH_GLOBAL(QString, engine);
    if (engine == u"memory"_s)
        m_engine = makeMemoryEngine();
    else if (engine == u"hostile"_s)
        m_engine = makeHostileEngine();
    else
        m_engine = std::make_unique<SqliteEngine>();
}

void ConformanceTest::cleanup()
{
    m_engine.reset();
}

Loaded ConformanceTest::loadChat(const ChatId &chat)
{
    LoadRequest request;
    request.chat = chat;
    request.wantState = true;
    request.entries = LoadRequest::Entries{1, 1'000'000};
    request.newestRows = 1'000'000;
    return driver().load(std::move(request));
}

bool ConformanceTest::holds(const ChatId &chat, const ChatWriter &expected)
{
    LoadRequest request;
    request.chat = chat;
    for (const auto &[id, operation] : expected.operations())
        request.operations.push_back(id);
    for (const auto &[id, row] : expected.rows())
        request.rows.push_back(id);
    const Loaded known = driver().load(std::move(request));
    const Loaded whole = loadChat(chat);
    std::vector<KnownOperation> operations;
    for (const auto &[id, operation] : expected.operations())
        operations.push_back(operation);
    std::vector<Row> rows;
    for (const auto &[id, row] : expected.rows())
        rows.push_back(row);
    std::vector<Row> inOrder = rows;
    std::sort(
        inOrder.begin(), inOrder.end(), [](const Row &a, const Row &b) { return a.seq < b.seq; });
    return whole.state == expected.state() && whole.head == expected.state().head
        && whole.entries == expected.entries() && whole.newestRows == inOrder && known.rows == rows
        && known.operations == operations;
}

} // namespace parley
