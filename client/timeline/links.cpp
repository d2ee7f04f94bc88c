// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/links.h"

#include <QtCore/QUrl>

namespace parley {

namespace {

/// What is longer is text, and no address that anyone could check by looking at it.
constexpr qsizetype linkLengthMost = 2048;

bool endsLink(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Control
        || c.category() == QChar::Other_Format || QStringView(u"<>\"“”«»`{}|\\^").contains(c);
}

bool isPunctuation(QChar c)
{
    return QStringView(u".,;:!?'…*_~").contains(c);
}

// A closing bracket belongs to the address only when it was opened there.
qsizetype withoutTail(QStringView link)
{
    auto end = link.size();
    qsizetype open = 0;
    for (const auto c : link)
        open += c == u'(' || c == u'[' ? 1 : c == u')' || c == u']' ? -1 : 0;
    while (end > 0) {
        const auto last = link[end - 1];
        const bool closes = last == u')' || last == u']';
        if (!isPunctuation(last) && !(closes && open < 0))
            break;
        open += closes ? 1 : 0;
        --end;
    }
    return end;
}

qsizetype schemeLength(QStringView text)
{
    for (const auto scheme :
        {QStringView(u"https://"), QStringView(u"http://"), QStringView(u"mailto:")})
        if (text.startsWith(scheme, Qt::CaseInsensitive))
            return scheme.size();
    return 0;
}

bool isPartOfAWord(const QString &text, qsizetype at)
{
    return at > 0 && text[at - 1].isLetterOrNumber();
}

} // namespace

QString safeLink(const QString &link)
{
    if (link.size() > linkLengthMost)
        return {};
    const QUrl url(link, QUrl::TolerantMode);
    const auto scheme = url.scheme();
    const bool isMail = scheme == QLatin1String("mailto");
    if (!url.isValid()
        || (!isMail && scheme != QLatin1String("http") && scheme != QLatin1String("https")))
        return {};
    if (isMail ? !url.path().contains(u'@') : url.host().isEmpty())
        return {};
    return QString::fromLatin1(url.toEncoded(QUrl::FullyEncoded));
}

QString linkHost(const QString &link)
{
    const auto safe = safeLink(link);
    if (safe.isEmpty())
        return {};
    const QUrl url(safe);
    if (url.scheme() == QLatin1String("mailto"))
        return url.path();
    const auto host = QString::fromLatin1(QUrl::toAce(url.host()));
    const auto shown = host.isEmpty() ? url.host() : host;
    return url.port() < 0 ? shown : shown + u':' + QString::number(url.port());
}

std::vector<TextLink> findLinks(const QString &text)
{
    std::vector<TextLink> links;
    for (qsizetype at = 0; at < text.size();) {
        const auto first = text[at].toLower();
        const auto scheme =
            first == u'h' || first == u'm' ? schemeLength(QStringView(text).mid(at)) : 0;
        if (scheme == 0 || isPartOfAWord(text, at)) {
            ++at;
            continue;
        }
        auto end = at + scheme;
        while (end < text.size() && !endsLink(text[end]))
            ++end;
        const auto length = withoutTail(QStringView(text).mid(at, end - at));
        const auto target = length > scheme ? safeLink(text.mid(at, length)) : QString();
        if (!target.isEmpty())
            links.push_back({at, at + length, target});
        at = end;
    }
    return links;
}

} // namespace parley
