// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <QQmlAbstractUrlInterceptor>
#include <QQmlNetworkAccessManagerFactory>
#include <QStringList>

namespace parley {

/// Keeps the QML engine at home: it may load the program's own resources, the image providers of
/// this program, and Qt's QML modules from the folders given. Everything else becomes an empty
/// address. It must outlive the engine; add it with addUrlInterceptor.
class UrlGuard : public QQmlAbstractUrlInterceptor {
public:
    /// \a moduleFolders: where Qt's own QML modules are installed.
    explicit UrlGuard(const QStringList &moduleFolders);

    QUrl intercept(const QUrl &url, DataType type) override;

private:
    bool isAllowed(const QUrl &url, DataType type) const;

    QStringList m_moduleFolders;
};

/// The engine's access to the network: there is none. It must outlive the engine.
class NoNetworkFactory : public QQmlNetworkAccessManagerFactory {
public:
    QNetworkAccessManager *create(QObject *parent) override;
};

} // namespace parley
