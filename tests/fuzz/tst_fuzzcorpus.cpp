// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/targets.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <csignal>

using namespace parley;

/// Every target without libFuzzer: what was ever found, the seeds, and simple random mutations of
/// both, 100,000 executions in all. A target that fails ends the program and shows its input.
class tst_FuzzCorpus : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_executions = 0; }
    void hasACorpusForEveryTarget();
    void survivesTheCorpus_data() { listTargets(); }
    void survivesTheCorpus();
    void survivesRandomMutations_data() { listTargets(); }
    void survivesRandomMutations();
    void ranOftenEnough();

private:
    void listTargets();
    std::vector<QByteArray> corpusOf(const FuzzTarget &target) const;
    void run(const FuzzTarget &target, const QByteArray &input);

    qint64 m_executions = 0;
    qint64 m_mutated = 0;
};

namespace {

constexpr qint64 statelessMutations = 13'100;
constexpr qint64 sessionMutations = 4'500;
constexpr qint64 coreMutations = 3'300;
constexpr qint64 fileMutations = 500;
constexpr qint64 mutationsLeast = 100'000;

QByteArray underWay; // shown when the program ends
const char *targetUnderWay = "";

void showInput(int signal)
{
    std::signal(signal, SIG_DFL);
    fprintf(stderr, "target %s, input in base64:\n%s\n", targetUnderWay,
        underWay.toBase64().constData());
    std::raise(signal);
}

qint64 mutationsOf(const FuzzTarget &target)
{
    const QByteArray name = target.name;
    if (name == "serversession")
        return sessionMutations;
    if (name == "clientcore")
        return coreMutations;
    return target.isStateful ? fileMutations : statelessMutations;
}

QByteArray mutated(QByteArray bytes, const QByteArray &other, QRandomGenerator &random)
{
    for (int changes = random.bounded(1, 8); changes > 0; --changes) {
        const int at = random.bounded(int(bytes.size()) + 1);
        switch (random.bounded(6)) {
        case 0:
            if (at < bytes.size())
                bytes[at] = char(random.bounded(256));
            break;
        case 1:
            bytes.insert(at, char(random.bounded(256)));
            break;
        case 2:
            bytes.remove(at, random.bounded(1, 16));
            break;
        case 3: // A piece of another one, in front of what stands there.
            if (bytes.size() < 4'000)
                bytes.insert(at, other.mid(random.bounded(int(other.size()) + 1), 64));
            break;
        case 4:
            if (at < bytes.size())
                bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
            break;
        default:
            bytes.truncate(at);
        }
    }
    return bytes;
}

} // namespace

void tst_FuzzCorpus::initTestCase()
{
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL})
        std::signal(signal, showInput);
    // Refusals are logged: not a hundred thousand times.
    QLoggingCategory::setFilterRules(QStringLiteral("parley.*=false\nqt.*=false"));
}

void tst_FuzzCorpus::listTargets()
{
    QTest::addColumn<QByteArray>("name");
    for (const FuzzTarget &target : fuzzTargets())
        QTest::newRow(target.name) << QByteArray(target.name);
}

std::vector<QByteArray> tst_FuzzCorpus::corpusOf(const FuzzTarget &target) const
{
    std::vector<QByteArray> inputs;
    const QDir folder(QStringLiteral(PARLEY_FUZZ_CORPUS "/") + QLatin1String(target.name));
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            inputs.push_back(file.readAll());
    }
    return inputs;
}

void tst_FuzzCorpus::run(const FuzzTarget &target, const QByteArray &input)
{
    targetUnderWay = target.name;
    underWay = input;
    target.run(input);
    ++m_executions;
}

void tst_FuzzCorpus::hasACorpusForEveryTarget()
{
    QVERIFY(fuzzTargets().size() >= 8);
    for (const FuzzTarget &target : fuzzTargets())
        QVERIFY2(!corpusOf(target).empty(), target.name);
}

void tst_FuzzCorpus::survivesTheCorpus()
{
    QFETCH(QByteArray, name);
    const FuzzTarget &target = *fuzzTarget(name);
    for (const QByteArray &input : corpusOf(target))
        run(target, input);
    for (const QByteArray &input : target.seeds())
        run(target, input);
    run(target, {});
    qInfo("%lld inputs", m_executions);
}

void tst_FuzzCorpus::survivesRandomMutations()
{
    QFETCH(QByteArray, name);
    const FuzzTarget &target = *fuzzTarget(name);
    std::vector<QByteArray> inputs = target.seeds();
    for (QByteArray &input : corpusOf(target))
        inputs.push_back(std::move(input));
    QRandomGenerator random(20261124);
    const auto any = [&] { return inputs[size_t(random.bounded(int(inputs.size())))]; };
    for (qint64 i = mutationsOf(target); i > 0; --i)
        run(target, mutated(any(), any(), random));
    m_mutated += m_executions;
    qInfo("%lld executions", m_executions);
}

void tst_FuzzCorpus::ranOftenEnough()
{
    qInfo("%lld executions", m_mutated);
    QVERIFY(m_mutated >= mutationsLeast);
}

QTEST_GUILESS_MAIN(tst_FuzzCorpus)
#include "tst_fuzzcorpus.moc"
