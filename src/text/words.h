/*
 * words.h: the words of a document, for comparing paragraphs that are alike.
 * Filled by the digest stage, read by fold.
 */
#ifndef NEWSFOLD_TEXT_WORDS_H
#define NEWSFOLD_TEXT_WORDS_H

#include "text/normalise.h"

/* The words of a document's content paragraphs, one after the other, 16 bits of hash each; for near copies. */
struct nf_words {
    uint16_t *trace;
    size_t count, capacity;
    uint32_t *from;             /* for each content paragraph, and one more: its first word */
    size_t from_capacity;
    uint64_t *numbers;          /* for each of them: nf_numbers_of its key */
    size_t numbers_capacity;
    size_t paragraphs;          /* content: those with words, in order */
    enum nf_cpu cpu;            /* which way to go; the words are the same by all of them */
};

void nf_words_release(struct nf_words *words);

/*
 * Add the words of a key, or of several with a blank between; in unspaced scripts, each character is one.
 *
 * in      keys: NF_KEY_PADDING bytes after them may be read; unspaced: whether any has such characters
 */
void nf_words_add(struct nf_words *words, struct nf_span keys, bool unspaced);

/* The hash of a word as keys have it. in  folded: at most 64 bytes */
uint32_t nf_word_hash(const char *folded);

static inline uint16_t nf_word_trace(uint32_t hash)
{
    return (uint16_t)(hash ^ hash >> 16);
}

/* The words of one paragraph with what their traces do not tell; made when it is first asked for. */
struct nf_full_words {
    struct nf_normaliser normaliser;
    struct nf_key key;
    struct nf_span text;        /* of the paragraph; lives as long as anybody asks */
    bool made;
};

void nf_full_words_release(struct nf_full_words *full);

/* Ask about another paragraph from now on. */
void nf_full_words_start(struct nf_full_words *full, struct nf_span text);

/* All of them, as many and in the order as nf_words_add has them. */
const struct nf_word *nf_full_words_of(struct nf_full_words *full);

#endif
