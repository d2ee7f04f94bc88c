// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "server/store/store.h"

#include <deque>

namespace parley {

/// The real store behind it, with outcomes that a test chooses: what a distributed engine, a full
/// disk or a second owner would answer.
class FaultyStore : public Store, private StoreListener {
public:
    explicit FaultyStore(Store &real)
        : m_real(real)
    {
        m_real.setListener(this);
    }

    enum class Fault : quint8 {
        None,
        Unavailable, ///< nothing applied
        UnknownApplied, ///< applied, and nobody knows
        UnknownLost, ///< not applied, and nobody knows
        HeadMoved, ///< nothing applied: somebody else was first
    };
    /// Hears the real store again, after another had it.
    void takeBack() { m_real.setListener(this); }

    /// For the next appends to chats, one each; then none.
    std::deque<Fault> faults;
    /// Chooses for each append to a chat, when no fault waits above.
    std::function<Fault()> choose;
    /// Answers only when `release` is called.
    bool isHeld = false;
    bool loadsFail = false;
    int failingLoads = 0; ///< so many of the next ones fail
    /// As `faults`, for the appends to users.
    std::deque<Fault> userFaults;
    std::deque<Fault> directoryFaults;
    int staleEpochs = 0; ///< so many of the next answers are of other epochs, each of its own
    int stateLoads = 0; ///< of chats that were read with all members
    qint64 countedPlaces = 0; ///< of logs that were read to count messages
    int appends = 0;
    int batches = 0;

    void release()
    {
        while (!m_held.empty()) {
            const auto answer = std::move(m_held.front());
            m_held.pop_front();
            answer();
        }
    }

    void setListener(StoreListener *listener) override { m_listener = listener; }
    void load(LoadRequest request) override
    {
        for (const LoadRequest::CountOthers &count : request.counts)
            countedPlaces += std::max<qint64>(0, count.upTo - count.after);
        stateLoads += request.chat && request.wantState ? 1 : 0;
        if (loadsFail || failingLoads > 0) {
            failingLoads = std::max(0, failingLoads - 1);
            Loaded failed;
            failed.ticket = request.ticket;
            failed.error = Error(ErrorCode::Unavailable);
            m_listener->loaded(failed);
            return;
        }
        m_real.load(std::move(request));
    }
    void append(quint64 batch, std::vector<Append> appendsNow) override
    {
        ++batches;
        std::vector<Fault> chosen;
        std::vector<Append> applied;
        for (Append &one : appendsNow) {
            ++appends;
            Fault fault = Fault::None;
            if (std::holds_alternative<ChatAppend>(one) && !faults.empty()) {
                fault = faults.front();
                faults.pop_front();
            } else if (std::holds_alternative<ChatAppend>(one) && choose) {
                fault = choose();
            }
            if (std::holds_alternative<UserAppend>(one))
                takeFirst(userFaults, fault);
            else if (std::holds_alternative<DirectoryAppend>(one))
                takeFirst(directoryFaults, fault);
            chosen.push_back(fault);
            if (fault == Fault::None || fault == Fault::UnknownApplied)
                applied.push_back(std::move(one));
        }
        m_chosen[batch] = std::move(chosen);
        m_real.append(batch, std::move(applied));
    }
    Epoch epoch() const override { return m_real.epoch(); }
    Result<std::vector<Derived>> pendingDerived() override { return m_real.pendingDerived(); }

private:
    static void takeFirst(std::deque<Fault> &waiting, Fault &fault)
    {
        if (waiting.empty())
            return;
        fault = waiting.front();
        waiting.pop_front();
    }
    void loaded(Loaded answer) override
    {
        if (staleEpochs > 0) {
            answer.epoch = Epoch::fromArray({quint8(staleEpochs--)});
        }
        if (m_listener)
            m_listener->loaded(std::move(answer));
    }
    void appended(quint64 batch, std::vector<Outcome> outcomes) override
    {
        std::vector<Outcome> told;
        auto next = outcomes.begin();
        for (const Fault fault : m_chosen[batch]) {
            switch (fault) {
            case Fault::None:
                told.push_back(*next++);
                break;
            case Fault::UnknownApplied:
                ++next;
                told.push_back(Outcome::Unknown);
                break;
            case Fault::UnknownLost:
                told.push_back(Outcome::Unknown);
                break;
            case Fault::Unavailable:
                told.push_back(Outcome::Unavailable);
                break;
            case Fault::HeadMoved:
                told.push_back(Outcome::HeadMoved);
                break;
            }
        }
        m_chosen.erase(batch);
        const auto answer = [this, batch, told] { m_listener->appended(batch, told); };
        if (isHeld)
            m_held.push_back(answer);
        else
            answer();
    }

    Store &m_real;
    StoreListener *m_listener = nullptr;
    std::map<quint64, std::vector<Fault>> m_chosen;
    std::deque<std::function<void()>> m_held;
};

} // namespace parley
