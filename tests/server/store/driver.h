// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/store.h"
#include "shared/assert.h"

namespace parley {

/// Asks a store that answers within the call, and hands the answers back as results.
class Driver : public StoreListener {
public:
    explicit Driver(Store &store)
        : m_store(store)
    {
        m_store.setListener(this);
    }
    ~Driver() override { m_store.setListener(nullptr); }
    Driver(const Driver &) = delete;
    Driver &operator=(const Driver &) = delete;

    Loaded load(LoadRequest request)
    {
        request.ticket = ++m_number;
        m_store.load(std::move(request));
        PARLEY_ASSERT(m_loaded.ticket == m_number);
        return std::move(m_loaded);
    }
    std::vector<Outcome> appendAll(std::vector<Append> appends)
    {
        m_store.append(++m_number, std::move(appends));
        PARLEY_ASSERT(m_batch == m_number);
        return std::move(m_outcomes);
    }
    Outcome append(Append one) { return appendAll({std::move(one)}).at(0); }

    void loaded(Loaded answer) override { m_loaded = std::move(answer); }
    void appended(quint64 batch, std::vector<Outcome> outcomes) override
    {
        m_batch = batch;
        m_outcomes = std::move(outcomes);
    }

private:
    Store &m_store;
    quint64 m_number = 0;
    quint64 m_batch = 0;
    Loaded m_loaded;
    std::vector<Outcome> m_outcomes;
};

} // namespace parley
