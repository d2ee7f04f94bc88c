// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/platform/tlsstream.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <csignal>
#include <limits>

namespace parley {
namespace {

using namespace Qt::StringLiterals;

template <auto Free>
struct Freeing {
    template <typename Thing>
    void operator()(Thing *thing) const
    {
        Free(thing);
    }
};
using Bio = std::unique_ptr<BIO, Freeing<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;

/// Forward secrecy and authenticated encryption; TLS 1.3 has nothing else.
constexpr auto ciphersOfTls12 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr size_t recordsAtOnceBytes = 1 << 20;

QString lastError()
{
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return QString::fromLatin1(text.data());
}

Bio bioOf(const QByteArray &pem)
{
    return Bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
}

bool useChain(SSL_CTX *context, const QList<QSslCertificate> &chain)
{
    bool isFirst = true;
    for (const QSslCertificate &each : chain) {
        const QByteArray pem = each.toPem();
        const Certificate certificate(
            PEM_read_bio_X509(bioOf(pem).get(), nullptr, nullptr, nullptr));
        if (!certificate)
            return false;
        const bool isTaken = std::exchange(isFirst, false)
            ? SSL_CTX_use_certificate(context, certificate.get()) == 1
            : SSL_CTX_add1_chain_cert(context, certificate.get()) == 1;
        if (!isTaken)
            return false;
    }
    return !isFirst;
}

bool useKey(SSL_CTX *context, const QSslKey &given)
{
    const QByteArray pem = given.toPem();
    const Key key(PEM_read_bio_PrivateKey(bioOf(pem).get(), nullptr, nullptr, nullptr));
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

int sizeFor(size_t bytes)
{
    return int(std::min(bytes, recordsAtOnceBytes));
}

} // namespace

TlsStream::~TlsStream()
{
    SSL_free(m_ssl);
}

TlsStream::Outcome TlsStream::outcomeOf(int result) const
{
    switch (SSL_get_error(m_ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return Outcome::WantsRead;
    case SSL_ERROR_WANT_WRITE:
        return Outcome::WantsWrite;
    case SSL_ERROR_ZERO_RETURN:
        return Outcome::Closed;
    default:
        return Outcome::Failed;
    }
}

TlsStream::Outcome TlsStream::handshake()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl);
    const Outcome outcome = result == 1 ? Outcome::Done : outcomeOf(result);
    m_isBroken = outcome == Outcome::Failed;
    ERR_clear_error();
    return outcome;
}

TlsStream::Outcome TlsStream::read(std::span<char> into, qint64 &bytes)
{
    bytes = 0;
    if (m_end != Outcome::Done)
        return m_end;
    while (size_t(bytes) < into.size()) {
        const auto room = into.subspan(size_t(bytes));
        ERR_clear_error();
        const int result = SSL_read(m_ssl, room.data(), sizeFor(room.size()));
        if (result > 0) {
            bytes += result;
            continue;
        }
        const Outcome outcome = outcomeOf(result);
        m_isBroken = m_isBroken || outcome == Outcome::Failed;
        ERR_clear_error();
        if (outcome == Outcome::Closed || outcome == Outcome::Failed)
            m_end = outcome;
        // What came before it counts first.
        return bytes > 0 && outcome != Outcome::WantsWrite ? Outcome::Done : outcome;
    }
    return Outcome::Done;
}

TlsStream::Outcome TlsStream::write(std::span<const char> from, qint64 &bytes)
{
    bytes = 0;
    ERR_clear_error();
    const int result = SSL_write(m_ssl, from.data(), sizeFor(from.size()));
    if (result > 0) {
        bytes = result;
        return Outcome::Done;
    }
    const Outcome outcome = outcomeOf(result);
    m_isBroken = m_isBroken || outcome == Outcome::Failed;
    ERR_clear_error();
    return outcome;
}

bool TlsStream::hasMore() const
{
    return m_end != Outcome::Done || SSL_has_pending(m_ssl) == 1;
}

void TlsStream::close()
{
    if (!m_isBroken && SSL_is_init_finished(m_ssl))
        SSL_shutdown(m_ssl);
    ERR_clear_error();
}

Result<std::shared_ptr<const TlsContext>> TlsContext::make(const QSslConfiguration &settings)
{
    // OpenSSL writes to descriptors without asking that a closed one be only an error.
    std::signal(SIGPIPE, SIG_IGN);
    auto *context = SSL_CTX_new(TLS_server_method());
    if (!context)
        return Error(ErrorCode::Internal, u"TLS cannot be started: %1"_s.arg(lastError()));
    auto made = std::make_shared<const TlsContext>(context);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1
        || SSL_CTX_set_cipher_list(context, ciphersOfTls12) != 1)
        return Error(ErrorCode::Internal, u"TLS cannot be set up: %1"_s.arg(lastError()));
    // A ticket's key would open what was said long before it was taken.
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_mode(context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
            | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (!useChain(context, settings.localCertificateChain()))
        return Error(ErrorCode::Damaged, u"the certificate cannot be used: %1"_s.arg(lastError()));
    if (!useKey(context, settings.privateKey()) || SSL_CTX_check_private_key(context) != 1)
        return Error(ErrorCode::Damaged,
            u"the private key does not belong to the certificate: %1"_s.arg(lastError()));
    return made;
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

std::unique_ptr<TlsStream> TlsContext::accept(qintptr descriptor) const
{
    SSL *ssl = SSL_new(m_context);
    if (!ssl)
        return nullptr;
    auto stream = std::make_unique<TlsStream>(ssl);
    if (SSL_set_fd(ssl, int(descriptor)) != 1)
        return nullptr;
    SSL_set_accept_state(ssl);
    return stream;
}

} // namespace parley
