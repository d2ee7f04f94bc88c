// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/mutation.h"

namespace parley {
namespace {
Mutation chosen = Mutation::None;
} // namespace

Mutation chosenMutation()
{
    return chosen;
}

void chooseMutation(Mutation mistake)
{
    chosen = mistake;
}

} // namespace parley
