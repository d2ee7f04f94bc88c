// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Composer
import Parley.Controls
import Parley.Search
import Parley.Theme
import Parley.Timeline

/// The open chat: header or search bar, banner, timeline, who types, composer.
Rectangle {
    id: pane

    required property Chat chat
    required property Session session
    required property Settings settings
    property bool detailsOpen: false

    readonly property bool atComposer: (writing.item as ComposerBar)?.activeFocus ?? false

    signal backRequested
    signal detailsRequested
    signal signInRequested
    signal linkActivated(string link)
    signal announced(string sentence)

    function focusComposer(reason: int) {
        writing.forceActiveFocus(reason);
    }

    function focusTimeline() {
        timeline.forceActiveFocus();
    }

    function startSearch() {
        chat.search.open = true;
        (head.item as ChatSearchBar)?.start();
    }

    function endSearch() {
        chat.search.open = false;
        focusComposer(Qt.OtherFocusReason);
    }

    color: Theme.bgTimeline

    Accessible.role: Accessible.Pane
    Accessible.name: chat.title

    OnDemand {
        id: head

        content: pane.chat.search.open ? bar : header
        height: implicitHeight
        width: parent.width
        z: 3
    }

    Component {
        id: header

        ChatHeader {
            anchors.fill: parent
            chat: pane.chat
            detailsOpen: pane.detailsOpen
            session: pane.session

            onBackRequested: pane.backRequested()
            onDetailsRequested: pane.detailsRequested()
            onSearchRequested: pane.startSearch()
        }
    }

    Component {
        id: bar

        ChatSearchBar {
            anchors.fill: parent
            search: pane.chat.search

            onAnnounced: sentence => pane.announced(sentence)
            onCloseRequested: pane.endSearch()
        }
    }

    ConnectionBanner {
        id: banner

        anchors.top: head.bottom
        session: pane.session
        width: parent.width
        z: 2

        onSignInRequested: pane.signInRequested()
    }

    Timeline {
        id: timeline

        anchors.bottom: typing.top
        anchors.bottomMargin: 8
        anchors.top: banner.bottom
        chat: pane.chat
        width: parent.width

        onDeleteRequested: messageId => {
            deleteDialog.messageId = messageId;
            deleteDialog.open();
        }
        onDetailsRequested: messageId => {
            pane.chat.showDelivery(messageId);
            deliveryDialog.open();
        }
        onEditRequested: messageId => pane.chat.composer.edit(messageId)
        onEscaped: {
            if (pane.chat.search.open)
                pane.endSearch();
            else
                pane.focusComposer(Qt.ShortcutFocusReason);
        }
        onLinkActivated: link => pane.linkActivated(link)
        onReplyRequested: messageId => pane.chat.composer.replyTo(messageId)
        onTyped: text => (writing.item as ComposerBar)?.type(text)
    }

    TypingLine {
        id: typing

        anchors.bottom: writing.top
        anchors.horizontalCenter: parent.horizontalCenter
        height: implicitHeight
        names: pane.chat.typingNames
        width: Math.min(parent.width, 920)
    }

    OnDemand {
        id: writing

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        content: pane.chat.request ? request : pane.chat.canWrite ? composer : closed
        height: implicitHeight
        width: Math.min(parent.width, 920)
    }

    Component {
        id: composer

        ComposerBar {
            anchors.fill: parent
            chatTitle: pane.chat.title
            composer: pane.chat.composer
            enterSends: pane.settings.enterSends
            focus: true

            onEscaped: {
                if (pane.chat.search.open)
                    pane.endSearch();
                else if (Theme.compact)
                    pane.backRequested();
            }
        }
    }

    Component {
        id: closed

        ClosedBar {
            anchors.fill: parent
            chat: pane.chat
        }
    }

    Component {
        id: request

        RequestBar {
            anchors.fill: parent
            chat: pane.chat
        }
    }

    DeleteDialog {
        id: deleteDialog

        onConfirmed: messageId => pane.chat.remove(messageId)
    }

    DeliveryDialog {
        id: deliveryDialog

        delivery: pane.chat.delivery

        onClosed: pane.chat.hideDelivery()
    }
}
