// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
pragma ComponentBehavior: Bound
import QtQuick
import Parley
import Parley.Controls
import Parley.Theme

/// Two columns, or on phones a list that leads to pages.
Rectangle {
    id: page

    required property Settings settings
    required property Session session
    required property string version

    property string section: Theme.compact ? "" : "profile"

    readonly property var sections: [
        {
            key: "profile",
            icon: "user",
            title: qsTr("Profile")
        },
        {
            key: "appearance",
            icon: "sun",
            title: qsTr("Appearance")
        },
        {
            key: "privacy",
            icon: "lock-keyhole",
            title: qsTr("Privacy")
        },
        {
            key: "devices",
            icon: "shield-check",
            title: qsTr("Devices")
        },
        {
            key: "account",
            icon: "server",
            title: qsTr("Account and server")
        }
    ]

    readonly property bool twoColumns: !Theme.compact

    signal closeRequested

    function sectionTitle(): string {
        return sections.find(one => one.key === section)?.title ?? "";
    }

    function back() {
        if (Theme.compact && section !== "")
            section = "";
        else
            closeRequested();
    }

    color: Theme.bgTimeline

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    Keys.onEscapePressed: page.back()

    onTwoColumnsChanged: {
        if (twoColumns && section === "")
            section = "profile";
    }

    SettingsNavigation {
        id: navigation

        section: page.section
        sections: page.sections
        visible: page.twoColumns || page.section === ""
        width: page.twoColumns ? 260 : parent.width

        onBackRequested: page.closeRequested()
        onChosen: key => page.section = key
    }

    Item {
        anchors.left: page.twoColumns ? navigation.right : parent.left
        anchors.right: parent.right
        height: parent.height
        visible: page.section !== ""

        IconButton {
            id: backButton

            iconColor: Theme.accentText
            iconName: "chevron-left"
            iconSize: 26
            mirrorIcon: true
            objectName: "settingsBack"
            text: qsTr("Back to settings")
            visible: !page.twoColumns
            x: 4
            y: 6

            onClicked: page.section = ""
        }

        Heading {
            id: title

            anchors.horizontalCenter: page.twoColumns ? parent.horizontalCenter : undefined
            text: page.sectionTitle()
            wrapMode: Text.Wrap
            width: page.twoColumns ? scroll.columnWidth : parent.width - x - 20
            x: page.twoColumns ? 0 : backButton.x + backButton.width + 4
            y: page.twoColumns ? 20 : 12
        }

        Flickable {
            id: scroll

            readonly property real columnWidth: Math.min(width - (page.twoColumns ? 48 : 32), 620)

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: title.bottom
            anchors.topMargin: 14
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            contentHeight: content.implicitHeight + 24
            contentWidth: width

            OnDemand {
                id: content

                content: {
                    switch (page.section) {
                    case "profile":
                        return profile;
                    case "appearance":
                        return appearance;
                    case "privacy":
                        return privacy;
                    case "devices":
                        return devices;
                    case "account":
                        return account;
                    default:
                        return null;
                    }
                }
                width: scroll.columnWidth
                x: Math.round((scroll.width - width) / 2)
            }
        }
    }

    Component {
        id: profile

        ProfileSettings {
            width: scroll.columnWidth
            session: page.session
        }
    }

    Component {
        id: appearance

        AppearanceSettings {
            width: scroll.columnWidth
            settings: page.settings
        }
    }

    Component {
        id: privacy

        PrivacySettings {
            width: scroll.columnWidth
            settings: page.settings
        }
    }

    Component {
        id: devices

        DevicesSettings {
            width: scroll.columnWidth
            settings: page.settings
        }
    }

    Component {
        id: account

        AccountSettings {
            width: scroll.columnWidth
            session: page.session
            settings: page.settings
            version: page.version
        }
    }
}
