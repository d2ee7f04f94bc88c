// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/client.h"

#include "client/clientwork.h"
#include "client/core/statekeys.h"

#include <QtCore/QSysInfo>
#include <QtCore/QThread>

/// Each slot carries its values to the client's thread, and there asks the work for what it says.
namespace parley {

namespace {

/// Passwords are compared as bytes: the same word typed on two keyboards is one word.
QString normalized(const QString &password)
{
    return password.normalized(QString::NormalizationForm_C);
}

QString deviceNameOr(const QString &name)
{
    const QString used = name.isEmpty() ? QSysInfo::machineHostName() : name;
    return used.left(limits::deviceNameBytes / 4);
}

} // namespace

QString profileFolder(const ClientOptions &options)
{
    const auto profile = Profile::at(options.dataFolder, options.profile);
    return profile ? profile->folder() : QString();
}

Client::Client(ClientOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
}

Client::~Client() = default;

void Client::post(std::function<void(Work &)> task)
{
    if (QThread::currentThread() == thread()) {
        run(task);
        return;
    }
    QMetaObject::invokeMethod(
        this, [this, task = std::move(task)] { run(task); }, Qt::QueuedConnection);
}

void Client::run(const std::function<void(Work &)> &task)
{
    if (!m_work)
        m_work = std::make_unique<Work>(*this, m_options);
    task(*m_work);
}

void Client::open()
{
    post([](Work &work) { work.open(); });
}

void Client::setCacheAside()
{
    post([](Work &work) { work.setCacheAside(); });
}

void Client::close()
{
    const auto end = [this] {
        m_work.reset();
        emit closed();
    };
    if (QThread::currentThread() == thread())
        end();
    else
        QMetaObject::invokeMethod(this, end, Qt::QueuedConnection);
}

void Client::lookUp(const QString &address)
{
    post([address](Work &work) { work.lookUp(address); });
}

void Client::trustCertificate(const QString &address, const QByteArray &fingerprint)
{
    post([address, fingerprint](Work &work) { work.trustCertificate(address, fingerprint); });
}

void Client::signIn(const SignInRequest &request)
{
    Auth auth;
    auth.password = PasswordAuth{
        request.userName, normalized(request.password), deviceNameOr(request.deviceName)};
    post([address = request.address, auth](Work &work) { work.signIn(address, auth); });
}

void Client::signUp(const SignUpRequest &request)
{
    Auth auth;
    auth.invite = InviteAuth{request.inviteCode, request.userName, request.displayName,
        normalized(request.password), deviceNameOr(request.deviceName)};
    post([address = request.address, auth](Work &work) { work.signIn(address, auth); });
}

void Client::signInWithToken(const QString &address, const QByteArray &token)
{
    post([address, token](Work &work) { work.signInWithToken(address, token); });
}

void Client::cancelSignIn()
{
    post([](Work &work) { work.cancelSignIn(); });
}

void Client::allowTokenFile(bool allowed)
{
    post([allowed](Work &work) { work.allowTokenFile(allowed); });
}

void Client::signOut()
{
    post([](Work &work) { work.signOut(); });
}

void Client::retryNow()
{
    post([](Work &work) { work.retryNow(); });
}

void Client::setActive(bool active)
{
    post([active](Work &work) {
        work.withCore([&](ClientCore &core) { core.setActive(active); });
        if (active)
            work.wake();
    });
}

void Client::requestChats(quint64 ticket)
{
    post([this, ticket](Work &work) {
        emit chatsReady(ticket,
            work.driver() ? work.driver()->screen().summaries(presentMoment().wallMs)
                          : std::vector<ChatSummary>());
    });
}

void Client::requestWindow(quint64 ticket, const WindowRequest &request)
{
    post([this, ticket, request](Work &work) {
        const Chat *chat = work.driver() ? work.driver()->core().chat(request.chat) : nullptr;
        TimelineWindow window;
        window.chat = request.chat;
        window.reachesStart = window.reachesEnd = true;
        if (chat)
            window = work.driver()->screen().timelines().window(*chat, request);
        emit windowReady(ticket, window);
    });
}

void Client::requestMembers(quint64 ticket, const ChatId &chat)
{
    post([this, ticket, chat](Work &work) {
        emit membersReady(ticket, chat,
            work.driver() ? work.driver()->screen().members(chat) : std::vector<MemberRow>());
    });
}

void Client::requestDelivery(quint64 ticket, const ChatId &chat, const MessageId &message)
{
    post([ticket, chat, message](Work &work) {
        work.withCore([&](ClientCore &core) { core.wantDelivery(chat, message, ticket); });
    });
}

void Client::requestDraft(quint64 ticket, const ChatId &chat)
{
    post([this, ticket, chat](Work &work) {
        Draft draft;
        if (work.driver())
            draft =
                work.driver()->core().state().read<Draft>(statekeys::draft(chat)).value_or(Draft{});
        emit draftReady(ticket, chat, draft);
    });
}

void Client::search(quint64 ticket, const SearchRequest &request)
{
    post([this, ticket, request](Work &work) {
        auto found = work.driver() ? work.driver()->search(request) : SearchPage();
        if (!found)
            emit refused({}, found.error().code, found.error().text);
        emit searchReady(ticket, found ? *std::move(found) : SearchPage());
    });
}

void Client::requestUsers(const std::vector<UserId> &users)
{
    post([users](Work &work) { work.withCore([&](ClientCore &core) { core.wantUsers(users); }); });
}

void Client::findUser(quint64 ticket, const QString &userName)
{
    post([ticket, userName](Work &work) { work.ask(ticket, FindUser{userName}); });
}

void Client::requestDevices(quint64 ticket)
{
    post([ticket](Work &work) { work.ask(ticket, Devices{}); });
}

void Client::wantHistory(const ChatId &chat, qint64 low, qint64 high)
{
    post([chat, low, high](Work &work) {
        work.withCore([&](ClientCore &core) { core.wantHistory(chat, low, high); });
    });
}

void Client::focusChat(const std::optional<ChatId> &chat)
{
    post([chat](Work &work) { work.withCore([&](ClientCore &core) { core.focus(chat); }); });
}

void Client::watchUsers(const std::vector<UserId> &users)
{
    post([users](Work &work) { work.withCore([&](ClientCore &core) { core.watch(users); }); });
}

void Client::setTyping(const ChatId &chat, bool on)
{
    post([chat, on](
             Work &work) { work.withCore([&](ClientCore &core) { core.setTyping(chat, on); }); });
}

void Client::setProfile(quint64 ticket, const SetProfile &profile)
{
    post([ticket, profile](Work &work) { work.ask(ticket, profile); });
}

void Client::revokeDevice(quint64 ticket, const DeviceId &device)
{
    post([ticket, device](Work &work) { work.ask(ticket, RevokeDevice{device}); });
}

} // namespace parley
