// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/iconprovider.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPainter>
#include <QSvgRenderer>

Q_LOGGING_CATEGORY(logIcons, "parley.ui.icons")

namespace parley {

namespace {

constexpr QSize defaultSize(24, 24);

QByteArray coloured(const QString &name, const QString &rgb)
{
    QFile file(QStringLiteral(":/parley/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logIcons) << "no icon called" << name;
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", '#' + rgb.toLatin1());
    return svg;
}

} // namespace

IconProvider::IconProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{
}

QImage IconProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    const QSize drawn = requestedSize.isEmpty() ? defaultSize : requestedSize;
    QImage image(drawn, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);

    QSvgRenderer svg(coloured(id.section(u'/', 0, 0), id.section(u'/', 1, 1)));
    if (svg.isValid()) {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        svg.render(&painter, QRectF(QPointF(), QSizeF(drawn)));
    }
    if (size)
        *size = drawn;
    return image;
}

} // namespace parley
