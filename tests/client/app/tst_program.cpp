// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/waiting.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QTest>

using namespace parley;

/// The program as a script sees it: options, exit codes, what it leaves behind.
class TestProgram : public QObject {
    Q_OBJECT
private slots:
    void tellsItsVersionWithoutADisplay()
    {
        QProcess program;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("DISPLAY"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("none-such"));
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(PARLEY_PROGRAM), {QStringLiteral("--version")});
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().startsWith("Parley "));
    }

    void refusesWhatItDoesNotUnderstand()
    {
        QProcess program;
        start(program, {QStringLiteral("--colour"), QStringLiteral("red")});
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAllStandardError().contains("colour"));
    }

    void savesAPictureAndEnds()
    {
        QProcess program;
        const auto file = m_folder.filePath(QStringLiteral("window.png"));
        start(program,
            {QStringLiteral("--screenshot"), file, QStringLiteral("--geometry"),
                QStringLiteral("800x600")});
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(QImage(file).size(), QSize(800, 600));
        QCOMPARE(program.readAllStandardError(), QByteArray());
    }

    void leavesAProfileToTheWindowThatHasIt()
    {
        QProcess first;
        const auto socket = m_folder.filePath(QStringLiteral("socket"));
        start(first, {QStringLiteral("--automation"), socket});
        // Once it can be asked, the profile is open.
        PARLEY_WAIT(QFile::exists(socket));
        QProcess second;
        start(second, {});
        QVERIFY(second.waitForFinished(patienceMs));
        QCOMPARE(second.exitCode(), 2);
        const auto sentence = second.readAllStandardError();
        QVERIFY2(sentence.count('\n') == 1 && sentence.size() > 20, sentence.constData());
        first.terminate();
        QVERIFY(first.waitForFinished(patienceMs));
        QCOMPARE(first.exitStatus(), QProcess::NormalExit);
        QCOMPARE(first.exitCode(), 0);

        QProcess third;
        start(third, {QStringLiteral("--screenshot"), m_folder.filePath(QStringLiteral("3.png"))});
        QVERIFY(third.waitForFinished(patienceMs));
        QCOMPARE(third.exitCode(), 0);
    }

    void refusesADamagedProfile()
    {
        const auto folder = m_folder.filePath(QStringLiteral("damaged"));
        QProcess program;
        program.setProcessEnvironment(environment());
        program.start(QStringLiteral(PARLEY_PROGRAM),
            {QStringLiteral("--data"), folder, QStringLiteral("--screenshot"),
                m_folder.filePath(QStringLiteral("4.png"))});
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitCode(), 0);
        QFile cache(folder + QStringLiteral("/profiles/default/cache.sqlite"));
        QVERIFY(cache.open(QIODevice::WriteOnly));
        cache.write(QByteArray(8'192, 'x'));
        cache.close();
        program.start(QStringLiteral(PARLEY_PROGRAM), {QStringLiteral("--data"), folder});
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitCode(), 2);
        QVERIFY(!program.readAllStandardError().isEmpty());
    }

private:
    static QProcessEnvironment environment()
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        return environment;
    }

    void start(QProcess &program, const QStringList &arguments)
    {
        auto surroundings = environment();
        surroundings.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_runtime.path());
        program.setProcessEnvironment(surroundings);
        program.start(QStringLiteral(PARLEY_PROGRAM),
            QStringList{QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data"))}
                + arguments);
    }

    QTemporaryDir m_folder;
    QTemporaryDir m_runtime;
};

QTEST_MAIN(TestProgram)
#include "tst_program.moc"
