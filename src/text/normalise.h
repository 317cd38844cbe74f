/*
 * normalise.h: the form of a paragraph that is compared; nobody ever sees it.
 * Used by the digest stage and by the near-copy search.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_H
#define NEWSFOLD_TEXT_NORMALISE_H

#include "base/buf.h"
#include "base/cpu.h"
#include "text/chars.h"

/* What a key does not tell of its words. */
struct nf_word {
    uint32_t hash;      /* not set here: see words.h */
    bool name;          /* perhaps a name: written with a capital letter, or in a script that has none */
    bool digit;         /* holds a digit */
};

/* To be raised whenever a text gets another key than before: what was kept of earlier runs is of no use then. */
#define NF_NORMALISE_VERSION 3

/* So many bytes past the end of a key can be read. */
#define NF_KEY_PADDING 64

struct nf_key {
    struct nf_buf bytes;        /* words of folded letters and digits, one space between */
    size_t from;                /* in: where in bytes it goes: 0, or behind other keys and a space, which is written here */
    uint32_t words;             /* their weight: unspaced scripts count by characters */
    bool unspaced;              /* it has such characters; the weight of others is their number */
    bool want_words;            /* in: fill `word` too, which takes longer */
    struct nf_word *word;       /* in unspaced scripts, each character is one */
    size_t word_count, word_capacity;
};

static inline struct nf_span nf_key_span(const struct nf_key *key)
{
    return nf_span(key->bytes.data + key->from, key->bytes.len - key->from);
}

/* Make the bytes behind a key blanks: words are read eight bytes at a time, and valgrind asks what was read. */
static inline void nf_key_pad(struct nf_key *key)
{
    memset(nf_buf_reserve(&key->bytes, NF_KEY_PADDING), ' ', NF_KEY_PADDING);
}

struct nf_normaliser {
    struct nf_chars chars;
    struct nf_buf repaired, composed;
    enum nf_cpu cpu;            /* which way to go; the keys are the same by all of them */
};

void nf_normaliser_release(struct nf_normaliser *normaliser);
void nf_key_release(struct nf_key *key);

/*
 * Normalise a paragraph.
 *
 * in      text: valid UTF-8
 * out     key: replaced, or added at key->from. Entities and mojibake undone; compatibility and case folded; soft hyphens and
 *         zero-width characters gone; quotes, dashes, list and quote marks and all other punctuation
 *         reduced to single spaces; decimal points, minus signs, % and currency signs stay with their
 *         digits, and all digits stay
 * cost    linear; a paragraph of plain ASCII or composed letters is read once
 * source  Unicode UAX 15 (NFKC), CaseFolding.txt
 */
void nf_normalise(struct nf_normaliser *normaliser, struct nf_span text, struct nf_key *key);

/* The same, faster, where more bytes than the text's own may be read. in  readable: how many from its start */
void nf_normalise_within(struct nf_normaliser *normaliser, struct nf_span text, size_t readable, struct nf_key *key);

#endif
