// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
// The library asserts, and in release builds assumes, what malformed text makes untrue; its own
// error follows a few lines on. Without NDEBUG it looks at TOML_ASSERT.
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)

#include "server/config/tomlfile.h"

#if defined(__GNUC__)
// The library is a header: its warnings are not ours.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#include <toml++/toml.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace parley {
namespace {

using namespace Qt::StringLiterals;

QString fromToml(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString placeOf(const QString &path, const toml::source_region &where, const QString &name)
{
    const QString line = path + u':' + QString::number(where.begin.line);
    return name.isEmpty() ? line : line + u": "_s + name;
}

Error wrongAt(
    const QString &path, const toml::source_region &where, const QString &name, const QString &what)
{
    return Error(ErrorCode::Malformed, placeOf(path, where, name) + u": "_s + what);
}

Status setList(const toml::node &value, QStringList &list)
{
    const toml::array *array = value.as_array();
    if (!array)
        return Error(ErrorCode::Malformed, u"must be a list of texts"_s);
    list.clear();
    for (const toml::node &item : *array) {
        const auto text = item.value_exact<std::string_view>();
        if (!text)
            return Error(ErrorCode::Malformed, u"must be a list of texts"_s);
        list.append(fromToml(*text));
    }
    return Done{};
}

Status setValue(const ConfigKey &key, const toml::node &value)
{
    if (auto *const *list = std::get_if<QStringList *>(&key.target))
        return setList(value, **list);
    if (auto *const *string = std::get_if<QString *>(&key.target)) {
        const auto text = value.value_exact<std::string_view>();
        if (!text)
            return Error(ErrorCode::Malformed, u"must be a text in quotes"_s);
        **string = fromToml(*text);
        return Done{};
    }
    if (auto *const *flag = std::get_if<bool *>(&key.target)) {
        const auto boolean = value.value_exact<bool>();
        if (!boolean)
            return Error(ErrorCode::Malformed, u"must be true or false"_s);
        **flag = *boolean;
        return Done{};
    }
    const auto number = value.value_exact<int64_t>();
    if (!number)
        return Error(ErrorCode::Malformed, u"must be a whole number"_s);
    return key.setNumber(*number);
}

Status readSection(const QString &path, const QString &section, const toml::table &table,
    const std::vector<ConfigKey> &keys, QMap<QString, QString> &places)
{
    for (const auto &[tomlKey, value] : table) {
        const QString name = section + u'.' + fromToml(tomlKey.str());
        const auto key = std::find_if(
            keys.begin(), keys.end(), [&](const ConfigKey &each) { return each.name() == name; });
        if (key == keys.end())
            return wrongAt(path, tomlKey.source(), name, u"there is no such setting"_s);
        if (const auto done = setValue(*key, value); !done)
            return wrongAt(path, tomlKey.source(), name, done.error().text);
        places.insert(name, placeOf(path, tomlKey.source(), name));
    }
    return Done{};
}

} // namespace

Status readToml(const QByteArray &toml, const QString &path, const std::vector<ConfigKey> &keys,
    QMap<QString, QString> &places)
{
    const std::string_view text(toml.constData(), size_t(toml.size()));
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed)
        return wrongAt(path, parsed.error().source(), {}, fromToml(parsed.error().description()));
    for (const auto &[tomlKey, value] : parsed.table()) {
        const QString section = fromToml(tomlKey.str());
        const bool isKnown = std::any_of(keys.begin(), keys.end(),
            [&](const ConfigKey &each) { return section == QLatin1String(each.section); });
        if (!isKnown)
            return wrongAt(path, tomlKey.source(), section, u"there is no such section"_s);
        const toml::table *table = value.as_table();
        if (!table)
            return wrongAt(path, tomlKey.source(), section,
                u"is a section: write [%1] above its settings"_s.arg(section));
        if (const auto done = readSection(path, section, *table, keys, places); !done)
            return done;
    }
    return Done{};
}

} // namespace parley
