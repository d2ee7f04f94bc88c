// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Account

SignInPage {
    signIn: SignIn {
        lookUp: SignIn.Found
        password: "wrong"
        retryAfterSeconds: 45
        serverAddress: "chat.example.org"
        state: SignIn.RateLimited
        userName: "robin"
    }
}
