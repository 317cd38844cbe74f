/*
 * digest_keys.h: the digest of each paragraph.
 * Used by the pipeline, after strip: boilerplate has no digest.
 */
#ifndef NEWSFOLD_STAGE_DIGEST_KEYS_H
#define NEWSFOLD_STAGE_DIGEST_KEYS_H

#include <newsfold/document.h>

#include "text/normalise.h"

/* The words of a document's content paragraphs, one after the other; for near copies. */
struct nf_words {
    struct nf_word *item;
    size_t count, capacity;
    size_t *from;               /* for each paragraph of the document, and one more: its first word */
    size_t from_capacity;
};

void nf_words_release(struct nf_words *words);

/*
 * in      words: NULL when nobody wants them
 * out     digest and words of each paragraph that is kept so far and has any letters
 */
void nf_digest_keys(struct nf_document *document, struct nf_normaliser *normaliser, struct nf_key *key,
                    struct nf_words *words);

#endif
