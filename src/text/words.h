/*
 * words.h: the words of a document, for comparing paragraphs that are alike.
 * Filled by the digest stage, read by fold.
 */
#ifndef NEWSFOLD_TEXT_WORDS_H
#define NEWSFOLD_TEXT_WORDS_H

#include "text/normalise.h"

/* The words of a document's content paragraphs, one after the other; for near copies. */
struct nf_words {
    struct nf_word *item;
    size_t count, capacity;
    size_t *from;               /* for each paragraph of the document, and one more: its first word */
    size_t from_capacity;
};

void nf_words_release(struct nf_words *words);

/* Add the words of a key, made with want_words. */
void nf_words_add(struct nf_words *words, const struct nf_key *key);

#endif
