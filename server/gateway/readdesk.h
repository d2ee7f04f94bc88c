// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/gateway/reads.h"
#include "server/store/pagesizes.h"

namespace parley {

/// Answers reads from one StoreReader. Checks by the one predicate of visibility who sees what:
/// what is forbidden is answered as what does not exist. Belongs to one reader thread.
class ReadDesk {
public:
    explicit ReadDesk(std::unique_ptr<StoreReader> reader, const PageSizes &pages = {})
        : m_reader(std::move(reader))
        , m_pages(pages)
    {
    }

    ReadAnswer answer(const ReadJob &job, qint64 nowMs);

private:
    std::unique_ptr<StoreReader> m_reader;
    PageSizes m_pages;
};

} // namespace parley
