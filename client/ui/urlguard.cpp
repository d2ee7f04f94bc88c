// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/urlguard.h"

#include <QDir>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QUrl>

Q_LOGGING_CATEGORY(logUrls, "parley.ui.urls")

namespace parley {

namespace {

class NoNetwork : public QNetworkAccessManager {
public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply *createRequest(Operation, const QNetworkRequest &, QIODevice *) override
    {
        return QNetworkAccessManager::createRequest(GetOperation, QNetworkRequest());
    }
};

bool isOwnImage(const QString &provider)
{
    return provider == u"icon" || provider == u"shadow" || provider == u"avatar";
}

} // namespace

UrlGuard::UrlGuard(const QStringList &moduleFolders)
{
    for (const QString &folder : moduleFolders)
        m_moduleFolders += QDir::cleanPath(folder) + u'/';
}

QUrl UrlGuard::intercept(const QUrl &url, DataType type)
{
    if (isAllowed(url, type))
        return url;
    qCWarning(logUrls) << "refused to load an address with the scheme" << url.scheme();
    return {};
}

bool UrlGuard::isAllowed(const QUrl &url, DataType type) const
{
    if (url.isEmpty() || url.scheme() == u"qrc")
        return true;
    if (type == UrlString)
        return url.scheme() == u"image" && isOwnImage(url.host());
    if (!url.isLocalFile())
        return false;
    const QString path = QDir::cleanPath(url.toLocalFile());
    return std::any_of(m_moduleFolders.begin(), m_moduleFolders.end(),
        [&](const QString &folder) { return path.startsWith(folder); });
}

QNetworkAccessManager *NoNetworkFactory::create(QObject *parent)
{
    return new NoNetwork(parent);
}

} // namespace parley
