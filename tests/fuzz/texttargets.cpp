// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// What people write and type: message texts, addresses, links, names, invite codes.
#include "client/network/serveraddress.h"
#include "client/timeline/links.h"
#include "client/timeline/presenter.h"
#include "server/accounts/names.h"
#include "server/accounts/secrets.h"
#include "tests/fuzz/feed.h"
#include "tests/fuzz/targets.h"
#include "tests/shared/protocol/sample.h"

namespace parley {
namespace {

const std::array<QByteArrayView, 4> schemes{"http:", "https:", "mailto:", ""};

bool isSafeTarget(const QByteArray &target)
{
    return std::any_of(schemes.begin(), schemes.end() - 1,
               [&](QByteArrayView scheme) { return target.startsWith(scheme); })
        && target.indexOf(' ') < 0 && target.indexOf('>') < 0 && target.indexOf('<') < 0;
}

/// Reads markup by its own rules and says which tag is not on the list; nothing when all is well.
/// Shares no code with what writes it.
class MarkupReader {
public:
    explicit MarkupReader(const QString &markup)
        : m_markup(markup.toUtf8())
    {
    }

    QByteArray fault()
    {
        while (m_at < m_markup.size()) {
            const char c = m_markup[m_at];
            if (c == '<' && !tag())
                return "a tag: " + m_markup.mid(m_at, 40);
            if (c == '&' && !entity())
                return "an entity: " + m_markup.mid(m_at, 12);
            if (c == '>' || c == '"')
                return "not escaped: " + m_markup.mid(m_at, 12);
            if (c != '<' && c != '&')
                ++m_at;
        }
        return m_open.empty() ? QByteArray() : QByteArray("not closed: " + m_open.back());
    }

private:
    bool tag()
    {
        const qsizetype end = m_markup.indexOf('>', m_at);
        if (end < 0)
            return false;
        const QByteArray inside = m_markup.mid(m_at + 1, end - m_at - 1);
        if (!allowed(inside))
            return false;
        m_at = end + 1;
        return true;
    }
    bool allowed(const QByteArray &inside)
    {
        if (inside == "br/")
            return true;
        if (inside.startsWith('/')) {
            const bool nests = !m_open.empty() && m_open.back() == inside.mid(1);
            if (nests)
                m_open.pop_back();
            return nests;
        }
        if (inside == "b" || inside == "i" || inside == "u" || inside == "s")
            return m_open.push_back(inside), true;
        if (inside == "font size=\"4\"")
            return m_open.push_back("font"), true;
        const bool isLink = inside.startsWith("a href=\"") && inside.endsWith('"')
            && inside.count('"') == 2 && isSafeTarget(inside.mid(8));
        return isLink && (m_open.push_back("a"), true);
    }
    bool entity()
    {
        for (const QByteArrayView known : {QByteArrayView("&lt;"), QByteArrayView("&gt;"),
                 QByteArrayView("&amp;"), QByteArrayView("&quot;"), QByteArrayView("&nbsp;")}) {
            if (m_markup.mid(m_at, known.size()) == known)
                return m_at += known.size(), true;
        }
        return false;
    }

    QByteArray m_markup;
    qsizetype m_at = 0;
    std::vector<QByteArray> m_open;
};

void checkText(const TextBody &body)
{
    const PresentedText shown = present(body);
    const QByteArray fault = MarkupReader(shown.markup).fault();
    if (!fault.isEmpty())
        qFatal("the markup holds %s", fault.constData());
    PARLEY_ASSERT(shown.plain.isValidUtf16() && shown.markup.isValidUtf16());
    PARLEY_ASSERT(cleaned(shown.plain) == shown.plain);
    PARLEY_ASSERT(shown.bigEmoji >= 0 && shown.bigEmoji <= bigEmojiMost);
    const QString line = oneLine(body.text);
    PARLEY_ASSERT(line.size() <= oneLineLength && !line.contains(u'\n'));
    PARLEY_ASSERT(cleanName(body.text).isValidUtf16());
}

} // namespace

void runText(QByteArrayView input)
{
    if (input.isEmpty())
        return;
    // As it comes from the wire, or with formatting that the bytes steer.
    if (input.front() & 1) {
        if (const auto body = fromCbor<TextBody>(input.sliced(1).toByteArray()))
            checkText(*body);
        return;
    }
    Feed feed(input.sliced(1));
    TextBody body;
    const int entities = feed.byte() % 8;
    for (int i = 0; i < entities; ++i) {
        auto entity = filled<TextEntity>(feed, {});
        entity.kind = static_cast<EntityKind>(quint8(entity.kind) % 11);
        body.entities.push_back(std::move(entity));
    }
    body.text = QString::fromUtf8(feed.rest());
    checkText(body);
}

std::vector<QByteArray> textSeeds()
{
    std::vector<QByteArray> seeds;
    for (quint32 seed = 1; seed < 60; seed += 20)
        seeds.push_back("\x01" + toCbor(sample<TextBody>(seed)));
    for (const char *text :
        {"plain", "<img src=x>", "see https://a.example/(x)?q=1&b=2, and go", "mailto:a@b.example",
            "&lt;<b>&amp;", "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
            "\xf0\x9f\x98\x80\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "\xe2\x80\xaegnp.exe",
            "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "a\r\nb\tc  d", "\xf0\x9f\x8f\xb4\xf3\xa0\x81\xa7"})
        seeds.push_back(QByteArray(1, '\0') + QByteArray(1, '\0') + text);
    return seeds;
}

void runAddress(QByteArrayView input)
{
    const QString text = QString::fromUtf8(input);
    const auto parsed = ServerAddress::parse(text);
    if (const auto *address = std::get_if<ServerAddress>(&parsed)) {
        const QString scheme = address->url.scheme();
        PARLEY_ASSERT(scheme == u"wss" || (scheme == u"ws" && address->isLoopback));
        PARLEY_ASSERT(!address->url.host().isEmpty() && address->url.userInfo().isEmpty());
        const auto again = ServerAddress::parse(address->text());
        const auto *same = std::get_if<ServerAddress>(&again);
        PARLEY_ASSERT(same && same->isLoopback == address->isLoopback);
        PARLEY_ASSERT(same->url.host() == address->url.host());
    }
    const QString safe = safeLink(text);
    PARLEY_ASSERT(safe.isEmpty() || isSafeTarget(safe.toUtf8()));
    qsizetype end = 0;
    for (const TextLink &link : findLinks(text)) {
        PARLEY_ASSERT(link.begin >= end && link.begin < link.end && link.end <= text.size());
        PARLEY_ASSERT(isSafeTarget(link.target.toUtf8()));
        end = link.end;
    }
    (void)linkHost(text);
    if (const auto name = userName(text)) {
        const auto again = userName(name->name);
        PARLEY_ASSERT(again && again->name == name->name && again->folded == name->folded);
    }
    if (const auto name = displayName(text))
        PARLEY_ASSERT(!name->isEmpty() && displayName(*name));
    PARLEY_ASSERT(inviteHash(text).size() == inviteHash(QString()).size());
}

std::vector<QByteArray> addressSeeds()
{
    return {"chat.example", "chat.example:8008", "wss://chat.example/path", "http://localhost:8008",
        "https://user:word@host.example", "[::1]:8008", "127.0.0.1", "ws://10.0.0.1",
        "https://xn--bcher-kva.example/?q=1#f", "mailto:a@b.example?subject=x",
        "see https://a.example/(x), http://b.example.", "ABCDE-01234-FGHJK", "ada.lovelace",
        "\xc3\x9c"
        "ber",
        "javascript:alert(1)", "https://a.example/%zz\"<>"};
}

} // namespace parley
