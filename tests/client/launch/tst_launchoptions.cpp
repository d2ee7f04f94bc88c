// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/launch/launchoptions.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace parley;

namespace {

Result<LaunchOptions> parsed(const QString &line)
{
    return LaunchOptions::parse(
        QStringList{QStringLiteral("parley")} + line.split(u' ', Qt::SkipEmptyParts));
}

QByteArray write(const QString &file, const QByteArray &bytes)
{
    QFile target(file);
    const bool isWritten = target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size();
    return isWritten ? QByteArray() : target.errorString().toUtf8();
}

} // namespace

class TestLaunchOptions : public QObject {
    Q_OBJECT
private slots:
    void asksForNothing()
    {
        const auto options = parsed({});
        QVERIFY(options && options->profile.isEmpty() && !options->theme && !options->size);
        QVERIFY(!options->setsCacheAside);
    }

    void readsEverything()
    {
        const auto options = parsed(
            QStringLiteral("--profile ann.1 --data /d --server chat.example --token-file t "
                           "--geometry 800x600-5+10 "
                           "--theme dark --open-chat Walkers --automation s --screenshot p.png "
                           "--set-cache-aside"));
        QVERIFY(bool(options));
        QCOMPARE(options->profile, QStringLiteral("ann.1"));
        QCOMPARE(options->dataFolder, QStringLiteral("/d"));
        QCOMPARE(options->server, QStringLiteral("chat.example"));
        QCOMPARE(options->tokenFile, QStringLiteral("t"));
        QCOMPARE(options->size, QSize(800, 600));
        QCOMPARE(options->position, QPoint(-5, 10));
        QCOMPARE(options->theme, ProfileSettings::Dark);
        QCOMPARE(options->openChat, QStringLiteral("Walkers"));
        QCOMPARE(options->automationSocket, QStringLiteral("s"));
        QCOMPARE(options->screenshot, QStringLiteral("p.png"));
        QVERIFY(options->setsCacheAside);
    }

    void refusesWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QString>("line");
        for (const auto *line :
            {"--nothing", "word", "--theme pink", "--geometry 800", "--profile", "--geometry 0x5",
                "--geometry 800x600+1", "--profile ../x", "--profile .x", "--token-file t"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void refusesWhatItDoesNotUnderstand()
    {
        QFETCH(QString, line);
        const auto options = parsed(line);
        QVERIFY(!options);
        QVERIFY(!options.error().text.isEmpty());
    }

    void boundsAProfilesName()
    {
        const QString most(LaunchOptions::profileLength, u'a');
        QVERIFY(bool(parsed(QStringLiteral("--profile ") + most)));
        QVERIFY(!parsed(QStringLiteral("--profile ") + most + u'a'));
    }

    void readsGeometryInParts()
    {
        std::optional<QSize> size;
        std::optional<QPoint> position;
        QVERIFY(parseGeometry(QStringLiteral("390x844"), size, position));
        QVERIFY(size == QSize(390, 844) && !position);
        size.reset();
        QVERIFY(parseGeometry(QStringLiteral("+640+0"), size, position));
        QVERIFY(!size && position == QPoint(640, 0));
        QVERIFY(!parseGeometry(QString(), size, position));
    }

    void readsATokenAndNothingElse()
    {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("token"));
        QCOMPARE(readToken(file).error().code, ErrorCode::NotFound);
        const QByteArray token(limits::tokenBytes, 'x');
        QCOMPARE(write(file, token.toBase64(QByteArray::Base64UrlEncoding) + '\n'), QByteArray());
        QCOMPARE(*readToken(file), token);
        QCOMPARE(write(file, token.left(31).toBase64()), QByteArray());
        QCOMPARE(readToken(file).error().code, ErrorCode::Malformed);
        QCOMPARE(write(file, "!!"), QByteArray());
        QCOMPARE(readToken(file).error().code, ErrorCode::Malformed);
        QVERIFY(!readToken(file).error().text.contains(u'!'));
    }
};

QTEST_GUILESS_MAIN(TestLaunchOptions)
#include "tst_launchoptions.moc"
