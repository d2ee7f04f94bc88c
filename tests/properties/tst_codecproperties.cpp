// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "shared/codec/json.h"
#include "shared/codec/numbers.h"
#include "shared/protocol/frame.h"
#include "shared/protocol/text.h"
#include "tests/properties/property.h"

#include <QtCore/QCborValue>
#include <QtCore/QJsonDocument>

using namespace parley;

/// Every type of the protocol, found by the lists: what is written is what is read.
class tst_CodecProperties : public QObject {
    Q_OBJECT

private slots:
    void carriesEveryValueAsCbor();
    void carriesEveryValueAsJson();
    void carriesEveryFrame();
    void skipsFieldsThatItDoesNotKnow();
    void readsFieldsInAnyOrder();
    void neverReadsPartOfAValue();
    void agreesWithAnotherReaderOnWhatIsCbor();
};

namespace {

constexpr int steeringBytes = 900;

/// All types that stand by themselves: commands, replies, events, and what is stored as payload.
template <typename Visitor>
void forEachType(Visitor &&visit)
{
    Commands::forEach([&]<typename T>() {
        visit.template operator()<T>();
        visit.template operator()<typename T::Reply>();
    });
    Events::forEach([&]<typename T>() { visit.template operator()<T>(); });
    visit.template operator()<Row>();
    visit.template operator()<Entry>();
    visit.template operator()<Operation>();
    visit.template operator()<Refusal>();
    visit.template operator()<TextBody>();
}

/// Lists and texts over a limit are refused, and no part of this.
template <typename T>
bool isWithinLimits(const T &value)
{
    return bool(fromCbor<T>(toCbor(value)));
}

/// As a part of a frame, numbers have a range too.
template <typename T>
bool isAccepted(const T &value)
{
    return isWithinLimits(value) && numbersFit(value);
}

struct Pairs {
    std::vector<std::pair<QByteArray, QByteArray>> all;

    QByteArray map() const
    {
        CborWriter writer;
        writer.startMap(all.size());
        QByteArray bytes = writer.take();
        for (const auto &[key, value] : all)
            bytes += toCbor(QString::fromLatin1(key)) + value;
        return bytes;
    }
};

template <typename T>
Pairs pairsOf(const T &value)
{
    Pairs pairs;
    forEachField<T>([&](const auto &f) {
        if (!isAbsent(value.*f.member))
            pairs.all.emplace_back(f.key, toCbor(value.*f.member));
    });
    return pairs;
}

int depthOf(const QCborValue &value)
{
    if (value.isTag())
        return 1 + depthOf(value.taggedValue());
    int deepest = -1;
    for (const QCborValue &item : value.toArray())
        deepest = std::max(deepest, depthOf(item));
    for (const auto &[key, item] : value.toMap())
        deepest = std::max({deepest, depthOf(key), depthOf(item)});
    return 1 + deepest;
}

} // namespace

void tst_CodecProperties::carriesEveryValueAsCbor()
{
    forEachType([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            const QByteArray bytes = toCbor(value);
            const auto read = fromCbor<T>(bytes);
            if (!read) {
                RC_ASSERT(read.error().code == ErrorCode::TooLarge
                    || read.error().code == ErrorCode::Malformed);
                return;
            }
            RC_ASSERT(*read == value);
            RC_ASSERT(toCbor(*read) == bytes);
        });
    });
}

void tst_CodecProperties::carriesEveryValueAsJson()
{
    forEachType([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            const QByteArray text =
                QJsonDocument(QJsonObject{{QStringLiteral("v"), toJson(value)}}).toJson();
            const auto read = fromJson<T>(QJsonDocument::fromJson(text).object().value(u"v"));
            // Both codecs have the same limits.
            RC_ASSERT(bool(read) == isWithinLimits(value));
            if (read)
                RC_ASSERT(*read == value);
        });
    });
}

void tst_CodecProperties::carriesEveryFrame()
{
    Commands::forEach([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            const auto request = *rc::gen::inRange<quint32>(1, 0xFFFFFFFF);
            const auto decoded = decodeCommand(encodeCommand(request, value));
            const auto *frame = std::get_if<ClientFrame>(&decoded);
            RC_ASSERT((frame != nullptr) == isAccepted(value));
            if (frame)
                RC_ASSERT(frame->request == request && std::get<T>(frame->command) == value);
            else
                RC_ASSERT(std::get<FrameError>(decoded).request == request);
        });
    });
    Events::forEach([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            const auto frame = decodeServerFrame(encodeEvent(value));
            RC_ASSERT(bool(frame) == isAccepted(value));
            if (frame)
                RC_ASSERT(std::get<T>(std::get<Event>(*frame)) == value);
        });
    });
}

void tst_CodecProperties::skipsFieldsThatItDoesNotKnow()
{
    forEachType([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            RC_PRE(isWithinLimits(value));
            Pairs pairs = pairsOf(value);
            const Row stranger = valueOf<Row>(*steering(200));
            const auto place = *rc::gen::inRange<size_t>(0, pairs.all.size() + 1);
            pairs.all.insert(pairs.all.begin() + std::ptrdiff_t(place),
                {"zz-" + QByteArray::number(int(place)), toCbor(stranger)});
            const auto read = fromCbor<T>(pairs.map());
            RC_ASSERT(read && *read == value);
        });
    });
}

void tst_CodecProperties::readsFieldsInAnyOrder()
{
    forEachType([]<typename T>() {
        holds(T::name, [] {
            const T value = valueOf<T>(*steering(steeringBytes));
            RC_PRE(isWithinLimits(value));
            Pairs pairs = pairsOf(value);
            for (size_t i = pairs.all.size(); i > 1; --i)
                std::swap(pairs.all[i - 1], pairs.all[*rc::gen::inRange<size_t>(0, i)]);
            const auto read = fromCbor<T>(pairs.map());
            RC_ASSERT(read && *read == value);
        });
    });
}

void tst_CodecProperties::neverReadsPartOfAValue()
{
    forEachType([]<typename T>() {
        holds(T::name, [] {
            const QByteArray bytes = toCbor(valueOf<T>(*steering(200)));
            const auto size = *rc::gen::inRange<qsizetype>(0, bytes.size());
            RC_ASSERT(!fromCbor<T>(bytes.left(size)));
            RC_ASSERT(!fromCbor<T>(bytes + '\0'));
        });
    });
}

// Qt's reader takes more: indefinite lengths, deeper nesting. What it writes again as it was has
// neither of them, nor heads that are longer than needed.
void tst_CodecProperties::agreesWithAnotherReaderOnWhatIsCbor()
{
    holds(
        "skip",
        [] {
            QByteArray bytes = toCbor(valueOf<Entry>(*steering(200)));
            const auto changes = *rc::gen::inRange<int>(0, 4);
            for (int i = 0; i < changes; ++i)
                bytes[*rc::gen::inRange<qsizetype>(0, bytes.size())] = *rc::gen::arbitrary<char>();
            CborReader ours(bytes);
            const bool isTaken = ours.skip() && ours.atEnd();
            QCborParserError fault;
            const QCborValue theirs = QCborValue::fromCbor(bytes, &fault);
            const bool isTheirs =
                fault.error == QCborError::NoError && fault.offset == bytes.size();
            RC_CLASSIFY(isTaken);
            if (isTaken)
                RC_ASSERT(isTheirs);
            else if (isTheirs)
                RC_ASSERT(theirs.toCbor() != bytes || depthOf(theirs) > limits::depth + 1);
        },
        2'000);
}

QTEST_APPLESS_MAIN(tst_CodecProperties)
#include "tst_codecproperties.moc"
