/*
 * digest.h: digests of normalised text.
 * Used by the digest stage and the tables; the only door to xxHash.
 */
#ifndef NEWSFOLD_ADAPT_DIGEST_H
#define NEWSFOLD_ADAPT_DIGEST_H

#include <newsfold/document.h>

/*
 * The digest of a text.
 *
 * out     equal texts give equal digests on every machine
 * source  XXH3-128, stable since xxHash 0.8.0; n paragraphs collide with odds of about n^2 / 2^129
 */
struct nf_digest nf_digest_of(struct nf_span text);

#endif
