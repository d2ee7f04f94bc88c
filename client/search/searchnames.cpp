// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/search/searchnames.h"

#include "client/app/knownusers.h"
#include "client/chats/chatlistmodel.h"
#include "client/search/searchneedle.h"

#include <QtCore/QCollator>

#include <limits>

using namespace Qt::StringLiterals;

namespace parley {

namespace {

QStringList needlesOf(const QStringList &words)
{
    QStringList needles;
    for (const auto &word : words) {
        const auto bare = word.startsWith(u'@') ? word.mid(1) : word;
        // One letter is a whole word in a message; in a name it is its beginning.
        const auto loose = looseNeedle(bare);
        const auto needle = loose.endsWith(u' ') ? beginningNeedle(bare) : loose;
        if (!needle.isEmpty())
            needles += needle;
    }
    return needles;
}

bool begins(const QString &name, const QStringList &words)
{
    const FoldedText folded(name);
    return std::all_of(words.begin(), words.end(),
        [&](const QString &word) { return folded.text().contains(beginningNeedle(word)); });
}

// Both names are one text for the words, of which one may stand in each.
QString nameOf(const KnownUsers &users, const UserId &user)
{
    const auto *row = users.find(user);
    return row ? users.name(user) + u' ' + row->userName : QString();
}

} // namespace

std::vector<ChatId> chatsNamed(
    const ChatListModel &chats, const KnownUsers &users, const QStringList &words)
{
    const auto needles = needlesOf(words);
    std::vector<ChatId> found;
    std::vector<ChatId> within;
    if (needles.isEmpty())
        return found;
    for (const auto &id : chats.newest(std::numeric_limits<int>::max())) {
        const auto &summary = chats.find(id)->summary;
        const auto name = summary.other ? nameOf(users, *summary.other) : chats.title(summary);
        if (containsAll(FoldedText(name), needles))
            (begins(name, words) ? found : within).push_back(id);
    }
    found.insert(found.end(), within.begin(), within.end());
    return found;
}

std::vector<UserId> usersNamed(const KnownUsers &users, const QStringList &words)
{
    if (words.size() == 1 && words.front().compare("me"_L1, Qt::CaseInsensitive) == 0)
        return {users.self()};
    const auto needles = needlesOf(words);
    std::vector<std::pair<QString, UserId>> named;
    if (needles.isEmpty())
        return {};
    for (const auto &user : users.known()) {
        const auto name = nameOf(users, user);
        if (containsAll(FoldedText(name), needles))
            named.emplace_back(name, user);
    }
    QCollator collator;
    std::sort(named.begin(), named.end(), [&](const auto &one, const auto &other) {
        const int order = collator.compare(one.first, other.first);
        return order != 0 ? order < 0 : one.second < other.second;
    });
    std::vector<UserId> found;
    for (const auto &[name, user] : named)
        found.push_back(user);
    return found;
}

} // namespace parley
