// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/error.h"

namespace parley {

ErrorClass errorClass(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Internal:
    case ErrorCode::RateLimited:
    case ErrorCode::Busy:
    case ErrorCode::Unavailable:
        return ErrorClass::Retry;
    case ErrorCode::Conflict:
        return ErrorClass::Conflict;
    case ErrorCode::BadCredentials:
    case ErrorCode::NotSignedIn:
        return ErrorClass::Auth;
    case ErrorCode::UpgradeRequired:
        return ErrorClass::Upgrade;
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
    case ErrorCode::Unsupported:
    case ErrorCode::Forbidden:
    case ErrorCode::NoTarget:
    case ErrorCode::IdReused:
    case ErrorCode::NoEffect:
    case ErrorCode::InvalidInvite:
    case ErrorCode::NameTaken:
    case ErrorCode::WeakPassword:
    case ErrorCode::InvalidName:
    case ErrorCode::LimitReached:
    case ErrorCode::Damaged:
    case ErrorCode::NotFound:
    case ErrorCode::Cancelled:
        return ErrorClass::Reject;
    }
    return ErrorClass::Reject;
}

const char *errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Internal:
        return "Internal";
    case ErrorCode::Malformed:
        return "Malformed";
    case ErrorCode::TooLarge:
        return "TooLarge";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::Forbidden:
        return "Forbidden";
    case ErrorCode::NoTarget:
        return "NoTarget";
    case ErrorCode::IdReused:
        return "IdReused";
    case ErrorCode::NoEffect:
        return "NoEffect";
    case ErrorCode::Conflict:
        return "Conflict";
    case ErrorCode::RateLimited:
        return "RateLimited";
    case ErrorCode::Busy:
        return "Busy";
    case ErrorCode::Unavailable:
        return "Unavailable";
    case ErrorCode::BadCredentials:
        return "BadCredentials";
    case ErrorCode::NotSignedIn:
        return "NotSignedIn";
    case ErrorCode::InvalidInvite:
        return "InvalidInvite";
    case ErrorCode::NameTaken:
        return "NameTaken";
    case ErrorCode::WeakPassword:
        return "WeakPassword";
    case ErrorCode::InvalidName:
        return "InvalidName";
    case ErrorCode::UpgradeRequired:
        return "UpgradeRequired";
    case ErrorCode::LimitReached:
        return "LimitReached";
    case ErrorCode::Damaged:
        return "Damaged";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::Cancelled:
        return "Cancelled";
    }
    return "Unknown";
}

} // namespace parley
