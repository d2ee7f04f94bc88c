// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Account

SignInPage {
    signIn: SignIn {
        lookUp: SignIn.FoundLocal
        password: "wrong"
        serverAddress: "localhost:8443"
        state: SignIn.WrongCredentials
        userName: "robin"
    }
}
