// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/hashing.h"

namespace parley {
namespace {

void makeHash(HashAnswer &answer, const HashJob &job, const PasswordHasher &hasher)
{
    auto hash = hasher.hash(job.password);
    if (hash)
        answer.hash = *std::move(hash);
    else
        answer.error = hash.error();
}

} // namespace

HashAnswer workOn(const HashJob &job, const PasswordHasher &hasher)
{
    HashAnswer answer;
    answer.origin = job.origin;
    if (job.kind == HashJob::Kind::Make) {
        makeHash(answer, job, hasher);
        return answer;
    }
    if (job.hash.isEmpty()) {
        hasher.checkNothing(job.password);
        return answer;
    }
    answer.matches = hasher.matches(job.hash, job.password);
    if (answer.matches && hasher.needsRehash(job.hash)) {
        makeHash(answer, job, hasher);
        answer.error.reset(); // It can wait: the old one was right.
    }
    return answer;
}

} // namespace parley
