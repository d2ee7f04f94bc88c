// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/client.h"
#include "tests/client/timeline/timelinerows.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace parley;

namespace {

ChatId chat(quint8 number)
{
    std::array<quint8, 16> bytes{};
    bytes[0] = number;
    return ChatId::fromArray(bytes);
}

} // namespace

class TestPreparer : public QObject {
    Q_OBJECT
private slots:
    void preparesTextsAndQuotes()
    {
        auto row = rows::message(5, 1, QStringLiteral("<b>")).row;
        row.quoted = rows::message(4, 2, QStringLiteral("two\nlines")).row.row;
        const auto prepared = m_preparer.prepare(row);
        QCOMPARE(prepared.text.markup, QStringLiteral("&lt;b&gt;"));
        QCOMPARE(prepared.quote, QStringLiteral("two lines"));
        QVERIFY(!prepared.isUnreadable);
    }

    void preparesAnEditAnew()
    {
        m_preparer.prepare(rows::message(5, 1, QStringLiteral("old")).row);
        const auto edited = m_preparer.prepare(rows::message(5, 1, QStringLiteral("new")).row);
        QCOMPARE(edited.text.plain, QStringLiteral("new"));
    }

    void marksWhatTheOpenChatIsSearchedFor()
    {
        const auto prepare = [this](const QString &text) {
            return m_preparer.prepare(rows::message(5, 1, text).row).text;
        };
        SearchRequest request;
        request.needles = {QStringLiteral("ridge"), QStringLiteral("loop")};
        request.chats = std::vector<ChatId>{chat(1)};
        m_preparer.openChat(chat(1));
        m_preparer.lookFor(request);
        QCOMPARE(prepare(QStringLiteral("Ridge, loop")).markup,
            QStringLiteral("<b><font color=\"mark\">Ridge</font></b>, "
                           "<b><font color=\"mark\">loop</font></b>"));
        QVERIFY(!prepare(QStringLiteral("a ridge alone")).marked);
        m_preparer.lookFor(std::nullopt);
        QCOMPARE(prepare(QStringLiteral("Ridge, loop")).markup, QStringLiteral("Ridge, loop"));
        m_preparer.lookFor(request);
        m_preparer.openChat(chat(2));
        QVERIFY(!prepare(QStringLiteral("Ridge, loop")).marked);
        m_preparer.closeChat();
    }

    void showsNothingOfWhatIsDeletedOrUnreadable()
    {
        auto row = rows::message(5).row;
        row.row.payload = "no CBOR";
        QVERIFY(m_preparer.prepare(row).isUnreadable);
        row.row.contentType = ContentType(200);
        QVERIFY(m_preparer.prepare(row).isUnreadable);
        row.row.deleted = true;
        QVERIFY(!m_preparer.prepare(row).isUnreadable);
        QCOMPARE(m_preparer.prepare(row).text, PresentedText());
    }

    void tellsTheTimelineOfTheOpenChatAlone()
    {
        QSignalSpy told(&m_preparer, &Preparer::changed);
        Changes changes;
        for (const quint8 number : {quint8(1), quint8(2)}) {
            auto &timeline = changes.timelines.emplace_back();
            timeline.chat = chat(number);
            timeline.rows.push_back(rows::message(number).row);
        }
        emit m_client.changed(changes);
        QVERIFY(timelines(told).empty());
        m_preparer.openChat(chat(2));
        emit m_client.changed(changes);
        QCOMPARE(timelines(told).size(), size_t(1));
        m_preparer.closeChat();
        emit m_client.changed(changes);
        QVERIFY(timelines(told).empty());
    }

    void givesEachChatItsPreview()
    {
        ChatSummary summary;
        summary.last = rows::message(3, 1, QStringLiteral("a\nb")).row;
        QCOMPARE(Preparer::prepare(summary).preview, QStringLiteral("a b"));
        summary.last->row.deleted = true;
        QCOMPARE(Preparer::prepare(summary).preview, QString());
    }

private:
    static std::vector<PreparedChange> timelines(QSignalSpy &told)
    {
        return told.takeLast().constFirst().value<PreparedChanges>().timelines;
    }

    Client m_client{ClientOptions{}};
    Preparer m_preparer{m_client};
};

QTEST_GUILESS_MAIN(TestPreparer)
#include "tst_preparer.moc"
