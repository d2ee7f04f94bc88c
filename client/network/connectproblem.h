// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QtCore/QtGlobal>

namespace parley {

/// Why a server could not be used, or a sign-in did not succeed.
enum class ConnectProblem : quint8 {
    None,
    InvalidAddress, ///< not something that could be a server's address
    ServerNotFound, ///< no such host name
    NotEncrypted, ///< plain, and not on this machine
    CertificateUnknown, ///< self-signed: show the fingerprint, then trustCertificate()
    CertificateChanged, ///< not the one that was trusted: refused
    CertificateInvalid, ///< expired, wrong host, or signed by nobody we know
    Unreachable, ///< refused, timed out, or cut
    NotAServer, ///< something answers there, but not this protocol
    TooOld, ///< no common version
    Refused, ///< by the server, with an error code
    Replaced, ///< the same device connected from elsewhere
    KeepingToken, ///< the token could not be kept
};

} // namespace parley
