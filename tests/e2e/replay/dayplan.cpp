// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/e2e/replay/dayplan.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <algorithm>

namespace parley {

using namespace Qt::StringLiterals;

namespace {

/// Below this the pair says every n-th of its lines to each other as well.
constexpr int directLinesLeast = 10;
constexpr int directEvery = 4;
constexpr qsizetype userNameCharacters = 24; // room for a number

class Planner {
public:
    DayPlan plan;

    void take(qsizetype number, const IrcLine &line, const std::map<qsizetype, qsizetype> &replies)
    {
        if (line.kind == IrcKind::NickChange)
            rename(number, line);
        else if (line.isSaid())
            say(number, line, replies);
    }
    void choosePair();

private:
    QHash<QString, int> m_people; // by every nick that they had
    QSet<QString> m_userNames; // folded
    QSet<qsizetype> m_said;

    int personOf(const QString &nick);
    QString freeUserName(const QString &nick);
    void rename(qsizetype number, const IrcLine &line);
    void say(qsizetype number, const IrcLine &line, const std::map<qsizetype, qsizetype> &replies);
    void findAddressed(PlannedStep &step) const;
    void markDirectLines();
};

QString Planner::freeUserName(const QString &nick)
{
    QString name;
    for (const QChar character : nick) {
        const bool isLetter = character.unicode() < 128 && character.isLetterOrNumber();
        const bool isMark = character == u'.' || character == u'_' || character == u'-';
        if (isLetter || (isMark && !name.isEmpty()))
            name += character;
    }
    name.truncate(userNameCharacters);
    if (name.size() < 2)
        name += u"user"_s;
    QString free = name;
    for (int number = 2; m_userNames.contains(free.toCaseFolded()); ++number)
        free = u"%1-%2"_s.arg(name).arg(number);
    m_userNames.insert(free.toCaseFolded());
    return free;
}

int Planner::personOf(const QString &nick)
{
    const auto known = m_people.constFind(nick);
    if (known != m_people.constEnd())
        return *known;
    const auto person = static_cast<int>(plan.people.size());
    plan.people.push_back({freeUserName(nick), nick});
    m_people.insert(nick, person);
    return person;
}

void Planner::rename(qsizetype number, const IrcLine &line)
{
    const auto who = m_people.constFind(line.nick);
    const auto taken = m_people.constFind(line.text);
    const bool isTaken =
        taken != m_people.constEnd() && who != m_people.constEnd() && *taken != *who;
    if (who == m_people.constEnd() || isTaken || line.text.isEmpty()) {
        ++plan.silentNickChanges;
        return;
    }
    PlannedStep step;
    step.line = number;
    step.minute = line.minute;
    step.person = *who;
    step.newName = line.text;
    m_people.insert(line.text, *who);
    plan.steps.push_back(std::move(step));
}

void Planner::say(
    qsizetype number, const IrcLine &line, const std::map<qsizetype, qsizetype> &replies)
{
    PlannedStep step;
    step.line = number;
    step.minute = line.minute;
    step.person = personOf(line.nick);
    step.text = line.text;
    step.isAction = line.kind == IrcKind::Action;
    if (const auto link = replies.find(number); link != replies.end()) {
        if (m_said.contains(link->second))
            step.repliesTo = link->second;
        else
            ++plan.droppedReplies;
    }
    findAddressed(step);
    m_said.insert(number);
    plan.steps.push_back(std::move(step));
}

// "nick: text" or "nick, text".
void Planner::findAddressed(PlannedStep &step) const
{
    const auto end = step.text.indexOf(QRegularExpression(u"[:,]"_s));
    if (end <= 0)
        return;
    const auto who = m_people.constFind(step.text.left(end));
    if (who == m_people.constEnd() || *who == step.person)
        return;
    step.addressed = *who;
    step.addressLength = end;
}

// Those two who spoke most to each other, counted by the one who spoke less.
void Planner::choosePair()
{
    std::map<std::pair<int, int>, int> spoken;
    for (const auto &step : plan.steps)
        if (step.addressed)
            ++spoken[{step.person, *step.addressed}];
    int best = -1;
    plan.first = 0;
    plan.second = 1;
    for (const auto &[who, count] : spoken) {
        const auto back = spoken.find({who.second, who.first});
        const int both = back == spoken.end() ? 0 : std::min(count, back->second);
        if (both <= best)
            continue;
        best = both;
        plan.first = who.first;
        plan.second = who.second;
    }
    markDirectLines();
}

void Planner::markDirectLines()
{
    int marked = 0;
    const auto isOfPair = [this](
                              int person) { return person == plan.first || person == plan.second; };
    for (auto &step : plan.steps) {
        step.isAlsoDirect = step.addressed && isOfPair(step.person) && isOfPair(*step.addressed);
        marked += step.isAlsoDirect ? 1 : 0;
    }
    if (marked >= directLinesLeast)
        return;
    int count = 0;
    for (auto &step : plan.steps)
        if (!step.newName && isOfPair(step.person) && count++ % directEvery == 0)
            step.isAlsoDirect = true;
}

} // namespace

Result<DayPlan> planDay(
    const std::vector<IrcLine> &lines, const std::map<qsizetype, qsizetype> &replies)
{
    Planner planner;
    for (size_t number = 0; number < lines.size(); ++number)
        planner.take(static_cast<qsizetype>(number), lines[number], replies);
    if (planner.plan.people.size() < 2)
        return Error(ErrorCode::NotFound, u"nobody talks to anybody on this day"_s);
    planner.choosePair();
    return std::move(planner.plan);
}

} // namespace parley
