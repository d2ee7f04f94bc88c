// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "client/app/screenworld.h"
#include "client/composer/typingnotice.h"
#include "client/core/values.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQmlIntegration/qqmlintegration.h>

namespace parley {

class TimelineModel;
struct PreparedRow;
struct TimelineLine;

/// What a person writes in one chat: the text, the message that it answers or changes, the draft.
/// Never loses text: what could not be stored comes back. Owned by Chat.
class Composer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Chat has it")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(Mode mode READ mode NOTIFY modeChanged)
    Q_PROPERTY(QString targetId READ targetId NOTIFY modeChanged)
    Q_PROPERTY(QString targetSender READ targetSender NOTIFY targetChanged)
    Q_PROPERTY(QString targetText READ targetText NOTIFY targetChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY canSendChanged)
    Q_PROPERTY(int limitBytes READ limitBytes CONSTANT)
    Q_PROPERTY(bool tooLong READ isTooLong NOTIFY canSendChanged)
public:
    enum Mode { Write, Reply, Edit };
    Q_ENUM(Mode)

    /// What a text may hold in UTF-8; the payload around it takes the rest.
    static constexpr int textLimitBytes = limits::payloadBytes - 64;
    static constexpr int draftMs = 500;

    Composer(ScreenWorld &world, const TimelineModel &timeline, QObject *parent = nullptr);
    ~Composer() override;

    QString text() const { return m_text; }
    void setText(const QString &text);
    Mode mode() const { return m_mode; }
    QString targetId() const;
    QString targetSender() const;
    QString targetText() const;
    bool canSend() const;
    int limitBytes() const { return textLimitBytes; }
    bool isTooLong() const { return m_sizeBytes > textLimitBytes; }

    Q_INVOKABLE void send();
    Q_INVOKABLE void replyTo(const QString &messageId);
    Q_INVOKABLE void edit(const QString &messageId);
    Q_INVOKABLE void editLast();
    Q_INVOKABLE void cancelMode();
    /// A key was pressed in the field.
    Q_INVOKABLE void typed();

    void setCanWrite(bool canWrite);
    /// The draft goes to the disk now.
    void flush();
    /// `flush`, and nobody types here any more.
    void leave();
    /// Rows of this chat arrived: what was sent is stored, and the target may be known now.
    void apply(const std::vector<PreparedRow> &rows);
    /// Something was refused before it was stored.
    void receiveRefusal();

signals:
    void textChanged();
    void modeChanged();
    void targetChanged();
    void canSendChanged();
    void sent();
    /// The last text could not be stored and is in the field again.
    void returned();

private:
    struct Unstored {
        QByteArray payload;
        Draft draft;
    };
    void receiveDraft(quint64 ticket, const ChatId &chat, const Draft &draft);
    void setMode(Mode mode, const std::optional<MessageId> &target);
    void put(const QString &text);
    void adopt(const Draft &draft);
    const TimelineLine *target() const;
    Draft draft() const;
    void keepDraft();
    void tellTyping(TypingNotice::Tell tell);

    ScreenWorld &m_world;
    const TimelineModel &m_timeline;
    ChatId m_chat;
    QString m_text;
    qsizetype m_sizeBytes = 0;
    Mode m_mode = Write;
    std::optional<MessageId> m_target;
    QString m_original; ///< Edit: what the message says now
    Draft m_before; ///< Edit: what comes back when it is cancelled
    bool m_canWrite = true;
    bool m_touched = false; ///< the kept draft came too late to be shown
    quint64 m_draftTicket = 0;
    std::optional<Draft> m_kept;
    std::vector<Unstored> m_unstored;
    TypingNotice m_typing;
    QTimer m_draftTimer;
    QTimer m_typingTimer;
};

} // namespace parley
