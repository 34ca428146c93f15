/* sha256.c - SHA-256 by libcrypto.
 * See sha256.h. Its code for each kind of processor is several times as fast as any plain one. The
 * program is not linked with it: most runs never need it.
 * SPDX-License-Identifier: MIT */
#include "measure/sha256.h"

#include "base/error.h"

#ifdef TOKVEC_HAVE_CRYPTO
#include "base/library.h"
#include "base/text_of.h"

#include <openssl/evp.h>
#include <pthread.h>

#define LIBCRYPTO_SO "libcrypto.so." TEXT_OF(OPENSSL_SHLIB_VERSION)

#define FUNCTIONS(EACH)     \
    EACH(OSSL_LIB_CTX_new)  \
    EACH(EVP_MD_fetch)      \
    EACH(EVP_MD_CTX_new)    \
    EACH(EVP_MD_CTX_free)   \
    EACH(EVP_DigestInit_ex) \
    EACH(EVP_DigestUpdate)  \
    EACH(EVP_DigestFinal_ex)

LIBRARY(crypto, LIBCRYPTO_SO, FUNCTIONS)

/* It tells no more than this. */
static bool refused(tokvec_error *err)
{
    error_set(err, TOKVEC_SYSTEM, "libcrypto cannot compute SHA-256");
    return error_hint(err, "free some memory, or install OpenSSL again");
}

/* Made once, by the first digest, and kept: to make them takes longer than a small table. A context
 * of its own reads no configuration; and the default one crashes without memory. */
static struct {
    pthread_mutex_t lock;
    OSSL_LIB_CTX *library;
    EVP_MD *algorithm;
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* NULL without memory. */
static const EVP_MD *algorithm(void)
{
    pthread_mutex_lock(&shared.lock);
    if (shared.library == NULL)
        shared.library = crypto.OSSL_LIB_CTX_new();
    if (shared.library != NULL && shared.algorithm == NULL)
        shared.algorithm = crypto.EVP_MD_fetch(shared.library, "SHA2-256", NULL);
    const EVP_MD *found = shared.algorithm;
    pthread_mutex_unlock(&shared.lock);
    return found;
}

bool sha256_begin(sha256 *s, tokvec_error *err)
{
    *s = (sha256){.context = NULL};
    if (!library_load(&crypto_library, err))
        return false;
    const EVP_MD *md = algorithm();
    if (md != NULL)
        s->context = crypto.EVP_MD_CTX_new();
    if (s->context != NULL && crypto.EVP_DigestInit_ex(s->context, md, NULL) == 1)
        return true;
    crypto.EVP_MD_CTX_free(s->context);
    return refused(err);
}

bool sha256_add(sha256 *s, const void *bytes, size_t n, tokvec_error *err)
{
    return crypto.EVP_DigestUpdate(s->context, bytes, n) == 1 || refused(err);
}

bool sha256_end(sha256 *s, char hex[SHA256_HEX + 1], tokvec_error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[SHA256_BYTES];
    bool good = hex == NULL || crypto.EVP_DigestFinal_ex(s->context, sum, NULL) == 1;
    crypto.EVP_MD_CTX_free(s->context);
    if (!good)
        return refused(err);
    for (size_t i = 0; hex != NULL && i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    if (hex != NULL)
        hex[SHA256_HEX] = '\0';
    return true;
}

#else

bool sha256_begin(sha256 *s, tokvec_error *err)
{
    (void)s;
    error_set(err, TOKVEC_UNSUPPORTED, "this tokvec was built without libcrypto, for SHA-256");
    return error_hint(err, "build it again where libssl-dev is installed");
}

bool sha256_add(sha256 *s, const void *bytes, size_t n, tokvec_error *err)
{
    (void)bytes;
    (void)n;
    return sha256_begin(s, err);
}

bool sha256_end(sha256 *s, char hex[SHA256_HEX + 1], tokvec_error *err)
{
    (void)hex;
    return sha256_begin(s, err);
}

#endif
