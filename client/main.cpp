// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/app/app.h"
#include "client/app/knownusers.h"
#include "client/app/pictures.h"
#include "client/app/worker.h"
#include "client/automation/automation.h"
#include "client/automation/screenshot.h"
#include "client/launch/launchoptions.h"
#include "client/launch/windowplace.h"
#include "client/platform/systemtheme.h"
#include "client/ui/avatarprovider.h"
#include "client/ui/fonts.h"
#include "client/ui/iconprovider.h"
#include "client/ui/plurals.h"
#include "client/ui/shadowprovider.h"
#include "client/ui/urlguard.h"
#include "shared/platform/stopsignals.h"
#include "shared/product.h"

#include <QtCore/QDir>
#include <QtCore/QLibraryInfo>
#include <QtCore/QLoggingCategory>
#include <QtGui/QGuiApplication>
#include <QtGui/QStyleHints>
#include <QtQml/QQmlApplicationEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuick/QQuickWindow>
#include <QtQuickControls2/QQuickStyle>

#include <cstdio>

Q_IMPORT_QML_PLUGIN(ParleyPlugin)

namespace {

using namespace parley;

Q_LOGGING_CATEGORY(launchLog, "parley.launch", QtInfoMsg)

// What a script finds in the exit code.
enum ExitCode : int { Fine = 0, WrongUse = 1, ProfileInUse = 2, NoWindow = 3 };

void say(std::FILE *stream, const QString &sentence)
{
    std::fputs(qUtf8Printable(sentence + u'\n'), stream);
    std::fflush(stream);
}

/// The whole program: what it is made of, in the order in which it is made and, turned round,
/// ended.
class Program {
public:
    explicit Program(const LaunchOptions &options)
        : m_options(options)
        , m_clientOptions{options.dataFolder, options.profile, TokenPlace::Keychain, true,
              options.deliveryJournal, options.setsCacheAside}
        , m_worker(m_clientOptions)
        , m_users(m_worker.client(), m_pictures)
        , m_world{m_worker.client(), m_worker.preparer(), m_users, m_tickets,
              [] { return QDateTime::currentMSecsSinceEpoch(); }}
        , m_settings(m_worker.client(), m_tickets, settingsFile())
        , m_app(m_world, m_settings)
        , m_guard({QLibraryInfo::path(QLibraryInfo::QmlImportsPath)})
        , m_maySetAside(options.setsCacheAside)
    {
        followSystem();
        signInByOptions();
        setUpEngine();
    }

    int run()
    {
        QObject::connect(
            &m_app, &App::openFailed, qApp, [this](const QString &sentence) { fail(sentence); });
        // The window comes once the profile is ours.
        QObject::connect(&m_worker.client(), &Client::opened, &m_app, [this] {
            if (std::exchange(m_maySetAside, false))
                say(stderr,
                    QStringLiteral("The local copy of your messages is sound and stays in use."));
            showWindow();
        });
        setAsideByOptions();
        m_worker.start();
        const int code = QCoreApplication::exec();
        m_app.flush();
        if (m_place)
            m_place->keep();
        return code;
    }

private:
    void fail(const QString &sentence)
    {
        // Once: where the new file is damaged as well, a third one helps nobody.
        if (m_isCacheDamaged && std::exchange(m_maySetAside, false)) {
            m_worker.client().setCacheAside();
            return;
        }
        say(stderr, sentence);
        QCoreApplication::exit(ProfileInUse);
    }

    void setAsideByOptions()
    {
        auto &client = m_worker.client();
        QObject::connect(
            &client, &Client::cacheDamaged, &m_app, [this] { m_isCacheDamaged = true; });
        QObject::connect(&client, &Client::cacheSetAside, &m_app, [](const QString &path) {
            say(stderr,
                QStringLiteral("The local copy of your messages was damaged. It lies in %1 now, "
                               "with what was not sent yet; a new one is fetched from the server.")
                    .arg(path));
        });
    }

    QString settingsFile() const
    {
        return QDir(profileFolder(m_clientOptions)).filePath(QStringLiteral("settings.ini"));
    }

    void followSystem()
    {
        const auto follow = [this] {
            m_settings.followSystem({m_systemTheme.isDark(), m_systemTheme.wantsContrast(),
                m_systemTheme.wantsLessMotion()});
        };
        QObject::connect(&m_systemTheme, &SystemTheme::changed, &m_settings, follow);
        follow();
        if (m_options.theme)
            m_settings.overrideTheme(*m_options.theme);
        QObject::connect(&m_stopSignals, &StopSignals::stopRequested, qApp,
            [] { QCoreApplication::exit(Fine); });
    }

    void signInByOptions()
    {
        if (!m_options.server.isEmpty())
            m_app.signIn()->offer(m_options.server, QString());
        if (!m_options.openChat.isEmpty())
            m_app.openChatNamed(m_options.openChat);
        if (m_options.tokenFile.isEmpty())
            return;
        auto &client = m_worker.client();
        QObject::connect(
            &client, &Client::opened, &m_app, [this](const std::optional<Account> &account) {
                if (!account)
                    signInByToken();
            });
        QObject::connect(&client, &Client::tokenInFile, &m_app, [](const QString &path) {
            say(stderr, QStringLiteral("The token is kept in %1").arg(path));
        });
        QObject::connect(&client, &Client::signInFinished, &m_app, [](const SignInResult &result) {
            if (result.problem == ConnectProblem::None && !result.refusal)
                return;
            const auto code = result.refusal ? errorName(*result.refusal) : "no connection";
            say(stderr, QStringLiteral("Signing in did not succeed: %1").arg(QLatin1String(code)));
        });
    }

    void signInByToken()
    {
        const auto token = readToken(m_options.tokenFile);
        if (token)
            m_worker.client().signInWithToken(m_options.server, *token);
        else
            say(stderr, token.error().text);
    }

    void setUpEngine()
    {
        m_engine.addUrlInterceptor(&m_guard);
        m_engine.setNetworkAccessManagerFactory(&m_noNetwork);
        // Not the program's own folder, which Qt would also search.
        m_engine.setImportPathList({QLibraryInfo::path(QLibraryInfo::QmlImportsPath),
            QStringLiteral("qrc:/qt-project.org/imports"), QStringLiteral("qrc:/qt/qml")});
        m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
        m_engine.addImageProvider(QStringLiteral("shadow"), new ShadowProvider);
        m_engine.addImageProvider(QStringLiteral("avatar"),
            new AvatarProvider([this](const QString &key) { return m_pictures.image(key); }));
        m_engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&m_app)}});
    }

    void showWindow()
    {
        m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Parley/Window/Main.qml")));
        auto *window = m_engine.rootObjects().isEmpty()
            ? nullptr
            : qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
        if (!window) {
            say(stderr, QStringLiteral("The window cannot be made; the messages above say why."));
            QCoreApplication::exit(NoWindow);
            return;
        }
        place(*window);
        window->show();
        automate(*window);
        if (launchLog().isDebugEnabled())
            tellWhenThere(*window);
    }

    // For whoever measures how long a start takes. The first frame may have been begun before the
    // messages came, the second one has them.
    void tellWhenThere(QQuickWindow &window)
    {
        auto *until = new QObject(&window);
        QObject::connect(&window, &QQuickWindow::frameSwapped, until,
            [this, until, &window, frames = 0]() mutable {
                if (!isThere())
                    return;
                if (++frames == 1)
                    window.update();
                if (frames != 2)
                    return;
                qCDebug(launchLog, "the chat is on the screen");
                until->deleteLater();
            });
    }

    void place(QQuickWindow &window)
    {
        // For this run alone, as the command line says.
        const bool isTold = m_options.size || m_options.position;
        if (!isTold) {
            m_place = std::make_unique<WindowPlace>(window, settingsFile());
            m_place->restore();
        }
        if (m_options.size)
            window.resize(*m_options.size);
        if (m_options.position)
            window.setPosition(*m_options.position);
    }

    void automate(QQuickWindow &window)
    {
        if (!m_options.automationSocket.isEmpty()) {
            m_automation = std::make_unique<Automation>(window);
            const auto listens = m_automation->listen(m_options.automationSocket);
            if (!listens)
                say(stderr, listens.error().text);
        }
        if (m_options.screenshot.isEmpty())
            return;
        // A cursor that blinks is never still.
        QGuiApplication::styleHints()->setCursorFlashTime(0);
        m_screenshot = std::make_unique<Screenshot>(
            window, m_options.screenshot, [this] { return isThere(); });
        QObject::connect(
            m_screenshot.get(), &Screenshot::saved, qApp, [] { QCoreApplication::exit(Fine); });
        QObject::connect(m_screenshot.get(), &Screenshot::failed, qApp,
            [] { QCoreApplication::exit(NoWindow); });
    }

    bool isThere() const
    {
        if (m_app.stage() == App::Starting)
            return false;
        if (m_app.stage() == App::SignedOut)
            return m_options.tokenFile.isEmpty();
        const auto *chat = m_app.chat();
        return m_options.openChat.isEmpty() || (chat && chat->isLoaded());
    }

    const LaunchOptions &m_options;
    ClientOptions m_clientOptions;
    Worker m_worker;
    Pictures m_pictures;
    Tickets m_tickets;
    KnownUsers m_users;
    ScreenWorld m_world;
    ProfileSettings m_settings;
    SystemTheme m_systemTheme;
    StopSignals m_stopSignals;
    App m_app;
    UrlGuard m_guard;
    NoNetworkFactory m_noNetwork;
    QQmlApplicationEngine m_engine;
    std::unique_ptr<WindowPlace> m_place;
    std::unique_ptr<Automation> m_automation;
    std::unique_ptr<Screenshot> m_screenshot;
    bool m_maySetAside;
    bool m_isCacheDamaged = false;
};

// Read before there is an application: options are for scripts, too, which may have no display. (An
// application only for their sake would take Qt Quick's accessibility with it when it ends.)
Result<LaunchOptions> parseOptions(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return LaunchOptions::parse(arguments);
}

} // namespace

int main(int argc, char *argv[])
{
    const auto options = parseOptions(argc, argv);
    if (!options) {
        say(stderr, options.error().text);
        return WrongUse;
    }
    if (options->showHelp || options->showVersion) {
        say(stdout,
            options->showHelp ? options->help
                              : QStringLiteral("%1 %2").arg(
                                  QLatin1String(productName), QLatin1String(productVersion)));
        return Fine;
    }

    QCoreApplication::setApplicationName(QString::fromLatin1(productName));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(productVersion));
    const QGuiApplication application(argc, argv);
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    setUpFonts();
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    Program program(*options);
    return program.run();
}
