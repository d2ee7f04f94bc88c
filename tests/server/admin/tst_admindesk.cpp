// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/passwords.h"
#include "server/accounts/secrets.h"
#include "server/admin/admindesk.h"
#include "server/queue/memoryqueue.h"
#include "tests/server/messages/conversation.h"

#include <QtCore/QJsonArray>

using namespace parley;
using namespace Qt::StringLiterals;

/// The admin's questions against a message service on a store in memory.
class tst_AdminDesk : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tellsTheStatus();
    void addsAUserWithAPasswordOfItsOwn();
    void addsAUserWithAGivenPassword();
    void refusesWhatIsNoUser();
    void refusesANameThatIsTaken();
    void disablesAndEnables();
    void createsListsAndRevokesInvites();
    void refusesInvitesOutOfBounds();
    void createsTokens();
    void refusesTokensForNobodyAndTooMany();
    void listsAndRevokesDevices();
    void revokesOnlyDevicesOfThatUser();
    void asksForABackupAndTellsItsSize();
    void refusesABackupWithoutAWholePath();
    void tellsWhyThereIsNoBackup();
    void answersBusyWhenTheQueueIsFull();
    void refusesUnknownCommands();

private:
    class Kept : public ServiceOutlet {
    public:
        void deliver(std::vector<ServiceOutput> outputs) override
        {
            for (ServiceOutput &output : outputs) {
                if (auto *answer = std::get_if<InternalAnswer>(&output))
                    answers.push_back(std::move(*answer));
            }
        }
        std::vector<InternalAnswer> answers;
    };

    QJsonObject ask(const QJsonObject &question);
    QJsonObject ask(const QString &command, QJsonObject rest = {})
    {
        rest.insert(u"command"_s, command);
        return ask(rest);
    }

    Config m_config;
    TestRandom m_random;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<StoreReader> m_reader;
    std::unique_ptr<MemoryQueue> m_queue;
    std::unique_ptr<Kept> m_outlet;
    std::unique_ptr<MessageService> m_service;
    std::optional<PasswordHasher> m_hasher;
    std::unique_ptr<AdminDesk> m_desk;
    qint64 m_now = 1'700'000'000'000;
    QStringList m_backups; ///< that were asked for
    std::optional<Result<qint64>>
        m_backedUp; ///< what becomes of them; nothing when there is no room
};

void tst_AdminDesk::init()
{
    m_desk.reset();
    m_service.reset();
    m_store = std::make_unique<MemoryStore>(m_random);
    m_reader = *m_store->readers()->open();
    m_queue = std::make_unique<MemoryQueue>(8);
    m_outlet = std::make_unique<Kept>();
    m_service =
        std::make_unique<MessageService>(*m_store, *m_outlet, Conversation::generousLimits());
    if (!m_hasher)
        m_hasher = *PasswordHasher::create(PasswordCost{1024 * 1024, 1});
    m_desk = std::make_unique<AdminDesk>(
        AdminDesk::Parts{m_config, *m_reader, *m_queue, *m_hasher, m_random,
            [] {
                return QJsonObject{{u"connections"_s, 3}};
            },
            [this] { return m_now; },
            [this](const QString &path, const AdminDesk::Written &written) {
                m_backups.append(path);
                if (m_backedUp)
                    written(*m_backedUp);
                return m_backedUp.has_value();
            }});
    m_backups.clear();
    m_backedUp.reset();
    m_now = 1'700'000'000'000;
}

QJsonObject tst_AdminDesk::ask(const QJsonObject &question)
{
    QJsonObject answer;
    int answers = 0;
    m_desk->handle(question, [&](const QJsonObject &given) {
        answer = given;
        ++answers;
    });
    m_service->handle(m_queue->take(1000), m_now);
    for (const InternalAnswer &each : std::exchange(m_outlet->answers, {}))
        m_desk->answered(each);
    if (answers != 1)
        QTest::qFail("a question was not answered once", __FILE__, __LINE__);
    return answer;
}

void tst_AdminDesk::tellsTheStatus()
{
    const QJsonObject answer = ask(u"status"_s);
    QVERIFY(answer.value(u"ok"_s).toBool());
    QCOMPARE(answer.value(u"connections"_s).toInt(), 3);
    QCOMPARE(answer.value(u"users"_s).toInt(-1), 0);
}

void tst_AdminDesk::addsAUserWithAPasswordOfItsOwn()
{
    const QJsonObject answer = ask(u"user.add"_s, {{u"name"_s, u"Ada"_s}, {u"admin"_s, true}});
    QVERIFY(answer.value(u"ok"_s).toBool());
    const auto id = UserId::fromText(answer.value(u"id"_s).toString().toLatin1());
    const auto user = m_reader->user(*id);
    QVERIFY(user);
    QVERIFY(user->admin);
    QVERIFY(m_hasher->matches(
        user->passwordHash, passwordBytes(answer.value(u"password"_s).toString())));
    const QJsonArray users = ask(u"user.list"_s).value(u"users"_s).toArray();
    QCOMPARE(users.size(), 1);
    QCOMPARE(users.first().toObject().value(u"name"_s).toString(), u"Ada"_s);
}

void tst_AdminDesk::addsAUserWithAGivenPassword()
{
    const QJsonObject answer = ask(u"user.add"_s,
        {{u"name"_s, u"ada"_s}, {u"displayName"_s, u"Ada L."_s},
            {u"password"_s, u"a quiet afternoon"_s}});
    QVERIFY(answer.value(u"ok"_s).toBool());
    QVERIFY(!answer.contains(u"password"_s));
    QCOMPARE(answer.value(u"displayName"_s).toString(), u"Ada L."_s);
}

void tst_AdminDesk::refusesWhatIsNoUser()
{
    QCOMPARE(ask(u"user.add"_s, {{u"name"_s, u"a b"_s}}).value(u"error"_s).toString(),
        QString::fromLatin1(errorName(ErrorCode::InvalidName)));
    QCOMPARE(ask(u"user.add"_s, {{u"name"_s, u"ada"_s}, {u"password"_s, u"password"_s}})
                 .value(u"error"_s)
                 .toString(),
        QString::fromLatin1(errorName(ErrorCode::WeakPassword)));
}

void tst_AdminDesk::refusesANameThatIsTaken()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    const QJsonObject answer = ask(u"user.add"_s, {{u"name"_s, u"ADA"_s}});
    QVERIFY(!answer.value(u"ok"_s).toBool());
    QCOMPARE(
        answer.value(u"error"_s).toString(), QString::fromLatin1(errorName(ErrorCode::NameTaken)));
}

void tst_AdminDesk::disablesAndEnables()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    QVERIFY(ask(u"user.disable"_s, {{u"name"_s, u"Ada"_s}}).value(u"ok"_s).toBool());
    QVERIFY(m_reader->listUsers()->front().disabled);
    QVERIFY(ask(u"user.enable"_s, {{u"name"_s, u"ada"_s}}).value(u"ok"_s).toBool());
    QVERIFY(!m_reader->listUsers()->front().disabled);
    QCOMPARE(ask(u"user.disable"_s, {{u"name"_s, u"nobody"_s}}).value(u"error"_s).toString(),
        QString::fromLatin1(errorName(ErrorCode::NotFound)));
}

void tst_AdminDesk::createsListsAndRevokesInvites()
{
    const QJsonObject made = ask(u"invite.create"_s, {{u"hours"_s, 1}, {u"note"_s, u"for Bob"_s}});
    QVERIFY(made.value(u"ok"_s).toBool());
    const auto invite = m_reader->invite(inviteHash(made.value(u"code"_s).toString()));
    QVERIFY(*invite);
    QCOMPARE((*invite)->expires, m_now + 3'600'000);
    const auto state = [&] {
        return ask(u"invite.list"_s)
            .value(u"invites"_s)
            .toArray()
            .first()
            .toObject()
            .value(u"state"_s)
            .toString();
    };
    QCOMPARE(state(), u"open"_s);
    m_now += 3'600'000;
    QCOMPARE(state(), u"expired"_s);
    QVERIFY(ask(u"invite.revoke"_s, {{u"invite"_s, made.value(u"id"_s)}}).value(u"ok"_s).toBool());
    QCOMPARE(state(), u"revoked"_s);
    QCOMPARE(ask(u"invite.revoke"_s, {{u"invite"_s, u"nonsense"_s}}).value(u"error"_s).toString(),
        QString::fromLatin1(errorName(ErrorCode::NotFound)));
}

void tst_AdminDesk::refusesInvitesOutOfBounds()
{
    QVERIFY(ask(u"invite.create"_s, {{u"hours"_s, 24 * 365}}).value(u"ok"_s).toBool());
    QVERIFY(!ask(u"invite.create"_s, {{u"hours"_s, 24 * 365 + 1}}).value(u"ok"_s).toBool());
    QVERIFY(!ask(u"invite.create"_s, {{u"hours"_s, 0}}).value(u"ok"_s).toBool());
}

void tst_AdminDesk::createsTokens()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    const QJsonObject answer =
        ask(u"token.create"_s, {{u"name"_s, u"ada"_s}, {u"count"_s, 3}, {u"device"_s, u"bot"_s}});
    const QJsonArray tokens = answer.value(u"tokens"_s).toArray();
    QCOMPARE(tokens.size(), 3);
    QCOMPARE(answer.value(u"token"_s), tokens.first());
    for (const auto &text : tokens) {
        const QByteArray token =
            QByteArray::fromBase64(text.toString().toLatin1(), QByteArray::Base64UrlEncoding);
        QVERIFY(*m_reader->tokenOwner(tokenHash(token)));
    }
}

void tst_AdminDesk::refusesTokensForNobodyAndTooMany()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    QVERIFY(!ask(u"token.create"_s, {{u"name"_s, u"bob"_s}}).value(u"ok"_s).toBool());
    QVERIFY(
        !ask(u"token.create"_s, {{u"name"_s, u"ada"_s}, {u"count"_s, 0}}).value(u"ok"_s).toBool());
    QVERIFY(!ask(u"token.create"_s, {{u"name"_s, u"ada"_s}, {u"count"_s, 1001}})
                 .value(u"ok"_s)
                 .toBool());
}

void tst_AdminDesk::listsAndRevokesDevices()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    const QJsonObject made =
        ask(u"token.create"_s, {{u"name"_s, u"ada"_s}, {u"count"_s, 2}, {u"device"_s, u"bot"_s}});
    const auto devices = [&] {
        return ask(u"device.list"_s, {{u"name"_s, u"ADA"_s}}).value(u"devices"_s).toArray();
    };
    QCOMPARE(devices().size(), 2);
    const QJsonObject first = devices().first().toObject();
    QCOMPARE(first.value(u"name"_s).toString(), u"bot"_s);
    QCOMPARE(first.value(u"created"_s).toString(), u"2023-11-14T22:13:20Z"_s);
    QCOMPARE(first.value(u"lastSeen"_s).toString(), u"2023-11-14T22:13:20Z"_s);
    const QString id = first.value(u"id"_s).toString();
    const QJsonObject revoked = ask(u"device.revoke"_s, {{u"name"_s, u"ada"_s}, {u"device"_s, id}});
    QVERIFY2(revoked.value(u"ok"_s).toBool(), qPrintable(revoked.value(u"text"_s).toString()));
    QCOMPARE(revoked.value(u"id"_s).toString(), id);
    QCOMPARE(revoked.value(u"name"_s).toString(), u"bot"_s);
    QCOMPARE(devices().size(), 1);
    QVERIFY(devices().first().toObject().value(u"id"_s).toString() != id);
    // The other one's token holds, and this one's no longer.
    int valid = 0;
    const QJsonArray tokens = made.value(u"tokens"_s).toArray();
    for (const auto &text : tokens) {
        const QByteArray token =
            QByteArray::fromBase64(text.toString().toLatin1(), QByteArray::Base64UrlEncoding);
        valid += m_reader->tokenOwner(tokenHash(token))->has_value() ? 1 : 0;
    }
    QCOMPARE(valid, 1);
    QCOMPARE(ask(u"device.revoke"_s, {{u"name"_s, u"ada"_s}, {u"device"_s, id}})
                 .value(u"error"_s)
                 .toString(),
        QString::fromLatin1(errorName(ErrorCode::NotFound)));
}

void tst_AdminDesk::revokesOnlyDevicesOfThatUser()
{
    const QString notFound = QString::fromLatin1(errorName(ErrorCode::NotFound));
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    ask(u"user.add"_s, {{u"name"_s, u"bob"_s}});
    ask(u"token.create"_s, {{u"name"_s, u"bob"_s}});
    const auto bobs = [&] {
        return ask(u"device.list"_s, {{u"name"_s, u"bob"_s}}).value(u"devices"_s).toArray();
    };
    const QJsonValue id = bobs().first().toObject().value(u"id"_s);
    const auto revoke = [&](const QString &name, const QJsonValue &device) {
        return ask(u"device.revoke"_s, {{u"name"_s, name}, {u"device"_s, device}})
            .value(u"error"_s)
            .toString();
    };
    QCOMPARE(revoke(u"ada"_s, id), notFound);
    QCOMPARE(revoke(u"nobody"_s, id), notFound);
    QCOMPARE(revoke(u"bob"_s, u"nonsense"_s), notFound);
    QCOMPARE(revoke(u"bob"_s, QJsonValue()), notFound);
    QCOMPARE(bobs().size(), 1);
    QCOMPARE(
        ask(u"device.list"_s, {{u"name"_s, u"nobody"_s}}).value(u"error"_s).toString(), notFound);
}

void tst_AdminDesk::asksForABackupAndTellsItsSize()
{
    m_backedUp = qint64(4096);
    const QJsonObject answer = ask(u"backup"_s, {{u"file"_s, u"/safe/parley.db"_s}});
    QVERIFY(answer.value(u"ok"_s).toBool());
    QCOMPARE(answer.value(u"file"_s).toString(), u"/safe/parley.db"_s);
    QCOMPARE(answer.value(u"bytes"_s).toInt(), 4096);
    QCOMPARE(m_backups, QStringList{u"/safe/parley.db"_s});
}

void tst_AdminDesk::refusesABackupWithoutAWholePath()
{
    m_backedUp = qint64(4096);
    for (const QJsonValue &file : {QJsonValue(), QJsonValue(u""_s), QJsonValue(u"parley.db"_s)}) {
        const QJsonObject answer = ask(u"backup"_s, {{u"file"_s, file}});
        QCOMPARE(answer.value(u"error"_s).toString(),
            QString::fromLatin1(errorName(ErrorCode::Malformed)));
    }
    QVERIFY(m_backups.isEmpty());
}

void tst_AdminDesk::tellsWhyThereIsNoBackup()
{
    const QJsonObject question{{u"file"_s, u"/safe/parley.db"_s}};
    QCOMPARE(ask(u"backup"_s, question).value(u"error"_s).toString(),
        QString::fromLatin1(errorName(ErrorCode::Busy)));
    m_backedUp = Result<qint64>(Error(ErrorCode::Unavailable, u"The disk is full"_s));
    const QJsonObject answer = ask(u"backup"_s, question);
    QCOMPARE(answer.value(u"error"_s).toString(),
        QString::fromLatin1(errorName(ErrorCode::Unavailable)));
    QCOMPARE(answer.value(u"text"_s).toString(), u"The disk is full"_s);
}

void tst_AdminDesk::answersBusyWhenTheQueueIsFull()
{
    ask(u"user.add"_s, {{u"name"_s, u"ada"_s}});
    const QJsonObject answer = ask(u"token.create"_s, {{u"name"_s, u"ada"_s}, {u"count"_s, 9}});
    QCOMPARE(answer.value(u"error"_s).toString(), QString::fromLatin1(errorName(ErrorCode::Busy)));
}

void tst_AdminDesk::refusesUnknownCommands()
{
    QVERIFY(!ask(u"user.destroy"_s).value(u"ok"_s).toBool());
    QVERIFY(!ask(QJsonObject()).value(u"ok"_s).toBool());
}

QTEST_GUILESS_MAIN(tst_AdminDesk)
#include "tst_admindesk.moc"
