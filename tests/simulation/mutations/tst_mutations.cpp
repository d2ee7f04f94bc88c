// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/simulation/mutations/mistakes.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <set>

using namespace parley;
using namespace parley::simulation;

// The question is the constant no: nothing that hangs on it is reached, or compiled into code.
static_assert(!hasMutations);
static_assert(!mutation(Mutation::AckBeforeCommit));
static_assert(!mutation(Mutation::None, Mutation::NoDedupe));

class TestMutations : public QObject {
    Q_OBJECT

private slots:
    void knowsEachMistakeOnce();
    void leavesNothingInTheServer();
};

void TestMutations::knowsEachMistakeOnce()
{
    std::set<Mutation> mutations;
    std::set<QString> names;
    for (const Mistake &mistake : mistakes()) {
        QVERIFY(mistake.mutation != Mutation::None);
        QVERIFY2(mutations.insert(mistake.mutation).second, mistake.name);
        QVERIFY2(names.insert(QString::fromLatin1(mistake.name)).second, mistake.name);
        QVERIFY2(QByteArray(mistake.sentence).endsWith('.'), mistake.name);
    }
    QCOMPARE(mutations.size(), size_t(lastMutation));
}

void TestMutations::leavesNothingInTheServer()
{
#ifdef PARLEY_SERVER
    QFile program(QStringLiteral(PARLEY_SERVER));
    QVERIFY(program.open(QIODevice::ReadOnly));
    const QByteArray code = program.readAll();
    QVERIFY(code.size() > 100'000);
    for (const char *name : {"chosenMutation", "chooseMutation", "N6parley8mutation"})
        QVERIFY2(!code.contains(name), name);
#else
    QSKIP("the server is not built");
#endif
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
