/*
 * digest_keys.h: the digest of each paragraph.
 * Used by the pipeline, after strip: boilerplate has no digest.
 */
#ifndef NEWSFOLD_STAGE_DIGEST_KEYS_H
#define NEWSFOLD_STAGE_DIGEST_KEYS_H

#include <newsfold/document.h>

#include "text/words.h"

/*
 * in      words: NULL when nobody wants them
 * out     digest and words of each paragraph that is kept so far and has any letters
 */
void nf_digest_keys(struct nf_document *document, struct nf_normaliser *normaliser, struct nf_key *key,
                    struct nf_words *words);

#endif
