// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/ui/shadowprovider.h"

#include <QPainter>

namespace parley {

namespace {

/// Larger than any radius or blur of the design: keeps a wrong number from eating the memory.
constexpr int maxLength = 64;

/// A square of coverages between 0 and 1.
struct Mask {
    int side;
    std::vector<float> values;

    float &at(int x, int y) { return values[size_t(y) * size_t(side) + size_t(x)]; }
};

Mask roundedSquare(int side, int margin, int radius)
{
    QImage drawn(side, side, QImage::Format_Alpha8);
    drawn.fill(0);
    {
        QPainter painter(&drawn);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::black);
        const int inner = side - 2 * margin;
        painter.drawRoundedRect(QRectF(margin, margin, inner, inner), radius, radius);
    }
    Mask mask{side, std::vector<float>(size_t(side) * size_t(side))};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            mask.at(x, y) = float(drawn.constScanLine(y)[x]) / 255.f;
    return mask;
}

/// One box blur along the rows; the result is turned, so two in a row blur both ways.
Mask blurredAndTurned(Mask &mask, int reach)
{
    Mask blurred{mask.side, std::vector<float>(mask.values.size())};
    const float width = float(2 * reach + 1);
    for (int y = 0; y < mask.side; ++y) {
        for (int x = 0; x < mask.side; ++x) {
            float sum = 0;
            for (int near = std::max(0, x - reach); near <= std::min(mask.side - 1, x + reach);
                 ++near)
                sum += mask.at(near, y);
            blurred.at(y, x) = sum / width;
        }
    }
    return blurred;
}

} // namespace

ShadowProvider::ShadowProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{
}

QImage ShadowProvider::requestImage(const QString &id, QSize *size, const QSize &)
{
    const int radius = std::clamp(id.section(u'/', 0, 0).toInt(), 0, maxLength);
    const int blur = std::clamp(id.section(u'/', 1, 1).toInt(), 1, maxLength);
    const int percent = std::clamp(id.section(u'/', 2, 2).toInt(), 0, 100);

    const int margin = 2 * blur;
    const int side = 2 * (margin + radius) + 2;
    Mask mask = roundedSquare(side, margin, radius);
    const int reach = std::max(1, blur * 2 / 3);
    for (int pass = 0; pass < 6; ++pass)
        mask = blurredAndTurned(mask, reach);

    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            image.setPixel(x, y, qRgba(0, 0, 0, int(mask.at(x, y) * float(percent) * 2.55f)));
    if (size)
        *size = image.size();
    return image;
}

} // namespace parley
