// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
import Demo
import Parley
import Parley.Window

MainView {
    app: DemoApp {
        open: false

        session: Session {
            link: Session.KeychainSilent
        }
        signIn: SignIn {
            lookUp: SignIn.Found
            serverAddress: "chat.example.org"
            userName: "robin"
        }
    }
}
