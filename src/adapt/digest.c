/*
 * digest.c: XXH3-128.
 * Used by the digest stage.
 */
#include "adapt/digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

struct nf_digest nf_digest_of(struct nf_span text)
{
    XXH128_hash_t hash = XXH3_128bits(text.data, text.len);
    return (struct nf_digest){hash.low64, hash.high64};
}
