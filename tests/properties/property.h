// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "tests/fuzz/feed.h"

#include <QtTest/QTest>

#include <rapidcheck.h>

#include <sstream>

/// Properties as Qt Test functions. RC_PARAMS="seed=N" repeats a run, and a failing one prints what
/// to set.
namespace parley {

/// Fails the running test function, with the shrunk counterexample and the seed, unless `law` holds
/// for all values tried, a hundred unless told otherwise.
template <typename Law>
void holds(const char *name, Law &&law, int values = 100)
{
    rc::detail::TestMetadata metadata;
    metadata.id = name;
    metadata.description = name;
    auto parameters = rc::detail::configuration().testParams;
    parameters.maxSuccess = parameters.maxSuccess * values / 100;
    const rc::detail::TestResult result =
        rc::detail::checkTestable(std::forward<Law>(law), metadata, parameters);
    if (result.is<rc::detail::SuccessResult>())
        return;
    std::ostringstream text;
    text << name << ", RC_PARAMS=\"seed=" << parameters.seed << "\": ";
    rc::detail::printResultMessage(result, text);
    QFAIL(text.str().c_str());
}

/// Bytes that steer a Feed: RapidCheck shrinks them, and with them what is built of them.
inline rc::Gen<std::vector<quint8>> steering(int most)
{
    return rc::gen::withSize([most](int size) {
        return rc::gen::resize(1 + most * size / 100, rc::gen::arbitrary<std::vector<quint8>>());
    });
}

inline QByteArray bytesOf(const std::vector<quint8> &steered)
{
    return QByteArray(reinterpret_cast<const char *>(steered.data()), qsizetype(steered.size()));
}

/// Whatever the definitions allow, made of `steered`.
template <typename T>
T valueOf(const std::vector<quint8> &steered, const KnownIds &known = {})
{
    const QByteArray bytes = bytesOf(steered);
    Feed feed(bytes);
    return filled<T>(feed, known);
}

} // namespace parley
