// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/folderlock.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace parley;

class TestFolderLock : public QObject {
    Q_OBJECT

private slots:
    void refusesASecondHolderUntilTheFirstIsGone()
    {
        const QTemporaryDir folder;
        {
            const auto first = FolderLock::take(folder.path());
            QVERIFY(first);
            const auto second = FolderLock::take(folder.path() + u"/."_s);
            QVERIFY(!second);
            QCOMPARE(second.error().code, ErrorCode::Busy);
            QVERIFY(
                second.error().text.contains(QString::number(QCoreApplication::applicationPid())));
        }
        QVERIFY(FolderLock::take(folder.path()));
    }

    void refusesWhileAnotherProcessHoldsIt()
    {
        const QTemporaryDir folder;
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, folder.path()});
        QVERIFY(other.waitForReadyRead());
        const auto refused = FolderLock::take(folder.path());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Busy);
        QVERIFY(refused.error().text.contains(QString::number(other.processId())));
        other.kill();
        QVERIFY(other.waitForFinished());
        QVERIFY(QFile::exists(folder.filePath(u"lock"_s)));
        QVERIFY(FolderLock::take(folder.path())); // a killed process holds nothing
    }

    void takesOverWhatADeadProcessWithOurIdLeft()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"lock"_s);
        QByteArray left;
        {
            const auto lock = FolderLock::take(folder.path());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            left = file.readAll();
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(left);
        file.close();
        QVERIFY(FolderLock::take(folder.path()));
    }

    void saysThatThereIsNoFolder()
    {
        const QTemporaryDir folder;
        const auto refused = FolderLock::take(folder.filePath(u"missing"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--hold") {
        const auto lock = FolderLock::take(QString::fromLocal8Bit(argv[2]));
        std::puts(lock ? "held" : "refused");
        std::fflush(stdout);
        return lock ? QCoreApplication::exec() : 1;
    }
    TestFolderLock test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_folderlock.moc"
