// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/timeline/spoken.h"

#include <QtCore/QCoreApplication>

namespace parley::spoken {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("spoken", text);
}

void add(QStringList &parts, const QString &part)
{
    if (!part.isEmpty())
        parts.append(part);
}

QString joined(const QStringList &parts)
{
    QString sentence;
    for (const auto &part : parts) {
        if (!sentence.isEmpty())
            sentence += u' ';
        sentence += part;
        if (!part.endsWith(u'.') && !part.endsWith(u'…') && !part.endsWith(u'?'))
            sentence += u'.';
    }
    return sentence;
}

QString reactions(const std::vector<ReactionChip> &chips)
{
    if (chips.empty())
        return {};
    int total = 0;
    QStringList kinds;
    for (const auto &chip : chips) {
        total += chip.count;
        kinds.append(QStringLiteral("%1 %2").arg(chip.emoji).arg(chip.count));
    }
    const auto all = kinds.join(QStringLiteral(", "));
    return total == 1 ? tr("1 reaction: %1").arg(all) : tr("%1 reactions: %2").arg(total).arg(all);
}

} // namespace

QString delivery(Delivery delivery)
{
    switch (delivery) {
    case Delivery::Sending:
        return tr("sending");
    case Delivery::Sent:
        return tr("sent");
    case Delivery::Delivered:
        return tr("delivered");
    case Delivery::Read:
        return tr("read");
    case Delivery::Failed:
        return tr("not sent");
    case Delivery::None:
        break;
    }
    return {};
}

QString message(const MessageFacts &facts)
{
    QStringList parts;
    add(parts, facts.sender);
    if (facts.isReply)
        add(parts,
            facts.quoteSender.isEmpty() ? tr("reply") : tr("reply to %1").arg(facts.quoteSender));
    if (facts.isDeleted)
        add(parts, tr("Message deleted"));
    else if (facts.isUnreadable)
        add(parts, tr("A message that this version cannot show"));
    else
        add(parts, facts.text);
    auto time = facts.time;
    if (facts.isEdited)
        time = tr("%1, edited").arg(time);
    if (facts.delivery != Delivery::None)
        time += QStringLiteral(", ") + delivery(facts.delivery);
    add(parts, time);
    add(parts, reactions(facts.reactions));
    return joined(parts);
}

QString system(const SystemFacts &facts)
{
    QStringList parts;
    switch (facts.kind) {
    case Kind::Create:
        add(parts, tr("%1 started the chat").arg(facts.actor));
        break;
    case Kind::Title:
        add(parts, tr("%1 changed the name to %2").arg(facts.actor, facts.title));
        break;
    case Kind::Add:
        add(parts, tr("%1 added %2").arg(facts.actor, facts.subject));
        break;
    case Kind::Remove:
        add(parts, tr("%1 removed %2").arg(facts.actor, facts.subject));
        break;
    case Kind::Leave:
        add(parts, tr("%1 left").arg(facts.actor));
        break;
    case Kind::SetRole:
        add(parts, tr("%1 changed the role of %2").arg(facts.actor, facts.subject));
        break;
    case Kind::Accept:
        add(parts, tr("%1 accepted").arg(facts.actor));
        break;
    default:
        break;
    }
    add(parts, facts.time);
    return joined(parts);
}

QString chat(const ChatFacts &facts)
{
    QStringList parts;
    add(parts, facts.title);
    if (facts.unread > 0)
        add(parts, tr("%1 unread").arg(facts.unread));
    if (facts.isRequest)
        add(parts, tr("Chat request"));
    if (facts.hasFailed)
        add(parts, tr("Not sent"));
    else if (!facts.draft.isEmpty())
        add(parts, tr("Draft: %1").arg(facts.draft));
    const auto line = facts.isDeleted ? tr("Message deleted") : facts.preview;
    add(parts,
        facts.sender.isEmpty() || line.isEmpty()
            ? line
            : QStringLiteral("%1: %2").arg(facts.sender, line));
    add(parts, facts.time);
    if (facts.isMuted)
        add(parts, tr("Muted"));
    return joined(parts);
}

} // namespace parley::spoken
