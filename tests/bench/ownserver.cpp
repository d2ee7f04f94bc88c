// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/ownserver.h"

#include "server/admin/adminclient.h"
#include "tests/bench/platform/processfigures.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QThread>
#include <QtNetwork/QLocalSocket>

namespace parley::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int serverCore = 1;
constexpr int startMs = 30'000;
constexpr int answerMs = 60'000;
/// Many at once share a commit.
constexpr size_t questionsAtOnce = 200;

Error failed(const QString &text)
{
    return Error(ErrorCode::Internal, text);
}

QString nameOf(size_t number)
{
    return u"bench%1"_s.arg(number);
}

/// Asks the same about many users, and takes the answers as they come.
class Questions {
public:
    Status connect(const QString &dataFolder)
    {
        m_socket.connectToServer(adminSocketPath(dataFolder));
        if (!m_socket.waitForConnected(startMs))
            return failed(u"the admin's socket does not answer"_s);
        return Done{};
    }

    template <typename Take>
    Status ask(const QString &command, size_t first, size_t last, Take &&take)
    {
        for (size_t number = first; number < last; ++number) {
            const QJsonObject question{{u"command"_s, command}, {u"name"_s, nameOf(number)}};
            m_socket.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
        }
        for (size_t left = last - first; left > 0; --left) {
            while (!m_socket.canReadLine()) {
                if (!m_socket.waitForReadyRead(answerMs))
                    return failed(u"the server does not answer %1"_s.arg(command));
            }
            const auto answer = QJsonDocument::fromJson(m_socket.readLine()).object();
            if (!answer.value("ok"_L1).toBool())
                return failed(command + u": "_s + answer.value("text"_L1).toString());
            take(answer);
        }
        return Done{};
    }

private:
    QLocalSocket m_socket;
};

Result<Ticket> ticketOf(const QString &name, const QString &id, const QString &token)
{
    const auto user = UserId::fromText(id.toLatin1());
    if (!user && id != "-"_L1)
        return failed(u"'%1' is no id"_s.arg(id));
    return Ticket{name, user.value_or(UserId()),
        id == "-"_L1 ? token.toUtf8()
                     : QByteArray::fromBase64(token.toLatin1(), QByteArray::Base64UrlEncoding)};
}

} // namespace

OwnServer::OwnServer(const Settings &settings)
    : m_settings(settings)
    // What lies in memory, as /tmp often does, would make syncing free.
    , m_temporary(u"/var/tmp/parley-bench-XXXXXX"_s)
    , m_folder(settings.data.isEmpty() ? m_temporary.path() : settings.data)
{
}

OwnServer::~OwnServer()
{
    if (!end()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

Status OwnServer::end()
{
    if (m_process.state() == QProcess::NotRunning)
        return Done{};
    m_process.terminate();
    if (!m_process.waitForFinished(startMs))
        return failed(u"the server does not end"_s);
    return Done{};
}

QString OwnServer::inFolder(const char *name) const
{
    return m_folder + u'/' + QLatin1String(name);
}

Status OwnServer::runTool(const QString &program, const QStringList &arguments)
{
    QProcess tool;
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(program, arguments);
    if (!tool.waitForFinished(startMs) || tool.exitStatus() != QProcess::NormalExit
        || tool.exitCode() != 0)
        return failed(program + u": "_s + QString::fromUtf8(tool.readAll()));
    return Done{};
}

Status OwnServer::makeCertificate()
{
    return runTool(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=127.0.0.1"_s, u"-keyout"_s,
            inFolder("key.pem"), u"-out"_s, inFolder("certificate.pem")});
}

QStringList OwnServer::arguments() const
{
    return {u"--config"_s, m_settings.config, u"--data"_s, inFolder("data"), u"--listen"_s,
        u"127.0.0.1:0"_s};
}

Status OwnServer::makeStore()
{
    QDir().mkpath(m_folder);
    if (auto done = runTool(m_settings.program, arguments() + QStringList{u"--initialise"_s});
        !done)
        return done;
    return m_settings.isTls ? makeCertificate() : Status(Done{});
}

Result<std::vector<Ticket>> OwnServer::start(size_t users)
{
    if (auto done = makeStore(); !done)
        return done.error();
    if (auto done = launch(); !done)
        return done.error();
    auto tickets = mint(users);
    if (!tickets)
        return tickets.error();
    // Making users takes memory and fills caches, and neither is about those who come.
    if (auto done = end(); !done)
        return done.error();
    if (auto done = launch(); !done)
        return done.error();
    return tickets;
}

Status OwnServer::launch()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    if (m_settings.isTls) {
        environment.insert(u"PARLEY_LISTEN_CERTIFICATE"_s, inFolder("certificate.pem"));
        environment.insert(u"PARLEY_LISTEN_PRIVATE_KEY"_s, inFolder("key.pem"));
    }
    // A sign-in is a line of the log, and a storm of them is not about the disk.
    environment.insert(u"QT_LOGGING_RULES"_s, u"*.info=false"_s);
    m_process.setProcessEnvironment(environment);
    // To a file, which begins anew with each start: a pipe that nobody reads would stop the server.
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(inFolder("log"));
    m_process.setChildProcessModifier([isPinned = m_settings.isPinned] {
        endWithParent();
        if (isPinned)
            pinTo(serverCore);
    });
    m_process.start(m_settings.program, arguments());
    return waitUntilItListens();
}

QString OwnServer::lastWords() const
{
    constexpr qint64 most = 2'000;
    QFile file(inFolder("log"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - most));
    return QString::fromUtf8(file.readAll());
}

Status OwnServer::waitUntilItListens()
{
    static const QRegularExpression listening(u"listening on wss?://127\\.0\\.0\\.1:(\\d+)"_s);
    const QDeadlineTimer deadline(startMs);
    QString log;
    while (!deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForFinished(10);
        QFile file(inFolder("log"));
        if (file.open(QIODevice::ReadOnly))
            log = QString::fromUtf8(file.readAll());
        if (const auto found = listening.match(log); found.hasMatch()) {
            m_port = found.captured(1).toUShort();
            return Done{};
        }
    }
    return failed(u"the server does not start: "_s + log);
}

Result<std::vector<Ticket>> OwnServer::mint(size_t count)
{
    Questions questions;
    if (auto done = questions.connect(inFolder("data")); !done)
        return done.error();
    std::vector<Ticket> tickets(count);
    for (size_t first = 0; first < count; first += questionsAtOnce) {
        const size_t last = std::min(first + questionsAtOnce, count);
        if (auto done = questions.ask(u"user.add"_s, first, last, [](const QJsonObject &) {});
            !done)
            return done.error();
        // Answers come as they are committed: the user's name says whose it is.
        auto done = questions.ask(u"token.create"_s, first, last, [&](const QJsonObject &answer) {
            const QString name = answer.value("user"_L1).toString();
            const auto ticket = ticketOf(
                name, answer.value("id"_L1).toString(), answer.value("token"_L1).toString());
            const auto number = static_cast<size_t>(name.mid(nameOf(0).size() - 1).toULongLong());
            if (ticket && number < count)
                tickets[number] = *ticket;
        });
        if (!done)
            return done.error();
    }
    return tickets;
}

std::vector<Ticket> inventTickets(size_t count)
{
    std::vector<Ticket> tickets;
    for (size_t number = 0; number < count; ++number)
        tickets.push_back({nameOf(number), {}, QByteArrayLiteral("bench password")});
    return tickets;
}

Result<std::vector<Ticket>> readTickets(const QString &path, size_t count)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(path + u": "_s + file.errorString());
    std::vector<Ticket> tickets;
    while (tickets.size() < count && !file.atEnd()) {
        const auto words = QString::fromUtf8(file.readLine()).simplified().split(u' ');
        if (words.size() != 3)
            return failed(u"%1: a line has name, id and token"_s.arg(path));
        const auto ticket = ticketOf(words[0], words[1], words[2]);
        if (!ticket)
            return ticket.error();
        tickets.push_back(*ticket);
    }
    if (tickets.size() < count)
        return failed(u"%1 has %2 users; %3 are needed"_s.arg(path).arg(tickets.size()).arg(count));
    return tickets;
}

} // namespace parley::bench
