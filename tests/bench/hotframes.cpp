// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/bench/hotframes.h"

#include "shared/assert.h"
#include "shared/uuid7.h"

namespace parley::bench {

namespace {

// Numbers that take the longest form, so that any other one can stand in their place.
constexpr RequestNumber anyRequest = 0xF1F2F3F4;
constexpr qint64 anySeq = 0x0011F5F6F7F8F9FA;
constexpr int messageBits = 40;
constexpr size_t randomAt = 8; ///< the 62 random bits of a UUIDv7

template <typename IdType>
IdType anyId(quint8 number)
{
    std::array<quint8, 16> bytes;
    bytes.fill(0xC1); // a break of CBOR: nothing else begins like this
    bytes[1] = number;
    return IdType::fromArray(bytes);
}

std::string stringOf(const QByteArray &bytes)
{
    return std::string(bytes.constData(), static_cast<size_t>(bytes.size()));
}

void put(std::string &bytes, size_t at, quint64 number, size_t size)
{
    for (size_t i = 0; i < size; ++i)
        bytes[at + i] = static_cast<char>(number >> (8 * (size - 1 - i)));
}

size_t placeOf(const std::string &bytes, std::string_view wanted)
{
    const size_t at = bytes.find(wanted);
    PARLEY_ASSERT(at != std::string::npos && bytes.find(wanted, at + 1) == std::string::npos);
    return at;
}

size_t placeOfNumber(const std::string &bytes, quint64 number, size_t size)
{
    std::string wanted(size, '\0');
    put(wanted, 0, number, size);
    return placeOf(bytes, wanted);
}

std::string_view viewOf(QByteArrayView bytes)
{
    return std::string_view(bytes.data(), static_cast<size_t>(bytes.size()));
}

void put(std::string &bytes, size_t at, std::string_view part)
{
    bytes.replace(at, part.size(), part);
}

} // namespace

MessageId MessageNumber::id(qint64 nowMs) const
{
    return Uuid7::compose(
        static_cast<quint64>(nowMs), run, quint64(voice) << messageBits | message);
}

MessageNumber MessageNumber::of(std::string_view id)
{
    PARLEY_ASSERT(id.size() == size_t(MessageId::sizeBytes));
    const auto byte = [&](size_t at) { return quint64(static_cast<quint8>(id[at])); };
    quint64 low = byte(randomAt) & 0x3F;
    for (size_t i = randomAt + 1; i < id.size(); ++i)
        low = low << 8 | byte(i);
    MessageNumber number;
    number.run = static_cast<quint16>((byte(6) & 0x0F) << 8 | byte(7));
    number.voice = static_cast<quint32>(low >> messageBits);
    number.message = low & ((quint64(1) << messageBits) - 1);
    return number;
}

SendTemplate::SendTemplate(const QByteArray &payload, size_t operations)
{
    Send send;
    send.chat = anyId<ChatId>(0xFF);
    for (size_t i = 0; i < operations; ++i) {
        Operation operation;
        operation.id = anyId<MessageId>(static_cast<quint8>(i));
        operation.kind = Kind::Message;
        operation.contentType = ContentType::Text;
        operation.payload = payload;
        send.operations.push_back(operation);
    }
    m_bytes = stringOf(encodeCommand(anyRequest, send));
    m_requestAt = placeOfNumber(m_bytes, anyRequest, sizeof anyRequest);
    m_chatAt = placeOf(m_bytes, viewOf(send.chat.view()));
    for (const Operation &operation : send.operations)
        m_idsAt.push_back(placeOf(m_bytes, viewOf(operation.id.view())));
}

void SendTemplate::append(std::string &out, RequestNumber request, const ChatId &chat,
    const MessageNumber &first, qint64 nowMs) const
{
    const size_t at = out.size();
    out.append(m_bytes);
    put(out, at + m_requestAt, request, sizeof request);
    put(out, at + m_chatAt, viewOf(chat.view()));
    MessageNumber number = first;
    for (const size_t idAt : m_idsAt) {
        put(out, at + idAt, viewOf(number.id(nowMs).view()));
        ++number.message;
    }
}

MarkTemplate::MarkTemplate()
{
    const MarkUp mark{anyId<ChatId>(0xFF), anySeq, 0};
    m_bytes = stringOf(encodeCommand(anyRequest, mark));
    m_requestAt = placeOfNumber(m_bytes, anyRequest, sizeof anyRequest);
    m_chatAt = placeOf(m_bytes, viewOf(mark.chat.view()));
    m_deliveredAt = placeOfNumber(m_bytes, anySeq, sizeof anySeq);
}

void MarkTemplate::append(
    std::string &out, RequestNumber request, const ChatId &chat, qint64 delivered) const
{
    const size_t at = out.size();
    out.append(m_bytes);
    put(out, at + m_requestAt, request, sizeof request);
    put(out, at + m_chatAt, viewOf(chat.view()));
    put(out, at + m_deliveredAt, static_cast<quint64>(delivered), sizeof delivered);
}

Glance glanceAt(std::string_view frame)
{
    Glance glance;
    CborScan scan(frame);
    scan.map([&](std::string_view key) {
        if (key == "type")
            glance.type = scan.text();
        else if (key == "request")
            glance.request = static_cast<RequestNumber>(scan.number());
        else if (key == "body")
            glance.body = scan.raw();
        else
            return false;
        return true;
    });
    glance.isGood = scan.isAtEnd() && !glance.type.empty();
    return glance;
}

EntryGlance readEntry(CborScan &scan)
{
    EntryGlance entry;
    scan.map([&](std::string_view key) {
        if (key == "seq")
            entry.seq = scan.number();
        else if (key == "kind")
            entry.kind = scan.number();
        else if (key == "id")
            entry.id = scan.bytes();
        else if (key == "actor")
            entry.actor = scan.bytes();
        else
            return false;
        return true;
    });
    return entry;
}

MarkGlance readMark(CborScan &scan)
{
    MarkGlance mark;
    scan.map([&](std::string_view key) {
        if (key == "user")
            mark.user = scan.bytes();
        else if (key == "delivered")
            mark.delivered = scan.number();
        else if (key == "read")
            mark.read = scan.number();
        else
            return false;
        return true;
    });
    return mark;
}

std::optional<quint64> readMarkReply(std::string_view body)
{
    quint64 delivered = 0;
    CborScan scan(body);
    scan.map([&](std::string_view key) {
        if (key != "delivered")
            return false;
        delivered = scan.number();
        return true;
    });
    return scan.isAtEnd() ? std::optional(delivered) : std::nullopt;
}

} // namespace parley::bench
