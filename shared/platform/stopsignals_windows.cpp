// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/platform/stopsignals.h"

#include <atomic>

#include <windows.h>

namespace parley {
namespace {

// The system calls the handler on a thread of its own.
std::atomic<StopSignals *> receiver{nullptr};

BOOL WINAPI handleControl(DWORD)
{
    StopSignals *target = receiver.load();
    if (!target)
        return FALSE;
    QMetaObject::invokeMethod(target, &StopSignals::stopRequested, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    receiver = this;
    SetConsoleCtrlHandler(handleControl, TRUE);
}

StopSignals::~StopSignals()
{
    SetConsoleCtrlHandler(handleControl, FALSE);
    receiver = nullptr;
}

} // namespace parley
