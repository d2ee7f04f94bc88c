// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/hashing.h"
#include "server/accounts/passwordhash.h"
#include "server/accounts/passwords.h"
#include "server/accounts/secrets.h"
#include "shared/limits.h"

#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace parley;
using namespace Qt::StringLiterals;

namespace {
QStringList wordsOfTheLists()
{
    QFile file(u":/parley/accounts/commonpasswords.txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

QString lastOfTheLists()
{
    return wordsOfTheLists().constLast();
}
} // namespace

class tst_Passwords : public QObject {
    Q_OBJECT

private slots:
    void judgesPasswords_data();
    void judgesPasswords();
    void knowsTheThreeThousandCommonest();
    void hashesTheSameTextWhateverItsForm();
    void checksWhatItHashed();
    void asksForANewHashAtAnotherCost();
    void doesHashingJobs();
    void makesTokensAndCodes();
    void readsCodesAsPeopleTypeThem();
};

void tst_Passwords::judgesPasswords_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("good");
    QTest::newRow("a sentence") << u"a quiet afternoon"_s << true;
    QTest::newRow("eight bytes") << u"xk8#vq1m"_s << true;
    QTest::newRow("seven bytes") << u"xk8#vq1"_s << false;
    QTest::newRow("eight bytes, four characters") << u"\u00e9\u00fc\u00f6\u00e5"_s << true;
    QTest::newRow("longest") << u"ab1c"_s.repeated(10)
            + QString(limits::passwordBytesMost - 40, u'd')
                             << true;
    QTest::newRow("one byte too long")
        << u"ab1c"_s.repeated(10) + QString(limits::passwordBytesMost - 39, u'd') << false;
    QTest::newRow("commonest") << u"password"_s << false;
    QTest::newRow("with digits behind") << u"Password2024!"_s << false;
    QTest::newRow("with eight digits behind") << u"dragon85012946"_s << false;
    QTest::newRow("with nine digits behind") << u"dragon850129467"_s << true;
    QTest::newRow("of the lists, in capitals") << u"IRONMAIDEN"_s << false;
    QTest::newRow("of the end of the lists") << lastOfTheLists() << false;
    QTest::newRow("with signs for letters") << u"p@ssw0rd"_s << false;
    QTest::newRow("digits of the list") << u"147258369"_s << false;
    QTest::newRow("one character") << u"aaaaaaaaaa"_s << false;
    QTest::newRow("three characters") << u"aabbccaabc"_s << false;
    QTest::newRow("a word twice") << u"wombwomb"_s << false;
    QTest::newRow("digits in a row") << u"12345678"_s << false;
    QTest::newRow("digits backwards") << u"87654321"_s << false;
    QTest::newRow("letters in a row") << u"abcdefghij"_s << false;
    QTest::newRow("keys in a row") << u"qwertyuiop"_s << false;
    QTest::newRow("keys zigzag") << u"1qaz2wsx"_s << false;
    QTest::newRow("the own name") << u"lovelace"_s << false;
    QTest::newRow("the own name and a bit") << u"Lovelace99"_s << false;
    QTest::newRow("the own name in a sentence") << u"lovelace wrote the first one"_s << true;
    QTest::newRow("the server's name") << u"Bletchley1"_s << false;
}

void tst_Passwords::judgesPasswords()
{
    QFETCH(QString, password);
    QFETCH(bool, good);
    const auto verdict = checkNewPassword(password, u"Lovelace"_s, u"Bletchley"_s);
    QCOMPARE(bool(verdict), good);
    if (!good)
        QCOMPARE(verdict.error().code, ErrorCode::WeakPassword);
}

void tst_Passwords::knowsTheThreeThousandCommonest()
{
    const QStringList words = wordsOfTheLists();
    QVERIFY(words.size() > 3'000);
    QCOMPARE(QSet<QString>(words.begin(), words.end()).size(), words.size());
    qsizetype longEnough = 0;
    for (const QString &word : words) {
        // Only so is a new password, folded, the same text.
        QCOMPARE(word, word.normalized(QString::NormalizationForm_C).toCaseFolded());
        QVERIFY2(isCommonPassword(word), qPrintable(word));
        if (word.size() < limits::passwordBytesLeast)
            continue;
        ++longEnough;
        QVERIFY2(!checkNewPassword(word, u"Lovelace"_s, u"Bletchley"_s), qPrintable(word));
        QVERIFY2(!checkNewPassword(word.toUpper(), {}, {}), qPrintable(word));
    }
    QVERIFY(longEnough > 3'000);
}

void tst_Passwords::hashesTheSameTextWhateverItsForm()
{
    QCOMPARE(passwordBytes(u"mu\u0308de Tage"_s), passwordBytes(u"m\u00fcde Tage"_s));
}

void tst_Passwords::checksWhatItHashed()
{
    const auto hasher = PasswordHasher::create(PasswordCost{1024 * 1024, 1});
    QVERIFY(hasher);
    const auto hash = hasher->hash("a quiet afternoon");
    QVERIFY(hash);
    QVERIFY(hash->startsWith("$argon2id$"));
    QVERIFY(hasher->matches(*hash, "a quiet afternoon"));
    QVERIFY(!hasher->matches(*hash, "a quiet evening"));
    QVERIFY(!hasher->matches("nonsense", "a quiet afternoon"));
    QVERIFY(*hasher->hash("a quiet afternoon") != *hash);
}

void tst_Passwords::asksForANewHashAtAnotherCost()
{
    const auto cheap = PasswordHasher::create(PasswordCost{1024 * 1024, 1});
    const auto dearer = PasswordHasher::create(PasswordCost{2 * 1024 * 1024, 1});
    const auto hash = cheap->hash("a quiet afternoon");
    QVERIFY(!cheap->needsRehash(*hash));
    QVERIFY(dearer->needsRehash(*hash));
    QVERIFY(dearer->matches(*hash, "a quiet afternoon"));
}

void tst_Passwords::doesHashingJobs()
{
    const auto hasher = PasswordHasher::create(PasswordCost{1024 * 1024, 1});
    const auto dearer = PasswordHasher::create(PasswordCost{2 * 1024 * 1024, 1});
    const auto made = workOn(HashJob{{}, "secret", HashJob::Kind::Make, {}}, *hasher);
    QVERIFY(made.hash);
    const auto right = workOn(HashJob{{}, "secret", HashJob::Kind::Check, *made.hash}, *hasher);
    QVERIFY(right.matches);
    QVERIFY(!right.hash);
    QVERIFY(!workOn(HashJob{{}, "other", HashJob::Kind::Check, *made.hash}, *hasher).matches);
    QVERIFY(!workOn(HashJob{{}, "secret", HashJob::Kind::Check, {}}, *hasher).matches);
    const auto renewed = workOn(HashJob{{}, "secret", HashJob::Kind::Check, *made.hash}, *dearer);
    QVERIFY(renewed.matches);
    QVERIFY(renewed.hash);
    QVERIFY(!dearer->needsRehash(*renewed.hash));
}

void tst_Passwords::makesTokensAndCodes()
{
    SystemRandom random;
    QCOMPARE(makeToken(random).size(), limits::tokenBytes);
    QVERIFY(makeToken(random) != makeToken(random));
    QCOMPARE(tokenHash("x").size(), 32);
    const QString code = makeInviteCode(random);
    QCOMPARE(code.count(u'-'), 5);
    QCOMPARE(code.size(), 31);
    QCOMPARE(inviteUser(inviteHash(code)), inviteUser(inviteHash(code)));
    QVERIFY(inviteUser(inviteHash(code)) != inviteUser(inviteHash(makeInviteCode(random))));
}

void tst_Passwords::readsCodesAsPeopleTypeThem()
{
    QCOMPARE(inviteHash(u"abcd1-efgh0"_s), inviteHash(u" ABCDL EFGHO "_s));
    QCOMPARE(inviteHash(u"abcd1efgh0"_s), inviteHash(u"ABCDI-EFGH0"_s));
    QVERIFY(inviteHash(u"abcd2"_s) != inviteHash(u"abcd1"_s));
}

QTEST_GUILESS_MAIN(tst_Passwords)
#include "tst_passwords.moc"
