// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/avatarprovider.h"

#include "client/ui/initials.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>
#include <QUrl>

namespace parley {

namespace {

constexpr QSize defaultSize(48, 48);

void drawPicture(QPainter &painter, const QRectF &disc, const QImage &picture)
{
    QPainterPath circle;
    circle.addEllipse(disc);
    painter.setClipPath(circle);
    const QImage filled = picture.scaled(
        disc.size().toSize(), Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPointF offset(
        (disc.width() - filled.width()) / 2, (disc.height() - filled.height()) / 2);
    painter.drawImage(offset, filled);
}

void drawInitials(
    QPainter &painter, const QRectF &disc, const QString &letters, const QColor &colour)
{
    const bool single = letters.size() == 1;
    QFont font = QGuiApplication::font();
    font.setPixelSize(std::max(1, qRound(disc.width() * (single ? 0.42 : 0.36))));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colour);

    // Centred by the capitals' height: the line box would put the letters too low.
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(letters);
    const qreal baseline = disc.center().y() + metrics.capHeight() / 2;
    painter.drawText(QPointF(disc.center().x() - width / 2, baseline), letters);
}

QColor colour(const QString &rgb)
{
    return QColor(QStringLiteral("#") + rgb);
}

} // namespace

AvatarProvider::AvatarProvider(PictureSource pictures)
    : QQuickImageProvider(QQuickImageProvider::Image)
    , m_pictures(std::move(pictures))
{
}

QImage AvatarProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize)
{
    const QString name = QUrl::fromPercentEncoding(id.section(u'/', 2, 2).toUtf8());
    const QString key = id.section(u'/', 3, 3);
    const QSize drawn = requestedSize.isEmpty() ? defaultSize : requestedSize;
    const QRectF disc({0, 0}, QSizeF(drawn));
    QImage image(drawn, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);

    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QImage picture = !key.isEmpty() && m_pictures ? m_pictures(key) : QImage();
    if (!picture.isNull()) {
        drawPicture(painter, disc, picture);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(id.section(u'/', 0, 0)));
        painter.drawEllipse(disc);
        drawInitials(painter, disc, initials(name), colour(id.section(u'/', 1, 1)));
    }
    if (size)
        *size = drawn;
    return image;
}

} // namespace parley
