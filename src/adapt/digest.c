/*
 * digest.c: XXH3, 128 bits for paragraphs and 64 for files.
 * Used by the digest stage and the tables.
 */
#include "adapt/digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/alloc.h"

struct nf_digest nf_digest_of(struct nf_span text)
{
    XXH128_hash_t hash = XXH3_128bits(text.data, text.len);
    return (struct nf_digest){hash.low64, hash.high64};
}

struct nf_digest nf_digest_by(enum nf_cpu cpu, struct nf_span text)
{
#if NF_CPU_IS_X86
    if (cpu >= NF_CPU_V3)
        return nf_digest_v3(text);
#endif
    (void)cpu;
    return nf_digest_of(text);
}

struct nf_checksum {
    XXH3_state_t *state;
};

struct nf_checksum *nf_checksum_new(void)
{
    struct nf_checksum *checksum = nf_alloc(sizeof *checksum);
    checksum->state = XXH3_createState();
    if (!checksum->state)
        nf_out_of_memory();
    XXH3_64bits_reset(checksum->state);
    return checksum;
}

void nf_checksum_free(struct nf_checksum *checksum)
{
    XXH3_freeState(checksum->state);
    nf_free(checksum);
}

void nf_checksum_add(struct nf_checksum *checksum, struct nf_span bytes)
{
    XXH3_64bits_update(checksum->state, bytes.data, bytes.len);
}

uint64_t nf_checksum_of(const struct nf_checksum *checksum)
{
    return XXH3_64bits_digest(checksum->state);
}
