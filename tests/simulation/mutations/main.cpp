// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Makes mistakes on purpose and counts how many random worlds pass before one notices.
//   parley-mutations                      a campaign over all mistakes, from fresh seeds
//   parley-mutations NAME...              over these
//   parley-mutations --recorded           each on its recorded seed alone; quick
//   parley-mutations --record [NAME...]   looks for seeds and records them
#include "tests/simulation/mutations/hunt.h"
#include "tests/support/ledger.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTextStream>

using namespace parley::simulation;

namespace {

constexpr quint64 startsApart = 1'000'003;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

std::vector<const Mistake *> chosen(const QStringList &names)
{
    std::vector<const Mistake *> list;
    for (const Mistake &mistake : mistakes()) {
        if (names.isEmpty() || names.contains(QLatin1String(mistake.name)))
            list.push_back(&mistake);
    }
    return list;
}

/// What all the searches for one mistake have shown.
struct Verdict {
    const Mistake *mistake = nullptr;
    std::vector<quint64> worlds; ///< until caught, rising
    std::map<QString, int> violations;
    int survived = 0;

    quint64 median() const { return worlds.empty() ? 0 : worlds[worlds.size() / 2]; }
    QString commonest() const
    {
        const auto most = std::max_element(violations.begin(), violations.end(),
            [](const auto &a, const auto &b) { return a.second < b.second; });
        return most == violations.end() ? QString() : most->first;
    }
};

/// The place differs from world to world: who and where is left out.
QString withoutPlace(QString violation)
{
    static const QRegularExpression who(QStringLiteral("^(u\\d+d\\d+: |chat \\w+: )+"));
    static const QRegularExpression numbers(QStringLiteral("\\b\\d+\\b"));
    return violation.remove(who).replace(numbers, QStringLiteral("N"));
}

void print(const Verdict &verdict)
{
    out() << verdict.mistake->name << ": ";
    if (verdict.survived > 0)
        out() << "SURVIVED " << verdict.survived << " of "
              << verdict.survived + int(verdict.worlds.size()) << " searches";
    if (verdict.survived > 0 && !verdict.worlds.empty())
        out() << "; ";
    if (!verdict.worlds.empty())
        out() << "median " << verdict.median() << " worlds (" << verdict.worlds.front() << " to "
              << verdict.worlds.back() << "), caught by: " << verdict.commonest();
    out() << Qt::endl;
}

bool writeReport(const QString &path, const std::vector<Verdict> &verdicts)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text))
        return false;
    QTextStream table(&file);
    table << "| mistake | what is done wrong | caught by | worlds until caught: median (all) |\n"
          << "| --- | --- | --- | --- |\n";
    for (const Verdict &verdict : verdicts) {
        table << "| `" << verdict.mistake->name << "` | " << verdict.mistake->sentence << " | "
              << verdict.commonest() << " | ";
        if (verdict.survived > 0)
            table << "survived " << verdict.survived << " searches |\n";
        else
            table << verdict.median() << " (" << verdict.worlds.front() << " to "
                  << verdict.worlds.back() << ") |\n";
    }
    return true;
}

struct Campaign {
    int jobs = 1;
    quint64 start = 1;
    quint64 starts = 10;
    quint64 worlds = 2000;
};

std::vector<Verdict> run(const Campaign &campaign, const std::vector<const Mistake *> &list)
{
    std::vector<Verdict> verdicts;
    Hunt hunt(campaign.jobs);
    for (const Mistake *mistake : list) {
        verdicts.push_back(Verdict{mistake, {}, {}, 0});
        for (quint64 i = 0; i < campaign.starts; ++i)
            hunt.add({mistake, campaign.start + i * startsApart, campaign.worlds});
    }
    hunt.told = [&](const Search &search, const Found &found) {
        const auto verdict = std::find_if(verdicts.begin(), verdicts.end(),
            [&](const Verdict &each) { return each.mistake == search.mistake; });
        if (found.isCaught) {
            verdict->worlds.push_back(found.worlds);
            ++verdict->violations[withoutPlace(found.violation)];
        } else {
            ++verdict->survived;
        }
        if (verdict->worlds.size() + size_t(verdict->survived) < campaign.starts)
            return;
        std::sort(verdict->worlds.begin(), verdict->worlds.end());
        print(*verdict);
    };
    hunt.run();
    return verdicts;
}

/// The middle of all medians, and the worst.
QString figuresOf(const std::vector<Verdict> &verdicts)
{
    std::vector<quint64> medians;
    for (const Verdict &verdict : verdicts) {
        if (!verdict.worlds.empty())
            medians.push_back(verdict.median());
    }
    if (medians.empty())
        return QStringLiteral("none was caught");
    std::sort(medians.begin(), medians.end());
    return QStringLiteral(
        "worlds until caught, median of the starts: %1 for the middle mistake, %2 for "
        "the worst")
        .arg(medians[medians.size() / 2])
        .arg(medians.back());
}

int runCampaign(const Campaign &campaign, const QStringList &names, const QString &report,
    const QString &ledger)
{
    out() << "from seed " << campaign.start << ", " << campaign.starts << " starts, at most "
          << campaign.worlds << " worlds each" << Qt::endl;
    const auto verdicts = run(campaign, chosen(names));
    const auto survivors = std::count_if(verdicts.begin(), verdicts.end(),
        [](const Verdict &verdict) { return verdict.survived > 0; });
    out() << verdicts.size() << " mistakes, " << survivors << " survived" << Qt::endl;
    if (!ledger.isEmpty())
        parley::addToLedger(ledger,
            {QStringLiteral("parley-mutations"), QString::number(campaign.start),
                QStringLiteral("%1 mistakes, %2 starts, at most %3 worlds")
                    .arg(verdicts.size())
                    .arg(campaign.starts)
                    .arg(campaign.worlds),
                int(survivors), figuresOf(verdicts)});
    if (!report.isEmpty() && !writeReport(report, verdicts)) {
        out() << report << " cannot be written" << Qt::endl;
        return 1;
    }
    return survivors > 0 ? 1 : 0;
}

int record(const Campaign &campaign, const QStringList &names, RecordedSeeds &seeds)
{
    int survivors = 0;
    Hunt hunt(campaign.jobs);
    for (const Mistake *mistake : chosen(names))
        hunt.add({mistake, campaign.start, campaign.worlds});
    hunt.told = [&](const Search &search, const Found &found) {
        const QString name = QString::fromLatin1(search.mistake->name);
        if (found.isCaught)
            seeds.put(name, found.seed);
        else
            ++survivors;
        out() << name << ": "
              << (found.isCaught
                         ? QString::number(found.seed) + QStringLiteral(", ") + found.violation
                         : QStringLiteral("SURVIVED"))
              << Qt::endl;
    };
    hunt.run();
    if (!seeds.save()) {
        out() << "the seeds cannot be written" << Qt::endl;
        return 1;
    }
    return survivors > 0 ? 1 : 0;
}

int runRecorded(int jobs, const QStringList &names, const RecordedSeeds &seeds)
{
    int survivors = 0;
    Hunt hunt(jobs);
    const auto list = chosen(names);
    for (const Mistake *mistake : list) {
        if (const auto seed = seeds.of(QString::fromLatin1(mistake->name))) {
            hunt.add({mistake, *seed, 1});
        } else {
            ++survivors;
            out() << mistake->name << ": no seed is recorded" << Qt::endl;
        }
    }
    hunt.told = [&](const Search &search, const Found &found) {
        if (found.isCaught)
            return;
        ++survivors;
        out() << search.mistake->name << ": SURVIVED its seed " << search.first << Qt::endl;
    };
    hunt.run();
    out() << list.size() << " mistakes on their recorded seeds, " << survivors << " not caught"
          << Qt::endl;
    return survivors > 0 ? 1 : 0;
}

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&](const char *name, const char *what, const char *value = "") {
        parser.addOption(
            {QString::fromLatin1(name), QString::fromLatin1(what), QString::fromLatin1(value)});
    };
    add("list", "Print the mistakes.");
    add("recorded", "Run each on its recorded seed alone.");
    add("record", "Look for a seed of each, and record it.");
    add("jobs", "So many processes at once.", "N");
    add("start", "The first seed; a fresh one by default.", "SEED");
    add("starts", "So many searches for each.", "N");
    add("worlds", "A search ends after so many worlds.", "N");
    add("report", "Write the results as a table.", "FILE");
    add("ledger", "Append what came of the campaign to a file.", "FILE");
    add("search", "One search, in this process.", "NAME");
    parser.addPositionalArgument(QStringLiteral("names"),
        QStringLiteral("Mistakes; all by default."), QStringLiteral("[NAME...]"));
    parser.addHelpOption();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(app);
    const auto isSet = [&](const char *name) { return parser.isSet(QLatin1String(name)); };
    const auto number = [&](const char *name, quint64 otherwise) {
        const QString value = parser.value(QLatin1String(name));
        return value.isEmpty() ? otherwise : value.toULongLong();
    };

    if (isSet("search")) {
        const Mistake *mistake = findMistake(parser.value(QStringLiteral("search")));
        return mistake ? search({mistake, number("start", 1), number("worlds", 1)}) : 2;
    }
    const QStringList names = parser.positionalArguments();
    for (const QString &name : names) {
        if (!findMistake(name)) {
            out() << "no such mistake: " << name << Qt::endl;
            return 2;
        }
    }
    if (isSet("list")) {
        for (const Mistake *mistake : chosen(names))
            out() << mistake->name << ": " << mistake->sentence << Qt::endl;
        return 0;
    }
    Campaign campaign;
    campaign.jobs = int(number("jobs", 1));
    campaign.starts = std::max<quint64>(1, number("starts", campaign.starts));
    campaign.worlds = number("worlds", campaign.worlds);
    RecordedSeeds seeds(QStringLiteral(PARLEY_RECORDED_SEEDS));
    if (isSet("recorded"))
        return runRecorded(campaign.jobs, names, seeds);
    if (isSet("record")) {
        campaign.start = number("start", 1);
        return record(campaign, names, seeds);
    }
    campaign.start = number("start", QRandomGenerator::system()->generate64() >> 20);
    return runCampaign(campaign, names, parser.value(QStringLiteral("report")),
        parser.value(QStringLiteral("ledger")));
}
