// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "client/clientwork.h"

/// The work's beginning: the profile's files, and what to do when one of them is damaged.
namespace parley {

void Client::Work::open()
{
    if (auto done = openProfile(); !done) {
        if (done.error().code == ErrorCode::Damaged)
            emit m_client.cacheDamaged();
        emit m_client.openFailed(done.error().text);
        return;
    }
    openAccount();
}

Status Client::Work::openProfile()
{
    auto profile = Profile::at(m_options.dataFolder, m_options.profile);
    if (!profile)
        return profile.error();
    m_profile = *profile;
    if (auto made = m_profile->make(); !made)
        return made;
    if (auto opened = openJournal(); !opened)
        return opened;
    auto cache = SqliteCache::open(m_profile->folder());
    if (!cache)
        return cache.error();
    if (m_options.isCheckingCache) {
        const auto sound = (*cache)->database().quickCheck();
        if (!sound)
            return SqliteCache::explained(sound.error(), m_profile->folder());
    }
    m_cache = *std::move(cache);
    m_tokens = std::make_unique<TokenStore>(*m_profile);
    connect(m_tokens.get(), &TokenStore::loaded, this, &Work::onTokenLoaded);
    connect(m_tokens.get(), &TokenStore::saved, this, &Work::onTokenSaved);
    connect(m_tokens.get(), &TokenStore::consentNeeded, &m_client, &Client::tokenConsentNeeded);
    connect(m_tokens.get(), &TokenStore::failed, this, [this](const QString &detail) {
        emit m_client.refused({}, ErrorCode::Unavailable, detail);
    });
    return Done{};
}

Status Client::Work::openJournal()
{
    if (m_options.deliveryJournal.isEmpty() || m_journal)
        return Done{};
    auto journal = DeliveryJournal::open(m_options.deliveryJournal);
    if (!journal)
        return journal.error();
    m_journal = *std::move(journal);
    return Done{};
}

void Client::Work::openAccount()
{
    auto account = AccountFile(*m_profile).load();
    if (!account && account.error().code != ErrorCode::NotFound) {
        emit m_client.openFailed(account.error().text);
        return;
    }
    if (account) {
        m_account = *account;
        startDriver();
        if (!m_driver)
            return;
    }
    emit m_client.opened(toldAccount());
    if (m_account)
        loadToken();
    else
        emit m_client.connectionChanged(m_link.status());
}

void Client::Work::startDriver()
{
    m_driver = std::make_unique<CoreDriver>(*m_cache, m_link, m_random, m_account->user);
    connect(m_driver.get(), &CoreDriver::noticed, this, &Work::onNotice);
    connect(m_driver.get(), &CoreDriver::changed, &m_client, &Client::changed);
    const auto loaded = m_driver->load();
    if (loaded) {
        withCore([this](ClientCore &core) { core.setBackfill(m_options.isBackfilling); });
        return;
    }
    m_driver.reset();
    if (loaded.error().code == ErrorCode::Damaged)
        emit m_client.cacheDamaged();
    emit m_client.openFailed(SqliteCache::explained(loaded.error(), m_profile->folder()).text);
}

void Client::Work::setCacheAside()
{
    if (!m_profile)
        return;
    m_link.stop();
    m_driver.reset();
    m_cache.reset();
    const auto aside = SqliteCache::setAside(m_profile->folder());
    if (!aside) {
        emit m_client.openFailed(aside.error().text);
        return;
    }
    emit m_client.cacheSetAside(*aside);
    open();
}

} // namespace parley
