// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// The rules of the house, each on the whole tree and each on a sample that breaks it.
#include "tests/tidy/cpprules.h"
#include "tests/tidy/qmlrules.h"
#include "tests/tidy/sourcetree.h"
#include "tests/tidy/treerules.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <iterator>

using namespace parley::tidy;

namespace {

QString root()
{
    return QString::fromUtf8(PARLEY_SOURCE_DIR);
}

SourceFile sample(const char *path, const char *text)
{
    return {QString::fromUtf8(path), QString::fromUtf8(text)};
}

template <typename Rule>
Findings onEach(const std::vector<SourceFile> &files, Rule rule)
{
    Findings findings;
    for (const auto &file : files)
        findings += rule(file);
    return findings;
}

std::vector<SourceFile> under(const std::vector<SourceFile> &files, const char *folder)
{
    std::vector<SourceFile> found;
    for (const auto &file : files)
        if (file.isUnder(QLatin1String(folder)))
            found.push_back(file);
    return found;
}

} // namespace

class TidyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();

    void seesTheTree();
    void seesAFolderThatGitDoesNotKnow();
    void readsCodeApartFromCommentsAndStrings();

    void hasNoSingletons();
    void noticesASingleton();
    void hasNoVagueNames();
    void noticesAVagueName();
    void keepsPlatformHeadersInPlatformFolders();
    void noticesAPlatformHeader();
    void keepsTheArrows();
    void noticesAForbiddenInclude();
    void keepsHeadersStrict();
    void noticesALooseHeader();
    void hasNoUnfinishedWork();
    void noticesUnfinishedWork();

    void translatesEveryVisibleText();
    void noticesUntranslatedText();
    void acceptsTranslatedText();
    void declaresTheFormatOfEveryText();
    void noticesTextWithoutFormat();
    void trustsTheHousesLabelOnlyWhenItPinsTheFormat();
    void readsNoMarkupFromRemoteText();
    void noticesAMarkupFormat();
    void namesEveryColour();
    void noticesAHexColour();
    void speaksCalmly();
    void noticesABannedWord();

    void carriesTheLicenceOnEverySource();
    void noticesAMissingLicence();
    void keepsFilesShort();
    void noticesALongFile();
    void describesEveryFolder();
    void noticesAFolderWithoutALine();
    void hasNoDeadFiles();
    void noticesADeadFile();
    void keepsTheProtocolDocumentFresh();
    void noticesAStaleDocument();

private:
    // Fails with every finding, so that one run shows them all.
    void expectNone(const Findings &findings);

    SourceTree m_tree;
    std::vector<SourceFile> m_cpp;
    std::vector<SourceFile> m_qml; // what is on the screen; the tests' own QML is not
};

void TidyTest::initTestCase()
{
    m_tree = SourceTree::read(root());
    m_cpp = m_tree.cpp();
    m_qml = under(m_tree.qml(), "qml/");
}

void TidyTest::expectNone(const Findings &findings)
{
    if (!findings.isEmpty())
        QFAIL(qPrintable(u'\n' + findings.join(u'\n')));
}

void TidyTest::seesTheTree()
{
    QVERIFY(m_tree.find(QStringLiteral("CMakeLists.txt")) != nullptr);
    QVERIFY(!m_cpp.empty());
    QVERIFY(!m_qml.empty());
}

void TidyTest::seesAFolderThatGitDoesNotKnow()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(QStringLiteral("build/dev"));
    for (const auto *name : {"a.cpp", "picture.png", "build/dev/moc_a.cpp"}) {
        QFile file(folder.filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("int a;\n");
    }
    const auto tree = SourceTree::read(folder.path());
    QCOMPARE(tree.files().size(), 1U);
    QCOMPARE(tree.files().front().path, QStringLiteral("a.cpp"));
}

void TidyTest::readsCodeApartFromCommentsAndStrings()
{
    const auto source =
        QStringLiteral("a(\"x // y\", 'z'); // b\n/* c\n*/ 1'000'0 + R\"s(\"q)s\";\n");
    QCOMPARE(withoutComments(source),
        QStringLiteral("a(\"x // y\", 'z');     \n    \n   1'000'0 + R\"s(\"q)s\";\n"));
    QCOMPARE(withoutCommentsAndStrings(source),
        QStringLiteral("a(\"      \", ' ');     \n    \n   1'000'0 + R\"      \";\n"));
}

void TidyTest::hasNoSingletons()
{
    expectNone(onEach(m_cpp, singletons));
}

void TidyTest::noticesASingleton()
{
    QCOMPARE(singletons(sample("a.cpp", "void f()\n{ Outbox::instance().flush(); }")),
        QStringList{QStringLiteral("a.cpp:2: a singleton; let main() make it and pass it on")});
    QCOMPARE(singletons(sample("a.h", "static Outbox &instance();")).size(), 1);
    QVERIFY(singletons(sample("a.cpp", "QCoreApplication::instance()->quit();")).isEmpty());
    QVERIFY(singletons(sample("a.cpp", "// no Outbox::instance() here")).isEmpty());
}

void TidyTest::hasNoVagueNames()
{
    expectNone(onEach(m_cpp, vagueNames));
    expectNone(onEach(m_qml, vagueNames));
}

void TidyTest::noticesAVagueName()
{
    QCOMPARE(
        vagueNames(sample("a.h", "class ChatManager final : public QObject\n{\n};")).size(), 1);
    QCOMPARE(vagueNames(sample("a.h", "struct ChatInfo {\n};")).size(), 1);
    QCOMPARE(vagueNames(sample("client/utils/a.h", "")).size(), 1);
    QCOMPARE(vagueNames(sample("qml/chats/ChatHelper.qml", "")).size(), 1);
    QVERIFY(
        vagueNames(sample("a.h", "class QNetworkAccessManager;\nclass Database {\n};")).isEmpty());
}

void TidyTest::keepsPlatformHeadersInPlatformFolders()
{
    expectNone(onEach(m_cpp, platformHeaders));
}

void TidyTest::noticesAPlatformHeader()
{
    QCOMPARE(platformHeaders(sample("server/gateway/a.cpp", "#include <unistd.h>\n")).size(), 1);
    QCOMPARE(platformHeaders(sample("client/core/a.cpp", "#  include <sys/socket.h>\n")).size(), 1);
    QVERIFY(platformHeaders(sample("server/platform/a.cpp", "#include <unistd.h>\n")).isEmpty());
    QVERIFY(platformHeaders(sample("server/a.cpp", "#include <QObject>\n")).isEmpty());
}

void TidyTest::keepsTheArrows()
{
    expectNone(onEach(m_cpp, forbiddenIncludes));
}

void TidyTest::noticesAForbiddenInclude()
{
    const auto refused = [](const char *path, const char *include) {
        return forbiddenIncludes(sample(path, include)).size() == 1;
    };
    QVERIFY(refused("server/a.cpp", "#include \"client/core/outbox.h\""));
    QVERIFY(refused("client/a.cpp", "#include \"server/store/store.h\""));
    QVERIFY(refused("shared/a.cpp", "#include \"server/store/store.h\""));
    QVERIFY(refused("shared/a.cpp", "#include \"client/core/outbox.h\""));
    QVERIFY(refused("server/messages/a.cpp", "#include <QtSql/QSqlQuery>"));
    QVERIFY(refused("server/messages/a.cpp", "#include <QSqlQuery>"));
    QVERIFY(refused("server/messages/a.cpp", "#include <QtWebSockets/QWebSocket>"));
    QVERIFY(!refused("server/messages/a.cpp", "#include \"server/store/store.h\""));
    QVERIFY(!refused("server/store/sqlite/a.cpp", "#include <QSqlQuery>"));
    QVERIFY(!refused("tests/e2e/a.cpp", "#include \"server/store/store.h\""));
}

void TidyTest::keepsHeadersStrict()
{
    expectNone(onEach(m_cpp, looseHeaders));
}

void TidyTest::noticesALooseHeader()
{
    QCOMPARE(looseHeaders(sample("a.h", "#pragma once\nusing namespace Qt;\n")).size(), 1);
    QCOMPARE(looseHeaders(sample("a.h", "int a();\n")).size(), 1);
    QVERIFY(looseHeaders(sample("a.cpp", "using namespace Qt;\n")).isEmpty());
}

void TidyTest::hasNoUnfinishedWork()
{
    expectNone(onEach(m_cpp, unfinishedWork));
    expectNone(onEach(m_qml, unfinishedWork));
}

void TidyTest::noticesUnfinishedWork()
{
    QCOMPARE(unfinishedWork(sample("a.cpp",
                                "int a; // TO"
                                "DO: b"))
                 .size(),
        1);
    QVERIFY(unfinishedWork(sample("a.cpp", "int todo;")).isEmpty());
}

void TidyTest::translatesEveryVisibleText()
{
    // The gallery shows the parts to those who build them, with made-up names.
    std::vector<SourceFile> product;
    std::copy_if(m_qml.cbegin(), m_qml.cend(), std::back_inserter(product),
        [](const SourceFile &file) { return !file.isUnder(QLatin1String("qml/gallery/")); });
    expectNone(onEach(product, untranslatedText));
}

void TidyTest::noticesUntranslatedText()
{
    const auto notices = [](const char *text) {
        return untranslatedText(sample("qml/A.qml", text)).size() == 1;
    };
    QVERIFY(notices("Label { text: \"Hello\" }"));
    QVERIFY(notices("Label {\n    text: known ? qsTr(\"Hello\")\n        : 'Who are you'\n}"));
    QVERIFY(notices("Field { placeholderText: \"Search\" }"));
    QVERIFY(notices("Item { Accessible.name: \"Send\" }"));
    QVERIFY(notices("Item { property string title: \"New chat\" }"));
    QVERIFY(notices("Item {\n    errorText: {\n        return \"Not sent\";\n    }\n}"));
    QVERIFY(notices("Label { text: count + \" unread\" }"));
}

void TidyTest::acceptsTranslatedText()
{
    const auto accepts = [](const char *text) {
        return untranslatedText(sample("qml/A.qml", text)).isEmpty();
    };
    QVERIFY(accepts("Label { text: qsTr(\"Hello, %1\").arg(name) }"));
    QVERIFY(accepts("Label { text: state === \"sent\" ? qsTr(\"Sent\") : \"\" }"));
    QVERIFY(accepts("Label { text: \"…\" }"));
    QVERIFY(accepts("Label { text: Qt.formatTime(sentAt, \"hh:mm\") }"));
    QVERIFY(accepts("Icon { name: \"arrow-up\" }"));
    QVERIFY(accepts("Label {\n    text: name\n    objectName: \"title\"\n}"));
    QVERIFY(accepts("// text: \"Hello\""));
}

void TidyTest::declaresTheFormatOfEveryText()
{
    const auto *label = m_tree.find(QStringLiteral("qml/controls/Label.qml"));
    const auto format = label == nullptr ? LabelFormat::Open : labelFormat(*label);
    expectNone(onEach(
        m_qml, [format](const SourceFile &file) { return textWithoutFormat(file, format); }));
}

void TidyTest::noticesTextWithoutFormat()
{
    const auto findings = [](const char *text) {
        return textWithoutFormat(sample("qml/A.qml", text), LabelFormat::Open).size();
    };
    QCOMPARE(findings("Text { text: body }"), 1);
    QCOMPARE(findings("Label { text: body }"), 1);
    QCOMPARE(findings("T.Label { text: body }"), 1);
    QCOMPARE(findings("Text {\n    Text { textFormat: Text.PlainText }\n}"), 1);
    QCOMPARE(findings("Text {\n    textFormat: Text.PlainText\n    Item { }\n}"), 0);
    QCOMPARE(findings("component Title: Text { textFormat: Text.StyledText }"), 0);
}

void TidyTest::trustsTheHousesLabelOnlyWhenItPinsTheFormat()
{
    QCOMPARE(
        labelFormat(sample("L.qml", "import QtQuick\nText {\n    textFormat: Text.PlainText\n}")),
        LabelFormat::Pinned);
    QCOMPARE(labelFormat(sample("L.qml", "import QtQuick\nText {\n}")), LabelFormat::Open);

    const auto findings = [](const char *text) {
        return textWithoutFormat(sample("qml/A.qml", text), LabelFormat::Pinned).size();
    };
    QCOMPARE(findings("import QtQuick\nLabel { text: body }"), 0);
    QCOMPARE(findings("import QtQuick.Controls\nLabel { text: body }"), 1);
    QCOMPARE(findings("import QtQuick.Controls.Basic as C\nLabel { }\nC.Label { }"), 1);
    QCOMPARE(findings("import QtQuick\nText { text: body }"), 1);
}

void TidyTest::readsNoMarkupFromRemoteText()
{
    expectNone(onEach(m_qml, markupFormats));
}

void TidyTest::noticesAMarkupFormat()
{
    QCOMPARE(markupFormats(sample("A.qml", "Text { textFormat: Text.RichText }")).size(), 1);
    QCOMPARE(markupFormats(sample("A.qml", "Text { textFormat: TextEdit.AutoText }")).size(), 1);
    QCOMPARE(markupFormats(sample("A.qml", "Text { textFormat: Text.MarkdownText }")).size(), 1);
    QVERIFY(markupFormats(sample("A.qml", "Text { textFormat: Text.PlainText }")).isEmpty());
}

void TidyTest::namesEveryColour()
{
    expectNone(onEach(m_qml, hexColours));
}

void TidyTest::noticesAHexColour()
{
    QCOMPARE(hexColours(sample("A.qml", "Rectangle { color: \"#026C7F\" }")).size(), 1);
    QCOMPARE(hexColours(sample("A.qml", "Rectangle { color: '#fff' }")).size(), 1);
    QVERIFY(hexColours(sample("A.qml", "Rectangle { color: Theme.accent }")).isEmpty());
    QVERIFY(hexColours(sample("A.qml", "Label { text: \"#ubuntu\" }")).isEmpty());
}

void TidyTest::speaksCalmly()
{
    expectNone(onEach(m_qml, bannedWords));
    expectNone(onEach(under(m_cpp, "client/"), bannedWords));
}

void TidyTest::noticesABannedWord()
{
    const auto notices = [](const char *text) {
        return bannedWords(sample("A.qml", text)).size() == 1;
    };
    QVERIFY(notices("text: qsTr(\"Please wait\")"));
    QVERIFY(notices("text: qsTr(\"Oops\")"));
    QVERIFY(notices("text: qsTr(\"Sent!\")"));
    QVERIFY(notices("return tr(\"New room\");"));
    QVERIFY(notices("text: qsTr(\"Connecting...\")"));
    QVERIFY(!notices("text: qsTr(\"Connecting…\")"));
    QVERIFY(!notices("visible: !please"));
    QVERIFY(!notices("text: qsTr(\"New chat\")"));
}

void TidyTest::carriesTheLicenceOnEverySource()
{
    expectNone(onEach(m_tree.files(), missingLicence));
}

void TidyTest::noticesAMissingLicence()
{
    // Built from parts, or the licence checker would take them for this file's own.
    const QString copyright = QStringLiteral("SPDX-") + QStringLiteral("FileCopyrightText: x\n");
    const QString licence = QStringLiteral("SPDX-") + QStringLiteral("License-Identifier: y\n");
    const QString path = QStringLiteral("a.cpp");
    QVERIFY(missingLicence({path, copyright + licence}).isEmpty());
    QCOMPARE(missingLicence({path, copyright}).size(), 1);
    QCOMPARE(missingLicence({path, licence}).size(), 1);
    QCOMPARE(missingLicence({path, QString(10, u'\n') + copyright + licence}).size(), 1);
}

void TidyTest::keepsFilesShort()
{
    expectNone(onEach(m_tree.files(), tooLong));
}

void TidyTest::noticesALongFile()
{
    const QString path = QStringLiteral("a.cpp");
    QVERIFY(tooLong({path, QString(500, u'\n')}).isEmpty());
    QCOMPARE(tooLong({path, QString(501, u'\n')}).size(), 1);
}

void TidyTest::describesEveryFolder()
{
    expectNone(foldersWithoutALine(m_tree));
}

void TidyTest::noticesAFolderWithoutALine()
{
    const auto findings = [](const char *map) {
        return foldersWithoutALine(SourceTree::of({sample("ARCHITECTURE.md", map),
            sample("server/store/a.cpp", ""), sample("tests/server/store/tst_a.cpp", "")}));
    };
    QVERIFY(findings("- `server/store/` keeps").isEmpty());
    QCOMPARE(findings("- `server/store/sqlite/` keeps").size(), 1);
    QCOMPARE(findings("- `store/` keeps"),
        QStringList{QStringLiteral("ARCHITECTURE.md:1: has no line for server/store/")});
    QCOMPARE(foldersWithoutALine(SourceTree::of({})).size(), 1);
}

void TidyTest::hasNoDeadFiles()
{
    expectNone(deadFiles(m_tree));
}

void TidyTest::noticesADeadFile()
{
    const auto cmake = sample("server/CMakeLists.txt",
        "add_library(s "
        "store/used.cpp)\nparley_test(tst_used)\nadd(\"${CMAKE_SOURCE_DIR}/qml/A.qml\")");
    const auto isDead = [&cmake](const char *path) {
        const auto user = sample("server/store/used.cpp", "#include \"server/store/used.h\"\n");
        return deadFiles(SourceTree::of({cmake, user, sample(path, "")})).size() == 1;
    };
    QVERIFY(!isDead("server/store/used.cpp"));
    QVERIFY(!isDead("server/store/used.h"));
    QVERIFY(!isDead("server/tst_used.cpp"));
    QVERIFY(!isDead("qml/A.qml"));
    QVERIFY(isDead("server/store/unused.cpp"));
    QVERIFY(isDead("server/used.cpp"));
    QVERIFY(isDead("server/store/unused.h"));
    QVERIFY(isDead("qml/B.qml"));
}

void TidyTest::keepsTheProtocolDocumentFresh()
{
#ifdef PARLEY_PROTOCOL_DOC
    QProcess generator;
    generator.start(QStringLiteral(PARLEY_PROTOCOL_DOC), QStringList());
    QVERIFY(generator.waitForFinished());
    QCOMPARE(generator.exitCode(), 0);
    const auto generated = QString::fromUtf8(generator.readAllStandardOutput());
    QVERIFY(!generated.isEmpty());
    const auto *document = m_tree.find(QStringLiteral("docs/protocol.md"));
    QVERIFY2(document != nullptr, "docs/protocol.md does not exist");
    expectNone(staleDocument(*document, generated));
#else
    QFAIL("the generator of docs/protocol.md is not built");
#endif
}

void TidyTest::noticesAStaleDocument()
{
    QVERIFY(staleDocument(sample("docs/a.md", "a\nb\n"), QStringLiteral("a\nb\n")).isEmpty());
    QCOMPARE(staleDocument(sample("docs/a.md", "a\nb\n"), QStringLiteral("a\nc\n")),
        QStringList{
            QStringLiteral("docs/a.md:2: is not what its generator prints; write it anew")});
}

QTEST_GUILESS_MAIN(TidyTest)
#include "tst_tidy.moc"
