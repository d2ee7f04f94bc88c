// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/support/waiting.h"

#include <QtCore/QDir>
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

    void setsADamagedCacheAsideWhenTold_data()
    {
        QTest::addColumn<bool>("isAtItsEnd");
        QTest::addColumn<int>("codeUntold");
        QTest::newRow("refused at once") << false << 2;
        QTest::newRow("not noticed by an opening") << true << 0;
    }
    void setsADamagedCacheAsideWhenTold()
    {
        QFETCH(bool, isAtItsEnd);
        QFETCH(int, codeUntold);
        const QTemporaryDir data;
        const auto option = QStringLiteral("--set-cache-aside");
        QCOMPARE(end(data.path(), {}), 0);
        const QDir folder(data.filePath(QStringLiteral("profiles/default")));
        damage(folder.filePath(QStringLiteral("cache.sqlite")), isAtItsEnd);
        QCOMPARE(end(data.path(), {}), codeUntold);
        QCOMPARE(m_said.contains(option.toLatin1()), codeUntold != 0);

        QCOMPARE(end(data.path(), {option}), 0);
        const auto asides = [&folder] {
            return folder.entryList({QStringLiteral("cache-damaged-*.sqlite")}, QDir::Files);
        };
        QCOMPARE(asides().size(), 1);
        QVERIFY2(
            m_said.contains(folder.filePath(asides().constFirst()).toUtf8()), m_said.constData());

        QCOMPARE(end(data.path(), {option}), 0);
        QVERIFY2(m_said.contains("sound"), m_said.constData());
        QCOMPARE(asides().size(), 1);
        QCOMPARE(end(data.path(), {}), 0);
        QCOMPARE(m_said, QByteArray());
    }

private:
    QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_runtime.path());
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        return environment;
    }

    void start(QProcess &program, const QStringList &arguments)
    {
        program.setProcessEnvironment(environment());
        program.start(QStringLiteral(PARLEY_PROGRAM),
            QStringList{QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data"))}
                + arguments);
    }

    /// Runs the program until it has its picture or gives up; what it said is in m_said.
    int end(const QString &data, const QStringList &options)
    {
        QProcess program;
        program.setProcessEnvironment(environment());
        program.start(QStringLiteral(PARLEY_PROGRAM),
            QStringList{QStringLiteral("--data"), data, QStringLiteral("--screenshot"),
                m_folder.filePath(QStringLiteral("end.png"))}
                + options);
        const bool hasEnded = program.waitForFinished(patienceMs);
        m_said = program.readAllStandardError();
        return hasEnded ? program.exitCode() : -1;
    }

    static void damage(const QString &path, bool isAtItsEnd)
    {
        constexpr qint64 pageBytes = 4'096;
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 2 * pageBytes);
        QVERIFY(file.seek(isAtItsEnd ? file.size() - pageBytes : 0));
        QCOMPARE(file.write(QByteArray(pageBytes, 'x')), pageBytes);
    }

    QTemporaryDir m_folder;
    QTemporaryDir m_runtime;
    QByteArray m_said;
};

QTEST_MAIN(TestProgram)
#include "tst_program.moc"
