// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "tests/fuzz/hostileframes.h"

#include "shared/protocol/frame.h"

#include <QtCore/QRandomGenerator>

namespace parley {
namespace {

constexpr quint32 mutationSeed = 20261124;
/// Nested values are spoiled down to here: below it the types repeat.
constexpr int spoiledDepth = 3;

/// Of which values spoiled ones are made: every byte that decides is this one.
struct Making {
    const KnownIds &known;
    char steering = 1;
};
constexpr char steerings[] = {1, 3, 5};

enum Major : quint8 {
    Unsigned = 0,
    Negative = 1,
    Bytes = 2,
    Text = 3,
    Array = 4,
    Map = 5,
    Tag = 6
};

/// The head of a CBOR item, by RFC 8949 alone: this file shares no code with the codec.
QByteArray head(Major major, quint64 value)
{
    QByteArray bytes;
    const auto start = quint8(major << 5);
    const auto add = [&](int count) {
        for (int i = count - 1; i >= 0; --i)
            bytes += char(value >> (8 * i));
    };
    if (value < 24) {
        bytes += char(start | quint8(value));
    } else if (value < 0x100) {
        bytes += char(start | 24);
        add(1);
    } else if (value < 0x10000) {
        bytes += char(start | 25);
        add(2);
    } else if (value < 0x100000000) {
        bytes += char(start | 26);
        add(4);
    } else {
        bytes += char(start | 27);
        add(8);
    }
    return bytes;
}

QByteArray text(const QByteArray &utf8)
{
    return head(Text, quint64(utf8.size())) + utf8;
}

QByteArray nested(int depth, char opening)
{
    return QByteArray(depth, opening) + QByteArray(1, '\0');
}

QByteArray number(quint64 value)
{
    return head(Unsigned, value);
}

/// A spoiled value, and the codes that are right for it.
struct Spoiled {
    QByteArray what;
    QByteArray bytes;
    std::set<ErrorCode> codes;
};

const std::set<ErrorCode> malformed{ErrorCode::Malformed};
const std::set<ErrorCode> tooLarge{ErrorCode::TooLarge};
const std::set<ErrorCode> either{ErrorCode::Malformed, ErrorCode::TooLarge};

/// One of every kind of item; those of the right kind are left out by the caller.
const std::vector<std::pair<Major, QByteArray>> &plainItems()
{
    static const std::vector<std::pair<Major, QByteArray>> items{{Unsigned, number(7)},
        {Negative, head(Negative, 7)}, {Bytes, head(Bytes, 2) + "ab"}, {Text, text("ab")},
        {Array, head(Array, 1) + number(1)}, {Map, head(Map, 1) + text("a") + number(1)},
        {Tag, head(Tag, 2) + head(Bytes, 1) + "a"}, {Tag, QByteArray("\xf6")},
        {Tag, QByteArray("\xf7")}, {Tag, QByteArray("\xf4")}, {Tag, QByteArray("\xf9\x3c\x00", 3)},
        {Tag, QByteArray("\xfb\x3f\xf0\0\0\0\0\0\0", 9)}, {Tag, QByteArray("\xf8\x20")}};
    return items;
}

template <typename T>
std::set<Major> majorsOf()
{
    if constexpr (WireStruct<T>)
        return {Map};
    else if constexpr (IsVector<T>::value)
        return {Array};
    else if constexpr (IsOptional<T>::value)
        return majorsOf<typename T::value_type>();
    else if constexpr (std::same_as<T, QString>)
        return {Text};
    else if constexpr (IsId<T>::value || std::same_as<T, QByteArray>)
        return {Bytes};
    else if constexpr (std::same_as<T, bool>)
        return {};
    else if constexpr (std::is_enum_v<T> || std::unsigned_integral<T>)
        return {Unsigned};
    else
        return {Unsigned, Negative};
}

template <typename T>
void spoilString(std::vector<Spoiled> &found, quint64 most)
{
    constexpr Major major = std::same_as<T, QString> ? Text : Bytes;
    const auto cut = QByteArray(int(std::min<quint64>(most + 1, 70'000)), 'x');
    found.push_back({"one past the limit", head(major, quint64(cut.size())) + cut, tooLarge});
    found.push_back({"of indefinite length",
        QByteArray(1, char(major << 5 | 31)) + head(major, 2) + "ab" + "\xff", malformed});
    for (const quint64 length :
        {quint64(most + 1), quint64(1) << 31, quint64(1) << 32, quint64(1) << 63, ~quint64(0)})
        found.push_back({"of a huge length", head(major, length) + "ab", either});
    if constexpr (std::same_as<T, QString>) {
        for (const char *bad :
            {"\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"})
            found.push_back({"not UTF-8", text(bad), malformed});
    }
}

template <typename T>
void spoilNumber(std::vector<Spoiled> &found)
{
    using Limits = std::numeric_limits<T>;
    found.push_back({"past the type",
        number(quint64(Limits::max()) + (sizeof(T) < 8 ? 1 : 0)
            + (std::signed_integral<T> && sizeof(T) == 8 ? 1 : 0)),
        either});
    if constexpr (std::same_as<T, qint64>) {
        found.push_back({"past the range", number((quint64(1) << 53) + 1), malformed});
        found.push_back({"negative", head(Negative, 0), malformed});
    }
    if constexpr (std::unsigned_integral<T>)
        found.push_back({"below nothing", head(Negative, 0), malformed});
    else
        found.push_back(
            {"past the type below", head(Negative, quint64(Limits::max()) + 1), either});
    found.push_back({"a number that is cut", QByteArray("\x1b\x01", 2), either});
    found.push_back({"a reserved number", QByteArray("\x1c", 1), malformed});
}

template <typename T>
std::vector<Spoiled> spoiledStruct(const Making &making, int depth);

template <typename T>
std::vector<Spoiled> spoiledValue(qsizetype most, const Making &making, int depth)
{
    std::vector<Spoiled> found;
    if constexpr (IsOptional<T>::value) {
        return spoiledValue<typename T::value_type>(most, making, depth);
    } else {
        for (const auto &[major, bytes] : plainItems()) {
            const bool isBool = std::same_as<T, bool> && bytes == "\xf4";
            if (!majorsOf<T>().contains(major) && !isBool)
                found.push_back({"of a wrong type", bytes, malformed});
        }
        found.push_back({"nothing", {}, malformed});
        found.push_back({"a break", "\xff", malformed});
        if constexpr (WireStruct<T>) {
            if (depth < spoiledDepth) {
                for (Spoiled &inner : spoiledStruct<T>(making, depth))
                    found.push_back(std::move(inner));
            }
        } else if constexpr (IsVector<T>::value) {
            const auto count = quint64(most < 0 ? limits::arrayItems : most);
            found.push_back({"one item too many", head(Array, count + 1), either});
            for (const quint64 length : {quint64(1) << 32, quint64(1) << 63, ~quint64(0)})
                found.push_back({"a list of a huge length", head(Array, length), either});
            found.push_back({"a list without end", "\x9f\xff", malformed});
            found.push_back(
                {"a list that is cut", head(Array, std::min<quint64>(count, 2)), either});
            for (Spoiled &inner : spoiledValue<typename T::value_type>(-1, making, depth + 1))
                found.push_back(
                    {"an item " + inner.what, head(Array, 1) + inner.bytes, inner.codes});
        } else if constexpr (IsId<T>::value) {
            for (const int size : {0, 1, 15, 17, 32})
                found.push_back({"an id of another size",
                    head(Bytes, quint64(size)) + QByteArray(size, 'i'), either});
        } else if constexpr (std::same_as<T, QString>) {
            spoilString<T>(found, quint64(most < 0 ? limits::textBytes : most));
        } else if constexpr (std::same_as<T, QByteArray>) {
            spoilString<T>(found, quint64(most < 0 ? 1024 : most));
        } else if constexpr (std::is_enum_v<T>) {
            spoilNumber<std::underlying_type_t<T>>(found);
        } else if constexpr (!std::same_as<T, bool>) {
            spoilNumber<T>(found);
        }
        return found;
    }
}

/// A struct in pieces, every field there.
struct Pieces {
    std::vector<std::pair<QByteArray, QByteArray>> pairs;

    QByteArray joined(quint64 count, const QByteArray &more = {}) const
    {
        QByteArray bytes = head(Map, count);
        for (const auto &[key, value] : pairs)
            bytes += text(key) + value;
        return bytes + more;
    }
    QByteArray whole() const { return joined(pairs.size()); }
    QByteArray with(size_t index, const QByteArray &value) const
    {
        Pieces changed = *this;
        changed.pairs[index].second = value;
        return changed.whole();
    }
};

/// A value that is right: of the definitions' own lists, with known ids.
template <typename T>
T goodValue(const Making &making)
{
    const QByteArray bytes(200, making.steering);
    Feed feed(bytes);
    return filled<T>(feed, making.known);
}

template <typename T>
Pieces piecesOf(const Making &making)
{
    const T value = goodValue<T>(making);
    Pieces pieces;
    forEachField<T>([&](const auto &f) {
        using Value = typename std::remove_cvref_t<decltype(f)>::Value;
        if constexpr (IsOptional<Value>::value) {
            pieces.pairs.emplace_back(
                f.key, toCbor((value.*f.member).value_or(typename Value::value_type())));
        } else {
            pieces.pairs.emplace_back(f.key, toCbor(value.*f.member));
        }
    });
    return pieces;
}

void spoilShape(std::vector<Spoiled> &found, const Pieces &pieces)
{
    const auto count = quint64(pieces.pairs.size());
    const auto extra = [&](const QByteArray &pair) { return pieces.joined(count + 1, pair); };
    found.push_back({"a map without end", "\xbf" + pieces.joined(0).mid(1) + "\xff", malformed});
    found.push_back({"a map of too few pairs", pieces.joined(count + 1), malformed});
    found.push_back({"a map of 65 keys", pieces.joined(65), either});
    found.push_back({"a map of a huge length", pieces.joined(quint64(1) << 63), either});
    found.push_back({"a key that is a number", extra(number(1) + number(1)), malformed});
    found.push_back({"a key of 33 bytes", extra(text(QByteArray(33, 'k')) + number(1)), tooLarge});
    found.push_back({"a key that is not UTF-8", extra(text("\xff") + number(1)), malformed});
    found.push_back({"a key without end", extra("\x7f\x61k\xff" + number(1)), malformed});
    found.push_back({"a key without a value", extra(text("k")), malformed});
    for (const int depth : {10, 20, 1'000, 20'000}) {
        found.push_back({"deep lists", extra(text("k") + nested(depth, '\x81')), either});
        found.push_back({"deep tags", extra(text("k") + nested(depth, '\xc1')), either});
        found.push_back(
            {"deep lists without end", extra(text("k") + QByteArray(depth, '\x9f')), either});
    }
    found.push_back(
        {"an unknown key that is cut", extra(text("k") + head(Text, 100) + "x"), malformed});
}

template <typename T>
std::vector<Spoiled> spoiledStruct(const Making &making, int depth)
{
    const Pieces pieces = piecesOf<T>(making);
    std::vector<Spoiled> found;
    spoilShape(found, pieces);
    size_t index = 0;
    forEachField<T>([&](const auto &f) {
        using F = std::remove_cvref_t<decltype(f)>;
        const QByteArray name = QByteArray(f.key) + ": ";
        const auto &pair = pieces.pairs[index];
        if (!mayBeAbsent<typename F::Value>) {
            Pieces less = pieces;
            less.pairs.erase(less.pairs.begin() + std::ptrdiff_t(index));
            found.push_back({name + "missing", less.whole(), malformed});
        }
        found.push_back({name + "there twice",
            pieces.joined(pieces.pairs.size() + 1, text(pair.first) + pair.second), malformed});
        for (const Spoiled &value : spoiledValue<typename F::Value>(F::most, making, depth + 1))
            found.push_back({name + value.what, pieces.with(index, value.bytes), value.codes});
        ++index;
    });
    return found;
}

QByteArray frame(const QByteArray &type, quint64 request, const QByteArray &body)
{
    return head(Map, 3) + text("type") + text(type) + text("request") + number(request)
        + text("body") + body;
}

/// Spoiled bodies, then the same frame cut at every byte and with bytes behind it.
template <typename T>
void addCommand(std::vector<HostileFrame> &frames, const Making &making)
{
    const QByteArray name = T::name;
    for (const Spoiled &body : spoiledStruct<T>(making, 0)) {
        // A body that is cut or is no value breaks the frame, perhaps before its number is read.
        frames.push_back(
            {name + ": " + body.what, frame(name, hostileRequest, body.bytes), body.codes, false});
    }
    const QByteArray good = frame(name, hostileRequest, piecesOf<T>(making).whole());
    frames.push_back({name + ": bytes behind it", good + '\0', malformed, false});
    const qsizetype numberEnds = frame(name, hostileRequest, {}).size() - text("body").size();
    for (qsizetype size = 0; size < std::min<qsizetype>(good.size(), 160); ++size)
        frames.push_back({name + ": cut", good.left(size), malformed, size < numberEnds});
}

void addFrames(std::vector<HostileFrame> &frames)
{
    const QByteArray body = head(Map, 0);
    const QByteArray type = text("type") + text("devices");
    const QByteArray request = text("request") + number(hostileRequest);
    const auto add = [&](const char *what, const QByteArray &bytes, std::set<ErrorCode> codes) {
        frames.push_back({what, bytes, codes, codes.empty()});
    };
    add("an empty frame", {}, {});
    add("no map", number(1), {});
    add("JSON", "{\"type\":\"devices\",\"request\":77,\"body\":{}}", {});
    add("HTTP", "GET / HTTP/1.1\r\n\r\n", {});
    add("no number", head(Map, 2) + type + text("body") + body, {});
    add("the number 0", frame("devices", 0, body), {});
    add("the number 0 of a bad body", frame("mark", 0, body), {});
    add("a number past its type", frame("devices", quint64(1) << 32, body), {});
    add("an unknown command", frame("teleport", hostileRequest, body), {ErrorCode::Unsupported});
    add("an event's name", frame("sync", hostileRequest, body), {ErrorCode::Unsupported});
    add("an answer's name", frame("ok", hostileRequest, body), {ErrorCode::Unsupported});
    add("no type", head(Map, 2) + request + text("body") + body, malformed);
    add("an empty type", frame("", hostileRequest, body), malformed);
    add("a type of 65 bytes", head(Map, 2) + request + text("type") + text(QByteArray(65, 't')),
        tooLarge);
    add("no body", head(Map, 2) + request + type, malformed);
    add("two types", head(Map, 4) + request + type + type + text("body") + body, malformed);
    add("two numbers", head(Map, 4) + request + request + type + text("body") + body, malformed);
    add("two bodies", head(Map, 4) + request + type + text("body") + body + text("body") + body,
        malformed);
    add("a frame without end", "\xbf" + type + request + text("body") + body + "\xff", {});
    add("a frame past its limit", QByteArray(limits::clientFrameBytes + 1, '\0'), {});
    add("nothing but breaks", QByteArray(100, '\xff'), {});
    add("nothing but lists", QByteArray(200'000, '\x81'), {});
    add("nothing but tags", QByteArray(200'000, '\xc1'), {});
}

/// Good frames with bytes changed, cut, doubled and removed, until there are enough.
void addMutations(std::vector<HostileFrame> &frames, const Making &making)
{
    std::vector<QByteArray> good;
    Commands::forEach(
        [&]<typename T>() { good.push_back(encodeCommand(hostileRequest, goodValue<T>(making))); });
    QRandomGenerator random(mutationSeed);
    for (size_t i = 0; frames.size() < hostileFrameCount; ++i) {
        QByteArray bytes = good[i % good.size()];
        for (int changes = random.bounded(1, 6); changes > 0 && !bytes.isEmpty(); --changes) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(4)) {
            case 0:
                bytes[at] = char(random.bounded(256));
                break;
            case 1:
                bytes.truncate(at);
                break;
            case 2:
                bytes.insert(at, bytes.left(random.bounded(64)));
                break;
            default:
                bytes.remove(at, random.bounded(8));
            }
        }
        frames.push_back({"changed at random", bytes, {}, false});
    }
}

} // namespace

std::vector<HostileFrame> hostileFrames(const KnownIds &known)
{
    std::vector<HostileFrame> frames;
    addFrames(frames);
    for (const char steering : steerings) {
        const Making making{known, steering};
        Commands::forEach([&]<typename T>() { addCommand<T>(frames, making); });
    }
    // Every nth of them when the definitions have grown: what is random stays a tenth at least.
    const size_t most = hostileFrameCount * 9 / 10;
    if (frames.size() > most) {
        std::vector<HostileFrame> kept;
        for (size_t i = 0; i < most; ++i)
            kept.push_back(std::move(frames[i * frames.size() / most]));
        frames = std::move(kept);
    }
    addMutations(frames, Making{known});
    return frames;
}

} // namespace parley
