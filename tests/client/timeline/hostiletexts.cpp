// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/client/timeline/hostiletexts.h"

#include <QtCore/QRandomGenerator>

namespace parley {

namespace {

QString point(char32_t code)
{
    return QString::fromUcs4(&code, 1);
}

QStringList pieces()
{
    return {QStringLiteral("<img src=\"https://evil.example/x.png\">"),
        QStringLiteral("<img src='file:///etc/passwd'/>"), QStringLiteral("<IMG SRC=x onerror=y>"),
        QStringLiteral("<a href=\"javascript:alert(1)\">x</a>"),
        QStringLiteral("<a href='file:///etc/shadow'>"), QStringLiteral("</a>"),
        QStringLiteral("</font></b></i></u></s>"), QStringLiteral("<script>"),
        QStringLiteral("<b>"), QStringLiteral("</b"), QStringLiteral("<"), QStringLiteral(">"),
        QStringLiteral("\""), QStringLiteral("'"), QStringLiteral("&"), QStringLiteral("&lt;"),
        QStringLiteral("&#60;img&#62;"), QStringLiteral("&#x3c;"), QStringLiteral("&amp;lt;"),
        QStringLiteral("<!-- "), QStringLiteral(" -->"), QStringLiteral("<![CDATA["),
        QStringLiteral("https://a.example/\"><img src=x>"),
        QStringLiteral("https://a.example/?q=<b>&x='\""), QStringLiteral("http://"),
        QStringLiteral("https://[::1]:99999999/"), QStringLiteral("https://user:pw@host.example"),
        QStringLiteral("mailto:a@b.example?subject=\"<img>"), QStringLiteral("data:text/html,<b>"),
        QStringLiteral("qrc:/x"), QStringLiteral("image://avatar/x"), QStringLiteral("\r\n"),
        QStringLiteral("\t"), QStringLiteral("  "), QString(QChar(0)), QString(QChar(7)),
        point(0x202E), point(0x202D), point(0x202A), point(0x202C), point(0x2067), point(0x2069),
        point(0x200F), point(0x0301).repeated(40), point(0x0489).repeated(12), point(0xFEFF),
        point(0xFFFC), point(0xFFFE), point(0x2028), point(0xE0041), point(0x1F600),
        point(0x1F468) + point(0x200D) + point(0x1F469), point(0x1F1FA) + point(0x1F1F8),
        point(0x2764) + point(0xFE0F), QStringLiteral("1") + point(0xFE0F) + point(0x20E3),
        QString(QChar(0xD800)), QString(QChar(0xDC00)), QStringLiteral("שלום"),
        QStringLiteral("مرحبا"), QStringLiteral("ก็"), QStringLiteral("text"), QString(QChar(0xA0))};
}

} // namespace

QStringList hostileTexts()
{
    auto texts = pieces();
    texts.append(QStringLiteral("<").repeated(2'000));
    texts.append(QStringLiteral("http://").repeated(2'000));
    texts.append(QStringLiteral("https://a.example/") + QStringLiteral("(").repeated(2'000));
    texts.append(QStringLiteral("&").repeated(2'000));
    texts.append(QStringLiteral("a") + point(0x0301).repeated(5'000));
    texts.append(point(0x1F600).repeated(1'000));
    texts.append(QString(QChar(0xD83D)).repeated(500));
    return texts;
}

QStringList generatedHostileTexts(int count, quint32 seed)
{
    QRandomGenerator random(seed);
    const auto all = pieces();
    QStringList texts;
    for (int i = 0; i < count; ++i) {
        QString text;
        const int parts = random.bounded(1, 12);
        for (int part = 0; part < parts; ++part)
            text += all.at(random.bounded(int(all.size())));
        texts.append(text);
    }
    return texts;
}

} // namespace parley
