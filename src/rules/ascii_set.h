/*
 * ascii_set.h: sets of ASCII characters, and of those beyond as one.
 * Used by needs.h and the matcher.
 */
#ifndef NEWSFOLD_RULES_ASCII_SET_H
#define NEWSFOLD_RULES_ASCII_SET_H

#include <stdbool.h>
#include <stdint.h>

/* A bit for each. NUL is in no line: its bit stands for all characters beyond ASCII. */
struct nf_ascii_set {
    uint64_t bits[2];
};

static inline void nf_ascii_set_add_beyond(struct nf_ascii_set *set)
{
    set->bits[0] |= 1;
}

/* Whether there is nothing else in it. */
static inline bool nf_ascii_set_is_beyond(const struct nf_ascii_set *set)
{
    return set->bits[0] == 1 && !set->bits[1];
}

/* in  c: below 0x80 */
static inline bool nf_ascii_set_has(const struct nf_ascii_set *set, unsigned char c)
{
    return set->bits[c >> 6 & 1] >> (c & 63) & 1;
}

static inline void nf_ascii_set_add(struct nf_ascii_set *set, uint32_t first, uint32_t last)
{
    for (uint32_t c = first; c <= last && c < 0x80; c++)
        set->bits[c >> 6] |= UINT64_C(1) << (c & 63);
}

static inline void nf_ascii_set_join(struct nf_ascii_set *set, struct nf_ascii_set other)
{
    set->bits[0] |= other.bits[0];
    set->bits[1] |= other.bits[1];
}

/* With the other case of letters. */
static inline struct nf_ascii_set nf_ascii_set_caseless(struct nf_ascii_set set)
{
    uint64_t letters = (set.bits[1] | set.bits[1] >> 32) & UINT64_C(0x07FFFFFE);
    set.bits[1] |= letters | letters << 32;
    return set;
}

#endif
