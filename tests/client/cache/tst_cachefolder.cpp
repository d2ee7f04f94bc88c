// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/cache/sqlitecache.h"

#include "tests/client/support/talk.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>

using namespace parley;

class CacheFolderTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void isClosedToOtherUsers();
    void refusesASecondOwner();
    void refusesTheFileOfANewerProgram();
    void refusesAForeignDatabase();
    void refusesADamagedFileAndSetsItAside();
    void leavesNoTraceOfWhatIsWiped();
    void leavesNoTraceOfWhatIsDeleted();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString folder() const { return QDir(m_folder->path()).filePath(QStringLiteral("a/profile")); }
    /// Whether any file of the folder holds these bytes.
    bool holds(const QByteArray &bytes) const;
    /// Writes `count` messages that hold `text`.
    void write(SqliteCache &cache, const QByteArray &text, int count) const;
};

void CacheFolderTest::isClosedToOtherUsers()
{
    const auto cache = SqliteCache::open(folder());
    QVERIFY(cache);
    write(**cache, "x", 1);
    const auto othersOf = [](const QString &path) {
        return QFile::permissions(path)
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                | QFile::WriteOther | QFile::ExeOther);
    };
    QVERIFY(!othersOf(folder()));
    const QStringList names = QDir(folder()).entryList({QStringLiteral("cache*")}, QDir::Files);
    QVERIFY(names.size() >= 2); // the log beside it
    for (const QString &name : names)
        QVERIFY2(!othersOf(QDir(folder()).filePath(name)), qPrintable(name));
}

void CacheFolderTest::refusesASecondOwner()
{
    const auto first = SqliteCache::open(folder());
    QVERIFY(first);
    const auto second = SqliteCache::open(folder());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Busy);
    QVERIFY(second.error().text.contains(QStringLiteral("another --profile")));
    QCOMPARE(SqliteCache::setAside(folder()).error().code, ErrorCode::Busy);
    QVERIFY(!SqliteCache::wipe(folder()));
}

void CacheFolderTest::refusesTheFileOfANewerProgram()
{
    {
        const auto cache = SqliteCache::open(folder());
        QVERIFY((*cache)->database().execute(QStringLiteral("PRAGMA user_version=999")));
        QVERIFY((*cache)->database().run(
            QStringLiteral("UPDATE compatibility SET oldestSchema=999, oldestProgram='9.9.9'")));
    }
    const auto again = SqliteCache::open(folder());
    QCOMPARE(again.error().code, ErrorCode::UpgradeRequired);
    QVERIFY(again.error().text.contains(QStringLiteral("9.9.9")));
}

void CacheFolderTest::refusesAForeignDatabase()
{
    QVERIFY(QDir().mkpath(folder()));
    {
        const auto foreign =
            Database::open(SqliteCache::fileIn(folder()), Database::Mode::ReadWrite);
        QVERIFY((*foreign)->execute(QStringLiteral("CREATE TABLE t(x)")));
    }
    QCOMPARE(SqliteCache::open(folder()).error().code, ErrorCode::Damaged);
}

void CacheFolderTest::refusesADamagedFileAndSetsItAside()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile file(SqliteCache::fileIn(folder()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto refused = SqliteCache::open(folder());
    QCOMPARE(refused.error().code, ErrorCode::Damaged);
    QVERIFY(refused.error().text.contains(QStringLiteral("--set-cache-aside")));
    const auto aside = SqliteCache::setAside(folder());
    QVERIFY(aside);
    QVERIFY(QFile::exists(*aside));
    QVERIFY(SqliteCache::open(folder()));
}

bool CacheFolderTest::holds(const QByteArray &bytes) const
{
    const QStringList names = QDir(folder()).entryList(QDir::Files | QDir::Hidden);
    return std::ranges::any_of(names, [&](const QString &name) {
        QFile file(QDir(folder()).filePath(name));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes);
    });
}

void CacheFolderTest::write(SqliteCache &cache, const QByteArray &text, int count) const
{
    cache.begin();
    for (int i = 0; i < count; ++i) {
        Row row;
        row.id = messageNumber(quint32(i));
        row.seq = i + 1;
        row.payload = text;
        cache.saveRow(chatNumber(1), row);
    }
    QVERIFY(cache.commit());
}

void CacheFolderTest::leavesNoTraceOfWhatIsWiped()
{
    {
        const auto cache = SqliteCache::open(folder());
        write(**cache, "canary in the mine", 50);
    }
    QVERIFY(holds("canary in the mine"));
    QVERIFY(SqliteCache::wipe(folder()));
    QVERIFY(!holds("canary in the mine"));
    QVERIFY(!QFile::exists(SqliteCache::fileIn(folder())));
}

void CacheFolderTest::leavesNoTraceOfWhatIsDeleted()
{
    const auto cache = SqliteCache::open(folder());
    write(**cache, "canary in the mine", 50);
    (*cache)->begin();
    (*cache)->removeRows(chatNumber(1));
    QVERIFY((*cache)->commit());
    QVERIFY((*cache)->database().checkpoint());
    QVERIFY(!holds("canary in the mine"));
}

QTEST_GUILESS_MAIN(CacheFolderTest)
#include "tst_cachefolder.moc"
