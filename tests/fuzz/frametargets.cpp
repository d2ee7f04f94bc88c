// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// Frames as bytes, both ways: what is decoded and encoded again says the same.
#include "shared/assert.h"
#include "shared/protocol/frame.h"
#include "tests/fuzz/targets.h"
#include "tests/shared/protocol/sample.h"

namespace parley {
namespace {

constexpr quint32 sampleSeeds[] = {3, 40};

/// A body of any reply, read as every reply there is.
void readAsEveryReply(const QByteArray &body)
{
    Commands::forEach([&]<typename T>() {
        const auto reply = fromCbor<typename T::Reply>(body);
        if (!reply)
            return;
        const auto again = fromCbor<typename T::Reply>(toCbor(*reply));
        PARLEY_ASSERT(again && *again == *reply);
    });
}

void checkAgain(const Event &event)
{
    const auto again = decodeServerFrame(encodeEvent(event));
    PARLEY_ASSERT(again && std::get<Event>(*again) == event);
}

} // namespace

void runClientFrame(QByteArrayView input)
{
    const auto decoded = decodeCommand(input.toByteArray());
    const auto *frame = std::get_if<ClientFrame>(&decoded);
    if (!frame) {
        const Error &error = std::get<FrameError>(decoded).error;
        PARLEY_ASSERT(error.code == ErrorCode::Malformed || error.code == ErrorCode::TooLarge
            || error.code == ErrorCode::Unsupported);
        return;
    }
    const auto again = decodeCommand(encodeCommand(frame->request, frame->command));
    const auto *same = std::get_if<ClientFrame>(&again);
    PARLEY_ASSERT(same && same->request == frame->request && same->command == frame->command);
}

std::vector<QByteArray> clientFrameSeeds()
{
    std::vector<QByteArray> seeds;
    Commands::forEach([&]<typename T>() {
        for (const quint32 seed : sampleSeeds)
            seeds.push_back(encodeCommand(seed, sample<T>(seed)));
        seeds.push_back(encodeCommand(1, T()));
    });
    return seeds;
}

void runServerFrame(QByteArrayView input)
{
    const auto frame = decodeServerFrame(input.toByteArray());
    if (!frame)
        return;
    if (const auto *answer = std::get_if<Answer>(&*frame))
        readAsEveryReply(answer->body);
    else if (const auto *event = std::get_if<Event>(&*frame))
        checkAgain(*event);
    else if (const auto *refused = std::get_if<Refused>(&*frame)) {
        const auto again = decodeServerFrame(encodeRefusal(refused->request, refused->refusal));
        PARLEY_ASSERT(again && std::get<Refused>(*again).refusal == refused->refusal);
    }
}

std::vector<QByteArray> serverFrameSeeds()
{
    std::vector<QByteArray> seeds;
    for (const quint32 seed : sampleSeeds) {
        Events::forEach([&]<typename T>() { seeds.push_back(encodeEvent(sample<T>(seed))); });
        Commands::forEach([&]<typename T>() {
            seeds.push_back(encodeReply(seed, sample<typename T::Reply>(seed)));
        });
        seeds.push_back(encodeRefusal(seed, sample<Refusal>(seed)));
    }
    return seeds;
}

void runJsonFrame(QByteArrayView input)
{
    const QByteArray json = input.toByteArray();
    const auto decoded = commandFromJson(json);
    if (const auto *frame = std::get_if<ClientFrame>(&decoded)) {
        const auto again = commandFromJson(commandToJson(frame->request, frame->command));
        const auto *same = std::get_if<ClientFrame>(&again);
        PARLEY_ASSERT(same && same->command == frame->command);
        // What both ways of writing carry is one value.
        const auto cbor = decodeCommand(encodeCommand(frame->request, frame->command));
        const auto *sameInCbor = std::get_if<ClientFrame>(&cbor);
        PARLEY_ASSERT(sameInCbor && sameInCbor->command == frame->command);
    }
    if (const auto event = eventFromJson(json)) {
        const auto again = eventFromJson(eventToJson(*event));
        PARLEY_ASSERT(again && *again == *event);
        checkAgain(*event);
    }
}

std::vector<QByteArray> jsonFrameSeeds()
{
    std::vector<QByteArray> seeds;
    for (const quint32 seed : sampleSeeds) {
        Commands::forEach(
            [&]<typename T>() { seeds.push_back(commandToJson(seed, sample<T>(seed))); });
        Events::forEach([&]<typename T>() { seeds.push_back(eventToJson(sample<T>(seed))); });
    }
    return seeds;
}

} // namespace parley
