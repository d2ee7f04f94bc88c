// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/config.h"
#include "server/config/configkeys.h"
#include "shared/assert.h"
#include "tests/fuzz/targets.h"

namespace parley {
namespace {

const QString fileName = QStringLiteral("parleyd.toml");

qint64 numberOf(const ConfigKey &key)
{
    if (const auto *target = std::get_if<qint64 *>(&key.target))
        return **target;
    if (const auto *target = std::get_if<quint32 *>(&key.target))
        return **target;
    return key.least;
}

QByteArray valueOf(const ConfigKey &key)
{
    if (std::holds_alternative<QString *>(key.target))
        return "\"some text\"";
    if (std::holds_alternative<QStringList *>(key.target))
        return "[\"a\", \"b\"]";
    if (std::holds_alternative<bool *>(key.target))
        return "true";
    return QByteArray::number(key.least);
}

} // namespace

/// Either every value is within its bounds, or the message says where the fault is.
void runConfiguration(QByteArrayView input)
{
    auto parsed = Config::parse(input.toByteArray(), fileName, {});
    if (!parsed) {
        PARLEY_ASSERT(parsed.error().text.startsWith(fileName));
        return;
    }
    for (const ConfigKey &key : keysOf(*parsed)) {
        const qint64 number = numberOf(key);
        PARLEY_ASSERT(number >= key.least && number <= std::max(key.least, key.most));
    }
    (void)parsed->check();
}

std::vector<QByteArray> configurationSeeds()
{
    Config config;
    QByteArray whole;
    std::vector<QByteArray> seeds;
    QByteArray section;
    for (const ConfigKey &key : keysOf(config)) {
        const QByteArray head = QByteArray("[") + key.section + "]\n";
        const QByteArray line = key.key + (" = " + valueOf(key)) + "\n";
        if (section != head)
            whole += head;
        section = head;
        whole += line;
        seeds.push_back(head + line);
    }
    seeds.push_back(whole);
    seeds.push_back("# nothing\n");
    return seeds;
}

} // namespace parley
