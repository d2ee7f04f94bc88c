// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/links.h"

#include <QtTest/QTest>

using namespace parley;

class TestLinks : public QObject {
    Q_OBJECT
private slots:
    void findsAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char *name, const char *text, const char *found) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(found);
        };
        row("plain", "go to http://a.example now", "http://a.example");
        row("upper case", "HTTPS://A.example/X", "HTTPS://A.example/X");
        row("full stop behind", "http://a.example/x.", "http://a.example/x");
        row("in brackets", "(see http://a.example/x)", "http://a.example/x");
        row("own brackets", "http://a.example/x_(y)", "http://a.example/x_(y)");
        row("both brackets", "(http://a.example/x_(y))", "http://a.example/x_(y)");
        row("in quotes", "\"http://a.example\"", "http://a.example");
        row("in a tag", "<http://a.example>", "http://a.example");
        row("mail", "mailto:ann@a.example, please", "mailto:ann@a.example");
        row("mail without address", "mailto:ann", "");
        row("in a word", "xhttp://a.example", "");
        row("no host", "http:// nothing", "");
        row("another scheme", "ftp://a.example file:///x javascript:x", "");
        row("no scheme", "www.a.example", "");
        row("direction override", "http://a.example/\u202Egpj", "http://a.example/");
    }
    void findsAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, found);
        const auto links = findLinks(text);
        if (found.isEmpty()) {
            QVERIFY(links.empty());
            return;
        }
        QCOMPARE(links.size(), size_t(1));
        QCOMPARE(text.mid(links[0].begin, links[0].end - links[0].begin), found);
    }

    void encodesTheTarget()
    {
        QCOMPARE(safeLink(QStringLiteral("https://a.example/ä b")),
            QStringLiteral("https://a.example/%C3%A4%20b"));
        QVERIFY(!safeLink(QStringLiteral("https://a.example/\"<>")).contains(u'"'));
    }

    void refusesOtherSchemes()
    {
        for (const auto *link : {"file:///etc/passwd", "qrc:/x", "data:text/html,x", "javascript:x",
                 "ssh://host", "//host", "", "http:", "image://icon/x", "smb://x/y"})
            QCOMPARE(safeLink(QString::fromLatin1(link)), QString());
    }

    void refusesWhatIsTooLongToCheck()
    {
        const auto start = QStringLiteral("https://a.example/");
        QVERIFY(!safeLink(start + QString(2048 - start.size(), u'x')).isEmpty());
        QVERIFY(safeLink(start + QString(2049 - start.size(), u'x')).isEmpty());
    }

    void namesTheRealHost()
    {
        QCOMPARE(linkHost(QStringLiteral("https://bank.example@evil.example/x")),
            QStringLiteral("evil.example"));
        QCOMPARE(linkHost(QStringLiteral("https://аррle.example")),
            QStringLiteral("xn--le-6kc8da.example"));
        QCOMPARE(
            linkHost(QStringLiteral("http://a.example:8080/")), QStringLiteral("a.example:8080"));
        QCOMPARE(linkHost(QStringLiteral("mailto:ann@a.example")), QStringLiteral("ann@a.example"));
    }
};

QTEST_GUILESS_MAIN(TestLinks)
#include "tst_links.moc"
