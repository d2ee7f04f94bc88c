// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Parley
import Parley.Account

SignInPage {
    signIn: SignIn {
        lookUp: SignIn.Found
        password: "correct horse"
        serverAddress: "chat.example.org"
        state: SignIn.TooManyDevices
        userName: "robin"
    }
}
