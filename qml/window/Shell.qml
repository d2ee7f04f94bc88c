// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Chats
import Parley.Controls
import Parley.Search
import Parley.Settings
import Parley.Theme

/// The chats and the open one: side by side, or on phones one above the other.
FocusScope {
    id: shell

    required property App app

    signal signInRequested
    /// For assistive technology.
    signal announced(string sentence)

    property bool settingsOpen: false
    property bool detailsOpen: false
    /// The chat on the screen. It keeps the last one while none is open: a pane that is going away
    /// must not see nothing.
    property Chat chat: null
    property bool hasChat: false

    readonly property bool expanded: width >= 1100
    readonly property real sidebarWidth: Theme.compact ? width : width < 900 ? 280 : 340
    readonly property bool detailsInline: expanded && !Theme.compact

    function takeChat() {
        const opened = app.chat;
        hasChat = opened !== null;
        if (!hasChat) {
            pane.active = false;
            details.active = false;
            detailsOpen = false;
            return;
        }
        chat = opened;
        pane.active = true;
        details.active = Qt.binding(() => shell.detailsOpen);
        if (!Theme.touch)
            (pane.item as ChatPane)?.focusComposer(Qt.OtherFocusReason);
    }

    function openChat(chatId: string) {
        if (chatId === "")
            return;
        settingsOpen = false;
        if (Theme.compact)
            detailsOpen = false;
        app.openChat(chatId);
    }

    function openMessage(chatId: string, messageId: string) {
        openChat(chatId);
        app.openMessage(chatId, messageId);
    }

    function openNeighbour(by: int) {
        openChat(app.chats.idAt(app.chats.rowOf(app.chats.selectedId) + by));
    }

    function back() {
        if (settingsOpen)
            settingsOpen = false;
        else if (detailsOpen && !detailsInline)
            detailsOpen = false;
        else if (Theme.compact)
            app.closeChat();
    }

    Component.onCompleted: takeChat()

    Connections {
        target: shell.app

        function onChatChanged() {
            shell.takeChat();
        }
    }

    Connections {
        target: shell.app.people

        function onOpened(chatId: string) {
            shell.openChat(chatId);
        }
    }

    Sidebar {
        id: sidebar

        actions: shell.app.chatActions
        anchors.bottom: bottomBar.visible ? bottomBar.top : parent.bottom
        anchors.left: parent.left
        anchors.top: parent.top
        chats: shell.app.chats
        session: shell.app.session
        showsConnection: !shell.hasChat
        visible: !shell.settingsOpen && (!Theme.compact || !shell.hasChat)
        width: shell.sidebarWidth

        onChosen: chatId => shell.openChat(chatId)
        onNewChatRequested: newChatDialog.open()
        onSearchRequested: searchPalette.open()
        onSettingsRequested: shell.settingsOpen = true
        onSignInRequested: shell.signInRequested()
    }

    EmptyState {
        action: qsTr("New chat")
        actionName: "pickNewChat"
        anchors.bottom: parent.bottom
        anchors.left: sidebar.right
        anchors.right: parent.right
        anchors.top: parent.top
        text: qsTr("Choose a chat on the left, or start a new one.")
        title: qsTr("Pick up a conversation")
        visible: !Theme.compact && !shell.hasChat && !shell.settingsOpen

        onTriggered: newChatDialog.open()
    }

    OnDemand {
        id: pane

        active: false
        anchors.bottom: parent.bottom
        anchors.left: Theme.compact ? parent.left : sidebar.right
        anchors.right: shell.detailsInline && details.active ? details.left : parent.right
        anchors.top: parent.top
        focus: true
        visible: !shell.settingsOpen

        content: ChatPane {
            anchors.fill: parent
            chat: shell.chat
            detailsOpen: shell.detailsOpen
            focus: true
            session: shell.app.session
            settings: shell.app.settings

            onAnnounced: sentence => shell.announced(sentence)
            onBackRequested: shell.back()
            onSignInRequested: shell.signInRequested()
            onDetailsRequested: shell.detailsOpen = !shell.detailsOpen
            onLinkActivated: link => shell.app.openLink(link)
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.scrimFill
        visible: details.active && !shell.detailsInline && !Theme.compact && !shell.settingsOpen

        TapHandler {
            onTapped: shell.detailsOpen = false
        }
    }

    OnDemand {
        id: details

        active: false
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        anchors.top: parent.top
        visible: !shell.settingsOpen
        width: Theme.compact ? shell.width : 320

        content: DetailsPane {
            anchors.fill: parent
            chat: shell.chat
            people: shell.app.people

            onCloseRequested: shell.detailsOpen = false
        }
    }

    OnDemand {
        id: settings

        active: shell.settingsOpen
        anchors.bottom: bottomBar.visible ? bottomBar.top : parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        focus: active

        content: SettingsPage {
            anchors.fill: parent
            focus: true
            session: shell.app.session
            settings: shell.app.settings
            version: shell.app.version

            onCloseRequested: shell.settingsOpen = false
        }
    }

    BottomBar {
        id: bottomBar

        anchors.bottom: parent.bottom
        settingsOpen: shell.settingsOpen
        visible: Theme.compact && (!shell.hasChat || shell.settingsOpen)
        width: parent.width

        onChatsRequested: shell.settingsOpen = false
        onSettingsRequested: shell.settingsOpen = true
    }

    NewChatDialog {
        id: newChatDialog

        people: shell.app.people

        onGroupRequested: newGroupDialog.open()
    }

    NewGroupDialog {
        id: newGroupDialog

        people: shell.app.people
    }

    SearchPalette {
        id: searchPalette

        search: shell.app.search

        onAnnounced: sentence => shell.announced(sentence)
        onChatChosen: chatId => shell.openChat(chatId)
        onMessageChosen: (chatId, messageId) => shell.openMessage(chatId, messageId)
        onNewChatChosen: query => {
            newChatDialog.query = query;
            newChatDialog.open();
        }
        onPersonChosen: userId => shell.app.people.startChat(userId)
        onThemeSwitched: shell.app.settings.theme = Theme.dark ? Settings.Light : Settings.Dark
    }

    ShellShortcuts {
        onChatRequested: by => shell.openNeighbour(by)
        onChatSearchRequested: {
            if (shell.hasChat && !shell.settingsOpen)
                (pane.item as ChatPane)?.startSearch();
        }
        onDetailsRequested: {
            if (shell.hasChat)
                shell.detailsOpen = !shell.detailsOpen;
        }
        onNewChatRequested: newChatDialog.open()
        onNewGroupRequested: newGroupDialog.open()
        onPaneRequested: shell.nextPane()
        onSearchRequested: searchPalette.open()
        onSettingsRequested: shell.settingsOpen = !shell.settingsOpen
        onTextSizeRequested: by => shell.stepTextSize(by)
    }

    function nextPane() {
        const chatPane = pane.item as ChatPane;
        if (sidebar.list.activeFocus && chatPane)
            chatPane.focusTimeline();
        else if (chatPane && !chatPane.atComposer)
            chatPane.focusComposer(Qt.ShortcutFocusReason);
        else
            sidebar.list.forceActiveFocus(Qt.TabFocusReason);
    }

    function stepTextSize(by: int) {
        app.settings.textScale = Theme.nextTextScale(app.settings.textScale, by);
    }

    Keys.onEscapePressed: shell.back()
}
