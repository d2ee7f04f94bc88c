// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/sqlite/sqlscript.h"

using namespace Qt::StringLiterals;

namespace parley {

namespace {

class ScriptReader {
public:
    explicit ScriptReader(QStringView script)
        : m_script(script)
    {
    }

    QStringList read()
    {
        while (m_at < m_script.size())
            next();
        endStatement();
        return m_statements;
    }

private:
    void next()
    {
        const QStringView rest = m_script.sliced(m_at);
        const QChar c = rest.front();
        if (rest.startsWith("--"_L1)) {
            skipTo("\n"_L1);
        } else if (rest.startsWith("/*"_L1)) {
            skipTo("*/"_L1);
        } else if (c == u'\'' || c == u'"' || c == u'`') {
            take(quotedLength(rest, c));
        } else if (c.isLetter() || c == u'_') {
            takeWord(rest);
        } else if (c == u';' && m_depth == 0) {
            ++m_at;
            endStatement();
        } else {
            take(1);
        }
    }

    void skipTo(QLatin1String end)
    {
        const qsizetype found = m_script.indexOf(end, m_at);
        m_at = found < 0 ? m_script.size() : found + end.size();
        m_current += u' ';
    }

    static qsizetype quotedLength(QStringView rest, QChar quote)
    {
        const qsizetype end = rest.indexOf(quote, 1);
        return end < 0 ? rest.size() : end + 1; // a doubled quote is two quoted parts in a row
    }

    void takeWord(QStringView rest)
    {
        qsizetype length = 1;
        while (length < rest.size() && (rest[length].isLetterOrNumber() || rest[length] == u'_'))
            ++length;
        const QStringView word = rest.first(length);
        if (word.compare("TRIGGER"_L1, Qt::CaseInsensitive) == 0)
            m_isTrigger = m_current.startsWith("CREATE"_L1, Qt::CaseInsensitive);
        if (m_isTrigger) {
            if (word.compare("BEGIN"_L1, Qt::CaseInsensitive) == 0
                || word.compare("CASE"_L1, Qt::CaseInsensitive) == 0)
                ++m_depth;
            else if (word.compare("END"_L1, Qt::CaseInsensitive) == 0)
                --m_depth;
        }
        take(length);
    }

    void take(qsizetype length)
    {
        const QStringView taken = m_script.sliced(m_at, length);
        if (!m_current.isEmpty() || !taken.front().isSpace())
            m_current += taken;
        m_at += length;
    }

    void endStatement()
    {
        if (const QString statement = m_current.trimmed(); !statement.isEmpty())
            m_statements += statement;
        m_current.clear();
        m_isTrigger = false;
        m_depth = 0;
    }

    QStringView m_script;
    qsizetype m_at = 0;
    QString m_current;
    bool m_isTrigger = false;
    int m_depth = 0;
    QStringList m_statements;
};

} // namespace

QStringList splitScript(QStringView script)
{
    return ScriptReader(script).read();
}

} // namespace parley
