// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/urlguard.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QQmlEngine>
#include <QSignalSpy>
#include <QTest>

using namespace parley;

class TstUrlGuard : public QObject {
    Q_OBJECT
private slots:
    void letsOnlyTheProgramsOwnThrough_data();
    void letsOnlyTheProgramsOwnThrough();
    void refusesEveryRequestToTheNetwork();
};

void TstUrlGuard::letsOnlyTheProgramsOwnThrough_data()
{
    using Guard = QQmlAbstractUrlInterceptor;
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *url, Guard::DataType type, bool allowed) {
        QTest::addRow("%s as %d", url, int(type))
            << QString::fromLatin1(url) << int(type) << allowed;
    };
    row("qrc:/qt/qml/Parley/Window/Main.qml", Guard::QmlFile, true);
    row("image://icon/check/000000", Guard::UrlString, true);
    row("image://avatar/a/b/c", Guard::UrlString, true);
    row("image://shadow/14/14/16", Guard::UrlString, true);
    row("image://elsewhere/x", Guard::UrlString, false);
    row("file:///usr/lib/qml/QtQuick/qmldir", Guard::QmldirFile, true);
    row("file:///usr/lib/qml/../../../etc/passwd", Guard::QmlFile, false);
    row("file:///usr/lib/qml/QtQuick/picture.png", Guard::UrlString, false);
    row("file:///home/robin/evil.qml", Guard::QmlFile, false);
    row("http://evil.example/x.png", Guard::UrlString, false);
    row("https://evil.example/x.qml", Guard::QmlFile, false);
    row("data:image/png;base64,AAAA", Guard::UrlString, false);
}

void TstUrlGuard::letsOnlyTheProgramsOwnThrough()
{
    QFETCH(QString, url);
    QFETCH(int, type);
    QFETCH(bool, allowed);
    UrlGuard guard({QStringLiteral("/usr/lib/qml")});
    const QUrl asked(url);
    const QUrl given = guard.intercept(asked, QQmlAbstractUrlInterceptor::DataType(type));
    QCOMPARE(given, allowed ? asked : QUrl());
}

void TstUrlGuard::refusesEveryRequestToTheNetwork()
{
    NoNetworkFactory factory;
    const std::unique_ptr<QNetworkAccessManager> manager(factory.create(nullptr));
    const std::unique_ptr<QNetworkReply> reply(
        manager->get(QNetworkRequest(QUrl(QStringLiteral("http://127.0.0.1:9/")))));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(reply->isFinished() || finished.wait());
    QVERIFY(reply->error() != QNetworkReply::NoError);
    QVERIFY(reply->url().isEmpty());
}

QTEST_GUILESS_MAIN(TstUrlGuard)
#include "tst_urlguard.moc"
