/*
 * digest.h: digests of normalised text.
 * Used by the digest stage and the tables; the only door to xxHash.
 */
#ifndef NEWSFOLD_ADAPT_DIGEST_H
#define NEWSFOLD_ADAPT_DIGEST_H

#include <newsfold/document.h>

#include "base/cpu.h"

/*
 * The digest of a text.
 *
 * out     equal texts give equal digests on every machine
 * source  XXH3-128, stable since xxHash 0.8.0; n paragraphs collide with odds of about n^2 / 2^129
 */
struct nf_digest nf_digest_of(struct nf_span text);

/* The same by what the processor has. */
struct nf_digest nf_digest_by(enum nf_cpu cpu, struct nf_span text);

/* ... with AVX2, which must be there. */
struct nf_digest nf_digest_v3(struct nf_span text);

/* A checksum of bytes that come piece by piece. source: XXH3-64 */
struct nf_checksum;

struct nf_checksum *nf_checksum_new(void);
void nf_checksum_free(struct nf_checksum *checksum);
void nf_checksum_add(struct nf_checksum *checksum, struct nf_span bytes);
uint64_t nf_checksum_of(const struct nf_checksum *checksum);

#endif
