// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/queryplan.h"

#include "shared/sqlite/database.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

bool canBeExplained(const QString &sql)
{
    static const std::array words{
        "SELECT"_L1, "INSERT"_L1, "UPDATE"_L1, "DELETE"_L1, "REPLACE"_L1, "WITH"_L1};
    const QString text = sql.trimmed();
    return std::any_of(words.begin(), words.end(),
        [&](QLatin1String word) { return text.startsWith(word, Qt::CaseInsensitive); });
}

// Qt wants a value for each, though a plan needs none.
qsizetype placeholders(const QString &sql)
{
    static const QRegularExpression literals(u"'[^']*'"_s);
    return QString(sql).remove(literals).count(u'?');
}

bool isScan(const QString &line, const QStringList &small)
{
    if (!line.startsWith("SCAN "_L1) || line.contains("CONSTANT ROW"_L1))
        return false;
    // What a query within it has found; how that one reads its tables is a line of its own.
    if (line.startsWith("SCAN (subquery"_L1))
        return false;
    // A virtual table's plan ends with the name of its own index: an empty one means every row.
    if (line.contains("VIRTUAL TABLE INDEX"_L1))
        return line.endsWith(u':');
    return !small.contains(line.section(u' ', 1, 1));
}

} // namespace

Result<QStringList> queryPlan(Database &database, const QString &sql)
{
    QStringList lines;
    auto plan = database.statement(u"EXPLAIN QUERY PLAN "_s + sql);
    for (qsizetype i = 0; i < placeholders(sql); ++i)
        plan.bind(nullptr);
    while (true) {
        const auto row = plan.step();
        if (!row)
            return row.error();
        if (!*row)
            return lines;
        lines += plan.text(3);
    }
}

Result<QStringList> fullScans(Database &database, const QStringList &small)
{
    QStringList scans;
    const QStringList texts = database.preparedTexts();
    for (const QString &sql : texts) {
        if (!canBeExplained(sql) || sql.contains("sqlite_schema"_L1))
            continue;
        const auto lines = queryPlan(database, sql);
        if (!lines)
            return lines.error();
        for (const QString &line : *lines) {
            if (isScan(line, small))
                scans += u"%1 <- %2"_s.arg(line, sql);
        }
    }
    return scans;
}

} // namespace parley
