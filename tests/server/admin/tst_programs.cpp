// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/store/sqlite/sqlitereader.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace Qt::StringLiterals;

/// The programs themselves: parleyd and parleyctl as an admin runs them.
class tst_Programs : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void makesAStoreOnce();
    void makesNoStoreAmongThingsOfOthers();
    void makesAStoreInAFolderOfItsOwner();
    void servesUntilItIsToldToStop();
    void refusesASecondServer();
    void startsAgainAfterItWasKilled();
    void saysWhenNoServerRuns();
    void listsAndRevokesDevices();
    void backsUpAndRestores();
    void refusesABackupThatCannotBe();
    void checksTheConfiguration();
    void checksTheCertificateAndItsKey();
    void refusesWhatItDoesNotUnderstand();

private:
    struct Run {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };
    static QString program(const QString &name)
    {
        return QStringLiteral(PARLEY_BIN_DIR "/") + name;
    }
    /// In the temporary folder.
    Run run(const QString &name, const QStringList &arguments, const QByteArray &input = {});
    Run ctl(const QStringList &arguments, const QByteArray &input = {})
    {
        return run(u"parleyctl"_s, QStringList{u"--data"_s, m_data} + arguments, input);
    }
    bool startServer();
    /// A file in the temporary folder; its path.
    QString write(const QString &name, const QByteArray &content) const;
    Run check(const QByteArray &toml)
    {
        const QString path = write(u"parleyd.toml"_s, toml);
        return run(u"parleyd"_s, {u"--config"_s, path, u"--check-config"_s});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
    std::unique_ptr<QProcess> m_server;
    QByteArray m_firstLine;
};

void tst_Programs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_data = m_folder->path() + u"/data"_s;
}

void tst_Programs::cleanup()
{
    if (m_server) {
        m_server->kill();
        m_server->waitForFinished();
    }
    m_server.reset();
    m_folder.reset();
}

tst_Programs::Run tst_Programs::run(
    const QString &name, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(program(name), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

bool tst_Programs::startServer()
{
    m_server = std::make_unique<QProcess>();
    m_server->start(program(u"parleyd"_s), {u"--data"_s, m_data, u"--listen"_s, u"127.0.0.1:0"_s});
    while (!m_server->canReadLine()) {
        if (!m_server->waitForReadyRead(20'000))
            return false;
    }
    m_firstLine = m_server->readLine();
    return true;
}

QString tst_Programs::write(const QString &name, const QByteArray &content) const
{
    const QString path = m_folder->path() + u'/' + name;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) < 0)
        QTest::qFail("a file cannot be written", __FILE__, __LINE__);
    return path;
}

void tst_Programs::makesAStoreOnce()
{
    const Run first = ctl({u"init"_s, u"--json"_s});
    QVERIFY2(first.exitCode == 0, first.err.constData());
    QVERIFY(!first.json().value("invite"_L1).toString().isEmpty());
    QCOMPARE(QFile::permissions(m_data) & 0x77, QFile::Permissions());
    const Run second = ctl({u"init"_s});
    QCOMPARE(second.exitCode, 1);
    QVERIFY(second.err.startsWith("parleyd: "));
    QVERIFY(second.out.isEmpty());
    const Run third = ctl({u"--json"_s, u"init"_s});
    QCOMPARE(third.exitCode, 1);
    QVERIFY(third.json().contains("ok"_L1) && !third.json().value("ok"_L1).toBool());
    QCOMPARE(third.json().value("error"_L1).toString(), u"LimitReached"_s);
    QVERIFY(third.json().value("text"_L1).toString().contains(m_data));
}

// Root must not close /tmp to everybody by one wrong word.
void tst_Programs::makesNoStoreAmongThingsOfOthers()
{
    constexpr QFile::Permissions everybody = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
        | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QDir().mkpath(m_data));
    QVERIFY(QFile::setPermissions(m_data, everybody));
    const QString theirs = write(u"data/.theirs"_s, "x");
    const Run refused = ctl({u"init"_s, u"--json"_s});
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.json().value("error"_L1).toString(), u"Forbidden"_s);
    QVERIFY2(refused.err.contains(m_data.toUtf8()) && refused.err.contains("chmod 0700"),
        refused.err.constData());
    QCOMPARE(QFile::permissions(m_data) & everybody, everybody);
    QVERIFY(!QFile::exists(m_data + u"/parley.db"_s));
    // Nor when somebody has put an empty file there under the store's name.
    const QString planted = write(u"data/parley.db"_s, "");
    QCOMPARE(ctl({u"init"_s, u"--json"_s}).json().value("error"_L1).toString(), u"Forbidden"_s);
    QCOMPARE(QFileInfo(planted).size(), 0);
    QVERIFY(QFile::remove(planted));
    const Run file = run(u"parleyctl"_s, {u"--data"_s, theirs, u"init"_s});
    QCOMPARE(file.exitCode, 1);
    QVERIFY2(file.err.contains("is no folder"), file.err.constData());
    // Nobody has anything in an empty one.
    QVERIFY(QFile::remove(theirs));
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QCOMPARE(QFile::permissions(m_data) & 0x77, QFile::Permissions());
}

void tst_Programs::makesAStoreInAFolderOfItsOwner()
{
    QVERIFY(QDir().mkpath(m_data));
    QVERIFY(QFile::setPermissions(m_data, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    write(u"data/notes"_s, "x");
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    // With the folders above it, and however its name is written.
    m_data = m_folder->path() + u"/one/two/data/"_s;
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QCOMPARE(QFile::permissions(m_data) & 0x77, QFile::Permissions());
}

void tst_Programs::servesUntilItIsToldToStop()
{
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    QVERIFY2(m_firstLine.startsWith("listening on ws://127.0.0.1:"), m_firstLine.constData());
    const Run added = ctl(
        {u"user"_s, u"add"_s, u"ada"_s, u"--password-stdin"_s, u"--json"_s}, "a quiet afternoon\n");
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QVERIFY(!added.json().contains("password"_L1));
    const Run token = ctl({u"token"_s, u"create"_s, u"--user"_s, u"ada"_s, u"--json"_s});
    QCOMPARE(token.json().value("token"_L1).toString().size(), 43);
    QCOMPARE(ctl({u"status"_s, u"--json"_s}).json().value("users"_L1).toInt(), 1);
    m_server->terminate();
    QVERIFY(m_server->waitForFinished());
    QCOMPARE(m_server->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_server->exitCode(), 0);
    QVERIFY(m_server->readAllStandardOutput().endsWith("stopped\n"));
    QVERIFY(!m_server->readAllStandardError().contains("a quiet afternoon"));
}

void tst_Programs::refusesASecondServer()
{
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    const Run second = run(u"parleyd"_s, {u"--data"_s, m_data, u"--listen"_s, u"127.0.0.1:0"_s});
    QCOMPARE(second.exitCode, 1);
    QVERIFY(second.err.startsWith("parleyd: "));
    QCOMPARE(ctl({u"status"_s}).exitCode, 0);
}

void tst_Programs::startsAgainAfterItWasKilled()
{
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    QCOMPARE(ctl({u"user"_s, u"add"_s, u"ada"_s}).exitCode, 0);
    m_server->kill();
    QVERIFY(m_server->waitForFinished());
    QVERIFY(startServer());
    QCOMPARE(ctl({u"status"_s, u"--json"_s}).json().value("users"_L1).toInt(), 1);
}

void tst_Programs::saysWhenNoServerRuns()
{
    const Run alone = ctl({u"status"_s});
    QCOMPARE(alone.exitCode, 1);
    QVERIFY2(alone.err.startsWith("parleyctl: the server is not running: "), alone.err.constData());
    const Run noStore = run(u"parleyd"_s, {u"--data"_s, m_data});
    QCOMPARE(noStore.exitCode, 1);
    QVERIFY2(noStore.err.contains(m_data.toUtf8()), noStore.err.constData());
}

void tst_Programs::listsAndRevokesDevices()
{
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    QCOMPARE(ctl({u"user"_s, u"add"_s, u"ada"_s}).exitCode, 0);
    QCOMPARE(ctl({u"token"_s, u"create"_s, u"--user"_s, u"ada"_s}).exitCode, 0);
    const auto devices = [&] {
        return ctl({u"device"_s, u"list"_s, u"ada"_s, u"--json"_s})
            .json()
            .value("devices"_L1)
            .toArray();
    };
    QCOMPARE(devices().size(), 1);
    const QString id = devices().first().toObject().value("id"_L1).toString();
    const Run listed = ctl({u"device"_s, u"list"_s, u"ada"_s});
    QVERIFY2(
        listed.out.startsWith("id ") && listed.out.contains(id.toLatin1()), listed.out.constData());
    const Run revoked = ctl({u"device"_s, u"revoke"_s, u"ada"_s, id, u"--json"_s});
    QVERIFY2(revoked.exitCode == 0, revoked.err.constData());
    QCOMPARE(revoked.json().value("id"_L1).toString(), id);
    QCOMPARE(devices().size(), 0);
    const Run again = ctl({u"device"_s, u"revoke"_s, u"ada"_s, id});
    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.err.contains("ada has no device"), again.err.constData());
}

void tst_Programs::backsUpAndRestores()
{
    const auto epochOf = [](const QString &file) {
        const auto reader = parley::SqliteReader::open(file);
        return reader ? (*reader)->epoch() : parley::Epoch();
    };
    const QString store = m_data + u"/parley.db"_s;
    const QString backup = m_folder->path() + u"/yesterday.db"_s;
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    QCOMPARE(ctl({u"user"_s, u"add"_s, u"ada"_s}).exitCode, 0);
    // A relative name is meant from where parleyctl is, not from where the server is.
    const Run made = ctl({u"backup"_s, u"yesterday.db"_s, u"--json"_s});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    QCOMPARE(made.json().value("file"_L1).toString(), backup);
    QCOMPARE(made.json().value("bytes"_L1).toInteger(), QFileInfo(backup).size());
    QCOMPARE(QFile::permissions(backup) & 0x77, QFile::Permissions());
    QCOMPARE(QDir(m_folder->path()).entryList({u"yesterday.db?*"_s}, QDir::Files), QStringList());
    // It served, and serves.
    QCOMPARE(ctl({u"user"_s, u"add"_s, u"bob"_s}).exitCode, 0);
    const parley::Epoch before = epochOf(store);
    QVERIFY(!before.isNull());
    m_server->terminate();
    QVERIFY(m_server->waitForFinished());

    for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(store + ending);
    QVERIFY(QFile::copy(backup, store));
    QVERIFY(startServer());
    QCOMPARE(ctl({u"status"_s, u"--json"_s}).json().value("users"_L1).toInt(), 1);
    const parley::Epoch after = epochOf(store);
    QVERIFY(!after.isNull() && !(after == before));
}

void tst_Programs::refusesABackupThatCannotBe()
{
    QCOMPARE(ctl({u"backup"_s, u"x.db"_s}).exitCode, 1);
    QCOMPARE(ctl({u"init"_s}).exitCode, 0);
    QVERIFY(startServer());
    const QString theirs = write(u"theirs.db"_s, "precious");
    const Run there = ctl({u"backup"_s, theirs, u"--json"_s});
    QCOMPARE(there.exitCode, 1);
    QCOMPARE(there.json().value("error"_L1).toString(), u"Conflict"_s);
    QCOMPARE(QFileInfo(theirs).size(), 8);
    const Run nowhere = ctl({u"backup"_s, u"nowhere/x.db"_s});
    QCOMPARE(nowhere.exitCode, 1);
    QVERIFY2(nowhere.err.contains("there is no folder " + m_folder->path().toUtf8() + "/nowhere: "),
        nowhere.err.constData());
    // The unfinished file cannot be made, not even by root.
    QVERIFY(QDir().mkpath(m_folder->path() + u"/x.db.part/inside"_s));
    const Run failed = ctl({u"backup"_s, u"x.db"_s});
    QCOMPARE(failed.exitCode, 1);
    QVERIFY2(failed.err.startsWith("parleyctl: no backup was written to "), failed.err.constData());
    QVERIFY(!QFile::exists(m_folder->path() + u"/x.db"_s));
    QCOMPARE(ctl({u"status"_s}).exitCode, 0);
}

void tst_Programs::checksTheConfiguration()
{
    const QString path = m_folder->path() + u"/parleyd.toml"_s;
    QCOMPARE(check("[server]\ndata_folder = \"data\"\n").exitCode, 0);
    const Run wrong = check("[server]\ndata_folder = \"data\"\nnaem = \"x\"\n");
    QCOMPARE(wrong.exitCode, 2);
    QCOMPARE(
        wrong.err, "parleyd: " + path.toUtf8() + ":3: server.naem: there is no such setting\n");
    const Run asking = check("[server]\ndata_folder = \"data\"\n[accounts]\nasking = \"x\"\n");
    QCOMPARE(asking.exitCode, 2);
    QVERIFY2(asking.err.startsWith("parleyd: " + path.toUtf8() + ":4: accounts.asking: "),
        asking.err.constData());
    const Run option = run(u"parleyd"_s, {u"--data"_s, m_data, u"--listen"_s, u"0.0.0.0:0"_s});
    QCOMPARE(option.exitCode, 2);
    QVERIFY2(option.err.startsWith("parleyd: --listen: "), option.err.constData());
}

void tst_Programs::checksTheCertificateAndItsKey()
{
    const QByteArray toml = "[server]\ndata_folder = \"data\"\n"
                            "[listen]\ncertificate = \"c.pem\"\nprivate_key = \"k.pem\"\n";
    const QString certificate = write(u"c.pem"_s, "garbage");
    const QString key = write(u"k.pem"_s, "garbage");
    const Run garbage = check(toml);
    QCOMPARE(garbage.exitCode, 2);
    QCOMPARE(garbage.err, "parleyd: " + certificate.toUtf8() + " holds no certificate in PEM\n");
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
            u"-subj"_s, u"/CN=localhost"_s, u"-keyout"_s, key, u"-out"_s, certificate});
    QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
    const Run good = check(toml);
    QVERIFY2(good.exitCode == 0, good.err.constData());
    write(u"k.pem"_s, "garbage");
    const Run noKey = check(toml);
    QCOMPARE(noKey.exitCode, 2);
    QCOMPARE(noKey.err, "parleyd: " + key.toUtf8() + " holds no private key in PEM\n");
}

void tst_Programs::refusesWhatItDoesNotUnderstand()
{
    QCOMPARE(ctl({u"user"_s, u"destroy"_s}).exitCode, 2);
    QCOMPARE(run(u"parleyd"_s, {u"serve"_s}).exitCode, 2);
    QCOMPARE(run(u"parleyd"_s, {u"--data"_s, m_data, u"--listen"_s, u"here"_s}).exitCode, 2);
    QVERIFY(run(u"parleyd"_s, {u"--version"_s}).out.startsWith("parleyd "));
    QVERIFY(run(u"parleyctl"_s, {u"--help"_s}).out.contains("token create"));
}

QTEST_GUILESS_MAIN(tst_Programs)
#include "tst_programs.moc"
