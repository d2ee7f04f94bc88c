// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Account

SignInPage {
    id: page

    signIn: SignIn {
        certificateFingerprint: "9A:71:0C:55:E2:18:4B:0F:73:5D:C1:AA:90:3E:66:F4:21:B8:0D:7C:E9:12:5A:43:F0:88:9B:D6:37:CE:04:5F"
        certificateIssuer: "chat.example.org"
        certificateValidity: "12 May 2026 to 12 May 2027"
        lookUp: SignIn.CertificateUnknown
        serverAddress: "chat.example.org"
    }

    CertificateDialog {
        signIn: page.signIn
        visible: true
    }
}
