// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/platform/syncfolder.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace parley;

class TestSyncFolder : public QObject {
    Q_OBJECT

private slots:
    void syncsAFolder();
    void saysThatAFolderIsNotThere();
};

void TestSyncFolder::syncsAFolder()
{
    const QTemporaryDir folder;
    QVERIFY(syncFolder(folder.path()));
}

void TestSyncFolder::saysThatAFolderIsNotThere()
{
    const QTemporaryDir folder;
    const Status missing = syncFolder(folder.filePath(QStringLiteral("missing")));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::Unavailable);
}

QTEST_GUILESS_MAIN(TestSyncFolder)
#include "tst_syncfolder.moc"
