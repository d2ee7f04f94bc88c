// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/xmppstream.h"

#include <QtTest/QTest>

#include <string>
#include <vector>

namespace parley::bench {

class XmppStreamTest : public QObject {
    Q_OBJECT
private slots:
    void cutsAStreamIntoStanzas();
    void waitsForAWholeStanza();
    void findsAttributes();
};

namespace {

const std::string header = "<?xml version='1.0'?><stream:stream id='1' from='localhost'>";
const std::vector<std::string> stanzas{
    "<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
    "<r xmlns='urn:xmpp:sm:3'/>",
    "<message id='a>b'><body>1 &lt; 2</body><message/></message>",
    "</stream:stream>",
};

} // namespace

void XmppStreamTest::cutsAStreamIntoStanzas()
{
    std::string wire = header + "\n ";
    for (const std::string &stanza : stanzas)
        wire += stanza + ' ';
    std::string_view bytes = wire;
    QCOMPARE(elementOf(takeStanza(bytes).value_or("<>")), std::string_view("stream:stream"));
    for (const std::string &stanza : stanzas) {
        const auto found = takeStanza(bytes);
        QVERIFY(found);
        QCOMPARE(*found, std::string_view(stanza));
    }
    QVERIFY(!takeStanza(bytes));
    QVERIFY(bytes.empty());
}

void XmppStreamTest::waitsForAWholeStanza()
{
    for (const std::string &stanza : stanzas) {
        for (size_t size = 0; size < stanza.size(); ++size) {
            const std::string cut = stanza.substr(0, size);
            std::string_view bytes = cut;
            QVERIFY(!takeStanza(bytes));
            QCOMPARE(bytes, std::string_view(cut));
        }
    }
}

void XmppStreamTest::findsAttributes()
{
    constexpr std::string_view stanza = "<message to='a' id='7'><received "
                                        "xmlns='urn:xmpp:receipts' myid=\"1\" id=\"8\"/></message>";
    QCOMPARE(elementOf(stanza), std::string_view("message"));
    QCOMPARE(attributeOf(stanza, "message", "id"), std::string_view("7"));
    QCOMPARE(attributeOf(stanza, "received", "id"), std::string_view("8"));
    QVERIFY(attributeOf(stanza, "received", "to").empty());
    QVERIFY(attributeOf(stanza, "request", "id").empty());
}

} // namespace parley::bench

QTEST_GUILESS_MAIN(parley::bench::XmppStreamTest)
#include "tst_xmppstream.moc"
