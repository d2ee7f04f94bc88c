// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/app.h"

#include "client/app/knownusers.h"
#include "client/app/times.h"
#include "client/timeline/links.h"
#include "client/timeline/preparer.h"
#include "shared/product.h"

#include <QtGui/QDesktopServices>

namespace parley {

namespace {

/// Chats at the top of the list whose people's presence is kept fresh.
constexpr int watchedChats = 80;
constexpr int watchDelayMs = 200;

App::Notice noticeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Forbidden:
        return App::NotAllowed;
    case ErrorCode::TooLarge:
        return App::TooLarge;
    case ErrorCode::RateLimited:
    case ErrorCode::LimitReached:
        return App::TooMany;
    case ErrorCode::Unavailable:
    case ErrorCode::Busy:
        return App::NotReachable;
    default:
        return App::ActionFailed;
    }
}

} // namespace

App::App(ScreenWorld &world, ProfileSettings &settings, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_settings(settings)
    , m_signIn(world.client)
    , m_session(world)
    , m_chats(world)
    , m_chatActions(world, m_chats)
    , m_people(world)
    , m_search(world, m_chats)
{
    m_watchTimer.setSingleShot(true);
    m_watchTimer.setInterval(watchDelayMs);
    m_dayTimer.setSingleShot(true);
    connect(&m_watchTimer, &QTimer::timeout, this, &App::watchUsers);
    connect(&m_dayTimer, &QTimer::timeout, this, &App::startDay);
    connectClient();
    connectModels();
    startDay();
}

App::~App()
{
    m_chat.reset();
}

void App::connectClient()
{
    auto &client = m_world.client;
    connect(&client, &Client::opened, this, &App::receiveOpened);
    connect(&client, &Client::openFailed, this, &App::openFailed);
    connect(&client, &Client::accountChanged, this, &App::receiveAccount);
    connect(&client, &Client::refused, this, &App::receiveRefusal);
    connect(&client, &Client::connectionChanged, this, [this](const ConnectionStatus &status) {
        m_session.setConnection(status);
        if (status.state != ConnectionState::Online)
            m_world.users.forgetPresence();
        else
            m_watched.clear(); // a new session watches nobody yet
        m_watchTimer.start();
    });
    connect(&m_world.preparer, &Preparer::changed, this, &App::receiveChanges);
    connect(&m_world.preparer, &Preparer::chatsReady, this,
        [this](quint64 ticket, const std::vector<PreparedChat> &chats) {
            if (ticket == m_chatsTicket)
                receiveChats(chats);
        });
}

void App::connectModels()
{
    connect(&m_people, &PeopleFinder::opened, this, &App::openChat);
    connect(&m_chats, &ChatListModel::typingChanged, this, [this](const ChatId &chat) {
        if (m_chat && m_chat->id() == chat)
            m_chat->setTyping(m_chats.typing(chat));
    });
    connect(&m_session, &OwnSession::profileRefused, this, [this](int code) {
        emit notice(noticeOf(static_cast<ErrorCode>(code)),
            QString::fromLatin1(errorName(static_cast<ErrorCode>(code))));
    });
    connect(&m_session, &OwnSession::profileSaved, this,
        [this] { emit notice(ProfileSaved, QString()); });
    connect(&m_session, &OwnSession::pictureUnusable, this,
        [this] { emit notice(PictureUnusable, QString()); });
    connect(&m_settings, &ProfileSettings::revokeRefused, this, [this](int code) {
        emit notice(noticeOf(static_cast<ErrorCode>(code)),
            QString::fromLatin1(errorName(static_cast<ErrorCode>(code))));
    });
}

QString App::version() const
{
    return QString::fromLatin1(productVersion);
}

void App::setStage(Stage stage)
{
    if (stage == m_stage)
        return;
    m_stage = stage;
    emit stageChanged();
}

void App::receiveOpened(const std::optional<Account> &account)
{
    if (account)
        receiveAccount(account);
    else
        setStage(SignedOut);
}

void App::receiveAccount(const std::optional<Account> &account)
{
    if (!account) {
        closeChat();
        m_session.setAccount(std::nullopt);
        m_chats.clear();
        m_people.reset();
        m_search.reset();
        m_world.users.clear();
        setStage(SignedOut);
        return;
    }
    m_world.users.setSelf(account->user);
    m_session.setAccount(account);
    m_signIn.offer(account->address, account->userName);
    m_chatsTicket = m_world.tickets.next();
    m_world.client.requestChats(m_chatsTicket);
    m_world.client.requestUsers({account->user});
    setStage(SignedIn);
}

void App::receiveChats(const std::vector<PreparedChat> &chats)
{
    m_chatsTicket = 0;
    m_chats.show(chats);
    if (m_chat) {
        if (const auto *chat = m_chats.find(m_chat->id()))
            m_chat->setSummary(*chat);
        else
            closeChat();
    }
    openWanted();
    m_watchTimer.start();
}

void App::receiveChanges(const PreparedChanges &prepared)
{
    const auto &changes = prepared.changes;
    m_world.users.apply(changes.users, changes.presence);
    if (changes.self)
        m_world.users.apply({*changes.self}, {});
    if (changes.privacy)
        m_settings.applyPrivacy(*changes.privacy);
    if (changes.isReset) {
        m_chatsTicket = m_world.tickets.next();
        m_world.client.requestChats(m_chatsTicket);
    }
    if (m_chats.isLoaded())
        m_chats.apply(prepared.chats, changes.chatsGone);
    for (const auto &typing : changes.typing)
        m_chats.setTyping(typing.chat, typing.user, typing.on);
    tellChat(prepared);
    openWanted();
    if (!prepared.chats.empty() || !changes.members.empty())
        m_watchTimer.start();
}

void App::tellChat(const PreparedChanges &prepared)
{
    if (!m_chat)
        return;
    const auto id = m_chat->id();
    const auto &gone = prepared.changes.chatsGone;
    if (std::find(gone.begin(), gone.end(), id) != gone.end()) {
        closeChat();
        return;
    }
    for (const auto &chat : prepared.chats)
        if (chat.summary.id == id)
            m_chat->setSummary(chat);
    for (const auto &change : prepared.timelines)
        if (change.chat == id)
            m_chat->apply(change);
    if (prepared.changes.isReset)
        m_chat->apply(PreparedChange{id, true, {}, {}, {}});
    const auto &members = prepared.changes.members;
    if (std::find(members.begin(), members.end(), id) != members.end())
        m_chat->refreshMembers();
}

void App::receiveRefusal(const ChatId &chat, ErrorCode code, const QString &sentence)
{
    if (m_chat && m_chat->id() == chat)
        m_chat->receiveRefusal();
    emit notice(noticeOf(code), sentence);
}

void App::openChat(const QString &chatId)
{
    const auto id = ChatId::fromText(chatId.toLatin1());
    if (!id || (m_chat && m_chat->id() == *id))
        return;
    if (m_chats.find(*id))
        show(*id);
    else
        m_chatToOpen = id; // it was just created: its line is on the way
}

void App::openMessage(const QString &chatId, const QString &messageId)
{
    openChat(chatId);
    if (m_chat && m_chat->chatId() == chatId)
        m_chat->timeline()->jumpTo(messageId);
}

void App::show(const ChatId &chat)
{
    m_chatToOpen.reset();
    letGo();
    m_chat = std::make_unique<OpenChat>(m_world, *m_chats.find(chat));
    connect(m_chat.get(), &OpenChat::copied, this, [this] { emit notice(Copied, QString()); });
    connect(
        m_chat->members(), &MembersModel::membersChanged, this, [this] { m_watchTimer.start(); });
    m_chat->setTyping(m_chats.typing(chat));
    m_chats.select(chat);
    emit chatChanged();
    m_watchTimer.start();
}

void App::closeChat()
{
    m_chatToOpen.reset();
    if (!m_chat)
        return;
    letGo();
    emit chatChanged();
    m_chats.select(std::nullopt);
}

void App::letGo()
{
    if (!m_chat)
        return;
    m_chat->leaveScreen();
    m_leaving = std::move(m_chat);
    QTimer::singleShot(0, this, [this] { m_leaving.reset(); });
}

void App::openChatNamed(const QString &idOrTitle)
{
    m_titleToOpen = idOrTitle;
    openWanted();
}

void App::openWanted()
{
    if (!m_titleToOpen.isEmpty()) {
        const auto id = ChatId::fromText(m_titleToOpen.toLatin1());
        const auto found = id && m_chats.find(*id) ? id : m_chats.findTitle(m_titleToOpen);
        if (found) {
            m_titleToOpen.clear();
            m_chatToOpen = found;
        }
    }
    if (m_chatToOpen && m_chats.find(*m_chatToOpen))
        show(*m_chatToOpen);
}

void App::watchUsers()
{
    auto users = m_chat ? m_chat->watched() : std::vector<UserId>();
    for (const auto &chat : m_chats.newest(watchedChats)) {
        const auto &other = m_chats.find(chat)->summary.other;
        if (other && std::find(users.begin(), users.end(), *other) == users.end())
            users.push_back(*other);
    }
    if (users.size() > static_cast<size_t>(limits::watchedUsers))
        users.resize(static_cast<size_t>(limits::watchedUsers));
    if (users == m_watched)
        return;
    m_watched = users;
    m_world.client.watchUsers(users);
}

void App::startDay()
{
    m_chats.startDay();
    if (m_chat)
        m_chat->startDay();
    m_dayTimer.start(times::untilTomorrowMs(QDateTime::fromMSecsSinceEpoch(m_world.nowMs())));
}

void App::setActive(bool active)
{
    m_world.client.setActive(active);
}

QString App::linkHost(const QString &link) const
{
    return parley::linkHost(link);
}

bool App::openLink(const QString &link)
{
    const auto safe = safeLink(link);
    return !safe.isEmpty() && QDesktopServices::openUrl(QUrl(safe));
}

void App::flush()
{
    if (m_chat)
        m_chat->composer()->flush();
    m_settings.sync();
}

} // namespace parley
