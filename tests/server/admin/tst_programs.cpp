// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include <QtCore/QDir>
#include <QtCore/QFile>
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
    void servesUntilItIsToldToStop();
    void refusesASecondServer();
    void startsAgainAfterItWasKilled();
    void saysWhenNoServerRuns();
    void checksTheConfiguration();
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
    static Run run(const QString &name, const QStringList &arguments, const QByteArray &input = {});
    Run ctl(const QStringList &arguments, const QByteArray &input = {})
    {
        return run(u"parleyctl"_s, QStringList{u"--data"_s, m_data} + arguments, input);
    }
    bool startServer();

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

void tst_Programs::makesAStoreOnce()
{
    const Run first = ctl({u"init"_s, u"--json"_s});
    QVERIFY2(first.exitCode == 0, first.err.constData());
    QVERIFY(!first.json().value("invite"_L1).toString().isEmpty());
    QCOMPARE(QFile::permissions(m_data) & 0x77, QFile::Permissions());
    const Run second = ctl({u"init"_s});
    QCOMPARE(second.exitCode, 1);
    QVERIFY(second.err.startsWith("parleyd: "));
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

void tst_Programs::checksTheConfiguration()
{
    const QString path = m_folder->path() + u"/parleyd.toml"_s;
    const auto check = [&](const QByteArray &toml) {
        QFile file(path);
        [[maybe_unused]] const bool isOpen = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
        file.write(toml);
        file.close();
        return run(u"parleyd"_s, {u"--config"_s, path, u"--check-config"_s});
    };
    QCOMPARE(check("[server]\ndata_folder = \"data\"\n").exitCode, 0);
    const Run wrong = check("[server]\ndata_folder = \"data\"\nnaem = \"x\"\n");
    QCOMPARE(wrong.exitCode, 2);
    QCOMPARE(
        wrong.err, "parleyd: " + path.toUtf8() + ":3: server.naem: there is no such setting\n");
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
