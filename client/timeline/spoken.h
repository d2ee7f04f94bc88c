// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/core/values.h"
#include "client/timeline/reactionchip.h"

#include <QtCore/QString>

/// What assistive technology says for a row: the only sentences that C++ makes out of facts.
namespace parley::spoken {

struct MessageFacts {
    QString sender;
    QString text;
    QString time;
    QString quoteSender; ///< empty when it answers nothing
    bool isReply = false;
    bool isEdited = false;
    bool isDeleted = false;
    bool isUnreadable = false;
    Delivery delivery = Delivery::None;
    std::vector<ReactionChip> reactions;
};
QString message(const MessageFacts &facts);

struct SystemFacts {
    Kind kind = Kind::Create;
    QString actor;
    QString subject;
    QString title;
    QString time;
};
QString system(const SystemFacts &facts);

struct ChatFacts {
    QString title;
    qint64 unread = 0;
    QString sender;
    QString preview;
    QString time;
    QString draft;
    bool hasFailed = false;
    bool isMuted = false;
    bool isRequest = false;
    bool isDeleted = false;
};
QString chat(const ChatFacts &facts);

QString delivery(Delivery delivery);

} // namespace parley::spoken
