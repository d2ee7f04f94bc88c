// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/app/seat.h"
#include "tests/support/waiting.h"
#include "tests/support/world.h"

#include <QtTest/QTest>

using namespace parley;

namespace {

QString password()
{
    return QStringLiteral("correct horse battery");
}

} // namespace

/// The form, on the real server.
class TestSignIn : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_world = std::make_unique<World>();
        m_seat = std::make_unique<Seat>(
            programOf(m_world->path(QStringLiteral("desk")), QStringLiteral("ann")));
        PARLEY_WAIT(m_seat->app().stage() == App::SignedOut);
    }
    void cleanup()
    {
        m_seat.reset();
        m_world.reset();
    }

    void looksUpAnAddressWhenTypingPauses()
    {
        form().setServerAddress(QStringLiteral("127.0.0.1"));
        QCOMPARE(form().lookUp(), SignInForm::Unchecked);
        form().setServerAddress(m_world->server().url());
        PARLEY_WAIT(form().lookUp() == SignInForm::FoundLocal);
        QVERIFY(form().allowsInvite());
        QVERIFY(!form().serverName().isEmpty());
    }

    void saysWhatIsWrongWithAnAddress()
    {
        look(QStringLiteral("not a server at all"));
        QCOMPARE(form().lookUp(), SignInForm::NotFound);
        look(QStringLiteral("ws://127.0.0.1:1"));
        QCOMPARE(form().lookUp(), SignInForm::Unreachable);
        look(QStringLiteral("ws://203.0.113.7:80"));
        QCOMPARE(form().lookUp(), SignInForm::NotEncrypted);
    }

    void ignoresTheAnswerAboutAnAddressThatIsNoLongerThere()
    {
        form().setServerAddress(m_world->server().url());
        form().checkServer();
        form().setServerAddress(QStringLiteral("elsewhere"));
        form().setServerAddress(QString());
        QTest::qWait(300);
        QCOMPARE(form().lookUp(), SignInForm::Unchecked);
    }

    void makesAnAccountByInviteAndSignsInAgain()
    {
        look(m_world->server().url());
        signUp(QStringLiteral("ann"), invite());
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn);
        QCOMPARE(form().property("password").toString(), QString());
        PARLEY_WAIT(m_seat->app().session()->displayName() == QStringLiteral("Ann Example"));
        m_seat->settings().signOut();
        PARLEY_WAIT(m_seat->app().stage() == App::SignedOut);

        signIn(QStringLiteral("ann"), QStringLiteral("wrong wrong"));
        PARLEY_WAIT(form().state() == SignInForm::WrongCredentials);
        signIn(QStringLiteral("ann"), password());
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn && m_seat->isOnline());
    }

    void saysWhyAnAccountWasNotMade()
    {
        look(m_world->server().url());
        m_world->addUser(QStringLiteral("bob"));
        signUp(QStringLiteral("ann"), QStringLiteral("00000-00000-00000-00000-00000-0"));
        PARLEY_WAIT(form().state() == SignInForm::InviteInvalid);
        const auto code = invite();
        signUp(QStringLiteral("bob"), code);
        PARLEY_WAIT(form().state() == SignInForm::NameTaken);
        signUp(QStringLiteral("a b"), code);
        PARLEY_WAIT(form().state() == SignInForm::InvalidName);
        form().setProperty("password", QStringLiteral("password"));
        signUp(QStringLiteral("ann"), code, QStringLiteral("password"));
        PARLEY_WAIT(form().state() == SignInForm::WeakPassword);
        signUp(QStringLiteral("ann"), code);
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn);
    }

    void countsDownWhenThereWereTooManyTries()
    {
        look(m_world->server().url());
        m_world->addUser(QStringLiteral("ann"));
        for (int tries = 0; tries < 40 && form().state() != SignInForm::RateLimited; ++tries) {
            signIn(QStringLiteral("ann"), QStringLiteral("wrong wrong"));
            PARLEY_WAIT(form().state() != SignInForm::Submitting);
        }
        QCOMPARE(form().state(), SignInForm::RateLimited);
        const int seconds = form().retryAfterSeconds();
        QVERIFY(seconds > 0);
        PARLEY_WAIT(form().retryAfterSeconds() < seconds);
    }

    void saysThatThereAreTooManyDevices()
    {
        look(m_world->server().url());
        signUp(QStringLiteral("ann"), invite());
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn);
        m_seat->settings().signOut();
        PARLEY_WAIT(m_seat->app().stage() == App::SignedOut);
        for (quint32 device = 0; device < m_world->config().limits.announced.devices; ++device)
            m_world->mintToken(QStringLiteral("ann"));
        signIn(QStringLiteral("ann"), password());
        PARLEY_WAIT(form().state() == SignInForm::TooManyDevices);
        QCOMPARE(m_seat->app().stage(), App::SignedOut);
    }

    void saysThatTheServerIsAway()
    {
        look(m_world->server().url());
        m_world->stopServer();
        signIn(QStringLiteral("ann"), password());
        PARLEY_WAIT(form().state() == SignInForm::Offline);
    }

    void givesUpWhenThePersonDoes()
    {
        look(m_world->server().url());
        signIn(QStringLiteral("ann"), password());
        form().cancel();
        QCOMPARE(form().state(), SignInForm::Idle);
        QTest::qWait(300);
        QCOMPARE(form().state(), SignInForm::Idle);
        QCOMPARE(m_seat->app().stage(), App::SignedOut);
    }

    void keepsWhatIsReadableWhenTheServerSignsOneOut()
    {
        m_world->addUser(QStringLiteral("ann"));
        QVERIFY(m_seat->signIn(m_world->server().url(), m_world->mintToken(QStringLiteral("ann"))));
        auto &bob = m_world->join(QStringLiteral("bob"));
        const auto ann = UserId::fromText(m_seat->app().session()->userId().toLatin1());
        const auto chat = bob.startGroup(QStringLiteral("Walkers"), {*ann});
        bob.say(chat, QStringLiteral("still here"));
        QVERIFY(waitUntil([&] { return m_seat->app().chats()->rowOf(chat.text()) >= 0; }));
        m_world->ask({{QStringLiteral("command"), QStringLiteral("user.disable")},
            {QStringLiteral("name"), QStringLiteral("ann")}});
        PARLEY_WAIT(m_seat->app().session()->link() == OwnSession::SignedOutByServer);
        QCOMPARE(m_seat->app().stage(), App::SignedIn);
        QVERIFY(m_seat->open(chat.text()));
        QVERIFY(m_seat->rowOf(QStringLiteral("still here")) >= 0);
    }

    void signsInAgainAndSendsWhatWasWritten()
    {
        look(m_world->server().url());
        signUp(QStringLiteral("ann"), invite());
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn && m_seat->isOnline());
        const auto ann = UserId::fromText(m_seat->app().session()->userId().toLatin1());
        auto &bob = m_world->join(QStringLiteral("bob"));
        const auto chat = bob.startGroup(QStringLiteral("Walkers"), {*ann});
        PARLEY_WAIT(m_seat->app().chats()->rowOf(chat.text()) >= 0);
        QVERIFY(m_seat->open(chat.text()));
        m_seat->chat().accept();
        PARLEY_WAIT(m_seat->chat().canWrite());

        revokeFromAnotherDevice();
        PARLEY_WAIT(m_seat->app().session()->link() == OwnSession::SignedOutByServer);
        m_seat->say(QStringLiteral("written while signed out"));
        PARLEY_WAIT(m_seat->rowOf(QStringLiteral("written while signed out")) == 0);
        QVERIFY(!bob.said(chat, QStringLiteral("written while signed out")));

        signIn(QStringLiteral("ann"), password());
        PARLEY_WAIT(m_seat->isOnline());
        QCOMPARE(form().state(), SignInForm::Idle);
        PARLEY_WAIT(bob.said(chat, QStringLiteral("written while signed out")));
        QCOMPARE(m_seat->app().chats()->rowOf(chat.text()), 0);
    }

    void isDoneOnceItIsSaidWhereTheTokenGoes()
    {
        look(m_world->server().url());
        signUp(QStringLiteral("ann"), invite());
        PARLEY_WAIT(m_seat->app().stage() == App::SignedIn);
        emit m_seat->client().tokenConsentNeeded(QStringLiteral("/somewhere/token"));
        QCOMPARE(form().state(), SignInForm::NeedsTokenConsent);
        form().allowFileToken(false);
        QCOMPARE(form().state(), SignInForm::Idle);
    }

private:
    void revokeFromAnotherDevice()
    {
        Seat other(programOf(m_world->path(QStringLiteral("other")), QStringLiteral("ann")));
        PARLEY_WAIT(other.app().stage() == App::SignedOut);
        auto &form = *other.app().signIn();
        form.setServerAddress(m_world->server().url());
        form.checkServer();
        PARLEY_WAIT(form.lookUp() == SignInForm::FoundLocal);
        form.setProperty("userName", QStringLiteral("ann"));
        form.setProperty("password", password());
        form.submit();
        PARLEY_WAIT(other.isOnline());
        const auto &devices = *other.settings().devices();
        other.settings().refreshDevices();
        PARLEY_WAIT(devices.rowCount() == 2);
        // This one comes first.
        other.settings().revoke(devices.index(1).data(DevicesModel::DeviceIdRole).toString());
        PARLEY_WAIT(m_seat->app().session()->link() != OwnSession::Online);
    }

    SignInForm &form() { return *m_seat->app().signIn(); }

    void look(const QString &address)
    {
        form().setServerAddress(address);
        form().checkServer();
        PARLEY_WAIT(form().lookUp() != SignInForm::Checking);
    }

    void signIn(const QString &name, const QString &secret)
    {
        form().setProperty("creatingAccount", false);
        form().setProperty("userName", name);
        form().setProperty("password", secret);
        form().submit();
    }

    void signUp(const QString &name, const QString &code, const QString &secret = password())
    {
        form().setProperty("creatingAccount", true);
        form().setProperty("inviteCode", code);
        form().setProperty("userName", name);
        form().setProperty("displayName", QStringLiteral("Ann Example"));
        form().setProperty("password", secret);
        form().submit();
    }

    QString invite()
    {
        return m_world->ask({{QStringLiteral("command"), QStringLiteral("invite.create")}})
            .value(QStringLiteral("code"))
            .toString();
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Seat> m_seat;
};

QTEST_MAIN(TestSignIn)
#include "tst_signin.moc"
