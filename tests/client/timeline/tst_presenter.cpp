// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/presenter.h"
#include "tests/client/timeline/hostiletexts.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace parley;

namespace {

constexpr quint32 seed = 20261124;

PresentedText shown(const QString &text)
{
    return present(TextBody{text, {}});
}

QString markupOf(const QString &text)
{
    return shown(text).markup;
}

QString point(char32_t code)
{
    return QString::fromUcs4(&code, 1);
}

// What is left of the markup without the tags and entities that may be there; the tags in `open`.
QString withoutAllowed(const QString &markup, QStringList &tags)
{
    static const QRegularExpression allowed(
        QStringLiteral("<(/?)(b|i|u|s|a|font)(?: size=\"4\"| color=\"mark\"| "
                       "href=\"(?:https?|mailto):[^\"<>\\s]*\")?>"
                       "|<br/>|&(?:lt|gt|amp|quot|nbsp);"));
    auto found = allowed.globalMatch(markup);
    while (found.hasNext()) {
        const auto match = found.next();
        if (!match.captured(2).isEmpty())
            tags.append(match.captured(1) + match.captured(2));
    }
    return QString(markup).remove(allowed);
}

bool nests(const QStringList &tags)
{
    QStringList open;
    for (const auto &tag : tags) {
        if (!tag.startsWith(u'/'))
            open.append(tag);
        else if (open.isEmpty() || open.takeLast() != tag.mid(1))
            return false;
    }
    return open.isEmpty();
}

QByteArray faultIn(const QString &markup)
{
    QStringList tags;
    const auto rest = withoutAllowed(markup, tags);
    if (!nests(tags))
        return "the tags do not nest";
    int marks = 0;
    for (qsizetype at = 0; at < markup.size(); ++at) {
        const auto c = markup[at];
        if (c.isHighSurrogate() && at + 1 < markup.size() && markup[at + 1].isLowSurrogate()) {
            ++at;
            marks = 0;
            continue;
        }
        if (c.isSurrogate())
            return "half a character";
        if (c.category() == QChar::Other_Control)
            return "a control character";
        if (c.unicode() >= 0x202A && c.unicode() <= 0x202E)
            return "an embedding or override";
        marks = c.isMark() ? marks + 1 : 0;
        if (marks > combiningMarksMost)
            return "a stack of marks";
    }
    if (rest.contains(u'<') || rest.contains(u'>') || rest.contains(u'"'))
        return "something that is not escaped";
    return rest.contains(u'&') ? "an ampersand that is not escaped" : "";
}

// Nothing when all is well, else what is wrong and with which text.
QByteArray verdict(const QString &text, const QString &markup)
{
    const auto fault = faultIn(markup);
    return fault.isEmpty() ? fault : fault + ": " + text.left(80).toUtf8().toPercentEncoding();
}

} // namespace

class TestPresenter : public QObject {
    Q_OBJECT
private slots:
    void emitsNoOtherTagsForWhatIsHostile()
    {
        for (const auto &text : hostileTexts())
            QCOMPARE(verdict(text, markupOf(text)), QByteArray());
    }

    void emitsNoOtherTagsForAThousandGeneratedTexts()
    {
        for (const auto &text : generatedHostileTexts(1'000, seed))
            QCOMPARE(verdict(text, markupOf(text)), QByteArray());
    }

    void emitsNoOtherTagsWhateverTheFormattingSays()
    {
        quint32 step = 0;
        for (const auto &text : generatedHostileTexts(300, seed + 1)) {
            TextBody body{text, {}};
            for (quint8 kind = 0; kind < 12; ++kind)
                body.entities.push_back({step++ % 17, step % 23, EntityKind(kind),
                    QStringLiteral("https://a.example/\"><img src=x>"), std::nullopt});
            body.entities.push_back({4'000'000'000u, 4'000'000'000u, EntityKind::Bold, {}, {}});
            QCOMPARE(verdict(text, present(body).markup), QByteArray());
        }
    }

    void emitsNoOtherTagsWhereASearchMarks()
    {
        for (const auto &text : generatedHostileTexts(300, seed + 2)) {
            const auto size = cleaned(text).size();
            std::vector<FoldedText::Span> marks;
            for (qsizetype at = 0; at < size; at += 3)
                marks.push_back({at, std::min(at + 2, size)});
            QCOMPARE(verdict(text, present(TextBody{text, {}}, marks).markup), QByteArray());
        }
    }

    void marksWhatASearchFound()
    {
        const TextBody body{
            QStringLiteral("see https://a.example/x"), {{0, 3, EntityKind::Italic, {}, {}}}};
        const auto shown = present(body, {{0, 3}, {12, 13}});
        QVERIFY(shown.marked);
        QCOMPARE(shown.markup,
            QStringLiteral(
                "<b><i><font color=\"mark\">see</font></i></b> "
                "<a href=\"https://a.example/x\">https://</a>"
                "<a href=\"https://a.example/x\"><b><font color=\"mark\">a</font></b></a>"
                "<a href=\"https://a.example/x\">.example/x</a>"));
        QVERIFY(!present(body).marked);
    }

    void aSnippetStandsAroundWhatWasFound()
    {
        const auto text = QStringLiteral("Forecast looks clear for Saturday. Shall we do the\n"
                                         "<ridge> loop, or the one along the lake?");
        const auto at = text.indexOf(QStringLiteral("ridge"));
        const auto shown = presentSnippet(text, {{at, at + 5}});
        QCOMPARE(shown.markup,
            QStringLiteral("…Shall we do the &lt;<b><font color=\"mark\">ridge</font></b>&gt; "
                           "loop, or the one along the lake?"));
        QCOMPARE(shown.plain,
            QStringLiteral("…Shall we do the <ridge> loop, or the one along the lake?"));
        // Without a word's border to begin at, no pair is taken apart; the end is cut as well.
        const QString smiles = point(0x1F600).repeated(1'000);
        const auto deep = presentSnippet(smiles, {{501, 502}});
        QVERIFY(deep.plain.startsWith(u'…') && deep.plain.endsWith(u'…'));
        QVERIFY(deep.plain.isValidUtf16());
        QCOMPARE(
            presentSnippet(QStringLiteral("all of it"), {}).markup, QStringLiteral("all of it"));
    }

    void takesNothingApartByAMark()
    {
        // The accent belongs to its letter; an emoji has colours of its own.
        const auto accent = point(0x0301);
        QCOMPARE(present(TextBody{u'e' + accent + u'f', {}}, {{0, 1}}).markup,
            QStringLiteral("<b><font color=\"mark\">e") + accent + QStringLiteral("</font></b>f"));
        const auto smile = point(0x1F600);
        const auto shown = present(TextBody{QStringLiteral("hi ") + smile, {}}, {{3, 5}});
        QVERIFY(!shown.marked);
        QCOMPARE(shown.markup,
            QStringLiteral("hi <font size=\"4\">") + smile + QStringLiteral("</font>"));
    }

    void escapesEverything()
    {
        QCOMPARE(markupOf(QStringLiteral("<b>\"5\" > 3 & 2</b>")),
            QStringLiteral("&lt;b&gt;&quot;5&quot; &gt; 3 &amp; 2&lt;/b&gt;"));
    }

    void keepsLinesAndSpaces()
    {
        QCOMPARE(markupOf(QStringLiteral("a\r\nb\rc\nd")), QStringLiteral("a<br/>b<br/>c<br/>d"));
        QCOMPARE(markupOf(QStringLiteral("  a  b")), QStringLiteral("&nbsp;&nbsp;a &nbsp;b"));
    }

    void makesLinksOfAddressesWithAScheme()
    {
        QCOMPARE(markupOf(QStringLiteral("see https://a.example/x?y=1&z=2.")),
            QStringLiteral("see <a href=\"https://a.example/x?y=1&amp;z=2\">"
                           "https://a.example/x?y=1&amp;z=2</a>."));
        QCOMPARE(
            markupOf(QStringLiteral("javascript:alert(1)")), QStringLiteral("javascript:alert(1)"));
    }

    void formatsByEntities()
    {
        const TextBody body{QStringLiteral("one two three"),
            {{0, 3, EntityKind::Bold, {}, {}}, {4, 3, EntityKind::Italic, {}, {}},
                {8, 5, EntityKind::Strike, {}, {}}, {0, 13, EntityKind::Underline, {}, {}}}};
        QCOMPARE(present(body).markup,
            QStringLiteral("<b><u>one</u></b><u> </u><i><u>two</u></i><u> </u>"
                           "<u><s>three</s></u>"));
    }

    void ignoresUnknownKindsOfEntities()
    {
        const TextBody body{QStringLiteral("text"), {{0, 4, EntityKind(200), {}, {}}}};
        QCOMPARE(present(body).markup, QStringLiteral("text"));
    }

    void leadsAWritersLinkNowhereElse()
    {
        const TextBody bad{QStringLiteral("text"),
            {{0, 4, EntityKind::Link, QStringLiteral("file:///etc/passwd"), {}}}};
        QCOMPARE(present(bad).markup, QStringLiteral("text"));
        const TextBody good{QStringLiteral("text"),
            {{0, 4, EntityKind::Link, QStringLiteral("https://a.example"), {}}}};
        QCOMPARE(present(good).markup, QStringLiteral("<a href=\"https://a.example\">text</a>"));
    }

    void wrapsRunsOfEmoji()
    {
        const auto smile = point(0x1F600);
        QCOMPARE(markupOf(QStringLiteral("hi ") + smile + smile + QStringLiteral(" you")),
            QStringLiteral("hi <font size=\"4\">") + smile + smile + QStringLiteral("</font> you"));
    }

    void showsUpToThreeEmojiLarge()
    {
        const auto smile = point(0x1F600);
        QCOMPARE(shown(smile).bigEmoji, 1);
        QCOMPARE(shown(smile + u' ' + smile + smile).bigEmoji, 3);
        QCOMPARE(shown(smile.repeated(4)).bigEmoji, 0);
        QCOMPARE(shown(smile + u'a').bigEmoji, 0);
        QCOMPARE(shown(QStringLiteral("12")).bigEmoji, 0);
        QCOMPARE(shown(QString()).bigEmoji, 0);
    }

    void tellsTheDirectionByTheFirstStrongCharacter()
    {
        QVERIFY(shown(QStringLiteral("123 שלום hello")).rtl);
        QVERIFY(!shown(QStringLiteral("hello שלום")).rtl);
        QVERIFY(!shown(QStringLiteral("123")).rtl);
    }

    void tellsTallScripts()
    {
        QVERIFY(shown(QStringLiteral("abc مرحبا")).tallScript);
        QVERIFY(shown(QStringLiteral("ก็")).tallScript);
        QVERIFY(!shown(QStringLiteral("Zürich, Ελλάδα, 日本")).tallScript);
    }

    void clipsStacksOfMarksAtTheLimit()
    {
        const auto mark = point(0x0301);
        const auto most = u'a' + mark.repeated(combiningMarksMost);
        QCOMPARE(cleaned(most), most);
        QCOMPARE(cleaned(most + mark), most);
        QCOMPARE(cleaned(most + mark + u'b' + mark), most + u'b' + mark);
    }

    void replacesHalfCharacters()
    {
        QCOMPARE(cleaned(QStringLiteral("a") + QChar(0xD83D) + u'b'), QStringLiteral("a\uFFFDb"));
        QCOMPARE(cleaned(QString(QChar(0xDE00))), QStringLiteral("\uFFFD"));
    }

    void dropsWhatHidesOrReorders()
    {
        QCOMPARE(cleaned(QStringLiteral("photo\u202Egpj.exe")), QStringLiteral("photogpj.exe"));
        QCOMPARE(cleaned(QString(u'a') + QChar(0) + u'b' + QChar(0x1B)), QStringLiteral("ab"));
        QCOMPARE(
            cleaned(QStringLiteral("hi") + point(0xE0041) + point(0xE0042)), QStringLiteral("hi"));
        const auto scotland = point(0x1F3F4) + point(0xE0067) + point(0xE0062) + point(0xE007F);
        QCOMPARE(cleaned(scotland), scotland);
    }

    void makesOneLineOfBoundedLength()
    {
        QCOMPARE(oneLine(QStringLiteral(" a\n\n b\tc ")), QStringLiteral("a b c"));
        QCOMPARE(oneLine(QString(oneLineLength, u'x')).size(), oneLineLength);
        const auto longer = oneLine(QString(oneLineLength + 1, u'x'));
        QCOMPARE(longer.size(), oneLineLength);
        QVERIFY(longer.endsWith(u'…'));
    }

    void leavesNoDirectionInNames()
    {
        QCOMPARE(cleanName(QStringLiteral("\u202EAnn\u2066\u200F\n")), QStringLiteral("Ann"));
        QCOMPARE(isolated(QStringLiteral("Ann\u2069")), QStringLiteral("\u2068Ann\u2069"));
    }

    void takesAsLongAsTheTextIs()
    {
        // The largest text there is, of the kinds that are expensive: it must end at all.
        for (const auto &piece : {QStringLiteral("http://a("), QStringLiteral("https://"),
                 QStringLiteral("<&\""), QStringLiteral("\U0001F468\u200D")}) {
            const auto text = piece.repeated(limits::textBytes / 4 / piece.size());
            QVERIFY(faultIn(markupOf(text)).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestPresenter)
#include "tst_presenter.moc"
