/*
 * index.h: finding the few patterns worth trying on a line, by the text it must hold.
 * Used by the rule set, the matcher and builtin/make_index.c.
 */
#ifndef NEWSFOLD_RULES_INDEX_H
#define NEWSFOLD_RULES_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "rules/index_raw.h"

#define NF_BEGINNING_MAX 7      /* bytes of a beginning that count */
#define NF_BEGINNING_BITS 131072
#define NF_WINDOW_BITS 65536
#define NF_WINDOW_BUCKETS 4096
#define NF_WINDOW_KINDS 16384
#define NF_KIND(tier, far) (1u << ((tier) + ((far) ? NF_TIERS : 0)))
#define NF_SHORT_MAX 4

struct nf_candidates;

/* Plain lines, too, are asked for fewer patterns when they are long. */
#define NF_TIERS 4
#define NF_TIER_CHARS {0, 120, 220, 450}

/* From this tier on, literals that stand near the end are looked for in the line's last characters only. */
#define NF_TIER_LONG 2
#define NF_NEAR_CHARS 184
#define NF_STRIDE_NONE 8        /* there is nothing to look for */

/* A literal that a line begins with: its bytes, first lowest, and its length on top. */
struct nf_beginning {
    uint64_t key;               /* 0: free */
    struct nf_index_numbers patterns;
};

/* A literal that a line holds somewhere. It is looked for by three of its bytes, the rarest. */
struct nf_literal {
    uint32_t text;              /* its place in the index's text */
    uint16_t len, window;       /* where the three bytes begin */
    uint16_t reach;             /* it begins within so many characters of the line's end */
    uint32_t next;              /* in its bucket, from 1; 0 ends it */
    struct nf_index_numbers patterns;
};

/* A literal by a window of its bytes, whatever their case. */
struct nf_caseless {
    uint32_t text;
    uint16_t len, window, reach;
    uint32_t next;
};

struct nf_index {
    const uint16_t *numbers;    /* of patterns */
    const struct nf_beginning *beginning;
    const uint64_t *beginning_bits;     /* some for each beginning: most are not there, and seen by this */
    uint32_t beginning_mask;    /* slots - 1 */
    unsigned lengths;           /* a bit for each length that beginnings have */
    const struct nf_literal *literal;
    const char *text;
    const uint64_t (*bits)[NF_WINDOW_BITS / 64];        /* for each tier, a bit for each window */
    const uint32_t *bucket;     /* literals by window */
    const uint32_t *short_bucket;       /* those below three bytes by their first */
    const struct nf_caseless *caseless;
    const uint32_t *caseless_bucket;
    const uint8_t *kinds;       /* NF_WINDOW_KINDS: for each hash of three bytes, a bit for each set they are looked for in */
    uint8_t stride[NF_TIERS];   /* one window in so many is looked at; 0: nothing is known before lower case is made */
    uint8_t far_stride[NF_TIERS];       /* in long lines, for literals that are not near the end */
    char short_text[NF_SHORT_MAX][2];   /* literals of two bytes, each looked for on its own */
    uint16_t short_most[NF_SHORT_MAX], short_reach[NF_SHORT_MAX];
    uint16_t short_count;
    uint16_t literal_most;      /* characters of a line that a pattern with a literal matches */
    struct nf_index_numbers always;     /* patterns without any literal: tried on every line */
    struct nf_raw_index raw;    /* literals to be told from lines that are not made plain */
};

/* What an index is made of. */
struct nf_index_entry {
    char *text;
    uint16_t len, pattern, most, reach;
    bool at_start, not_prose;
};

/* Where a text stands in lines that its pattern matches, and how long these are, in characters. */
struct nf_index_place {
    uint32_t most;
    uint32_t reach;             /* it begins within so many of the line's end */
    bool at_start;
    bool not_prose;             /* none of them is of NF_RAW_PROSE */
};

struct nf_raw_maker {
    struct nf_boxes *boxes;
    uint32_t (*bits)[NF_RAW_THREES / 32], (*fours)[NF_RAW_FOURS / 32], (*first_item)[NF_RAW_THREES / 32];
    struct nf_raw_item *item;
    struct nf_raw_literal *literal;
    uint64_t (*beginning_bits)[NF_RAW_HEADS / 64];
    size_t literal_count, item_count, item_capacity;
};

struct nf_index_maker {
    struct nf_index_entry *entry;
    size_t count, capacity;
    struct nf_index index;      /* a view of what follows */
    uint16_t *numbers;
    struct nf_beginning *beginning;
    uint64_t *beginning_bits;
    struct nf_literal *literal;
    char *text;
    uint64_t (*bits)[NF_WINDOW_BITS / 64];
    uint32_t *bucket, *short_bucket;
    struct nf_caseless *caseless;
    uint8_t *kinds;
    uint32_t *caseless_bucket;
    size_t literal_count, text_len, caseless_count, caseless_capacity;
    struct nf_raw_maker raw;
};

/* in  text: lower case; empty: the pattern is tried on every line */
void nf_index_add(struct nf_index_maker *maker, struct nf_span text, uint16_t pattern, struct nf_index_place place);

/* Whether lines of NF_RAW_PROSE may end in one of these classes, and hold all of those. */
bool nf_index_may_be_prose(uint64_t ends, uint64_t holds);

/* The index of all that was added so far, in maker->index. */
void nf_index_make(struct nf_index_maker *maker);
void nf_index_maker_release(struct nf_index_maker *maker);

/*
 * The patterns that a line of this beginning may match, added to the candidates.
 *
 * in      head: the line's first eight bytes in lower case, the first lowest; len: how many of them are the line's
 */
void nf_index_find_beginnings(const struct nf_index *index, uint64_t head, size_t len, struct nf_candidates *candidates);

/*
 * The patterns that a line may match for what it holds anywhere, added to the candidates.
 *
 * in      lower: the whole line in lower case, with eight readable bytes behind it; candidates->shown: its characters, at
 *         most as many as it has
 * cost    a look-up a byte
 */
void nf_index_find_literals(const struct nf_index *index, struct nf_span lower, struct nf_candidates *candidates);

/* Whether a pattern is worth a try on the line at hand. */
struct nf_index_asker {
    bool (*may)(void *of, uint16_t pattern);
    void *of;
};

/*
 * Whether nf_index_find_literals may find a pattern that the asker wants.
 *
 * in      text: a line in any case, but without letters beyond Latin-1 that have two (nf_has_one_case)
 * cost    a look-up for one to four bytes
 */
bool nf_index_may_find(const struct nf_index *index, struct nf_span text, size_t chars, struct nf_index_asker asker);

/* The patterns of a beginning; none where it is not there. in  key: as in nf_beginning */
struct nf_index_numbers nf_index_beginning(const struct nf_index *index, uint64_t key);

/* A line that is not made plain. */
struct nf_raw_line {
    struct nf_span text;        /* as nf_long_line_read knows it */
    size_t readable;            /* see there */
    enum nf_cpu cpu;
    uint32_t chars;             /* more than NF_RAW_CHARS; those of its plain form */
    uint32_t continuations;     /* see nf_long_line */
    enum nf_raw_kind kind;
};

/*
 * Whether nf_index_find_literals may find a pattern that the asker wants, and nf_index_find_beginnings.
 *
 * in      head: NF_BEGINNING_MAX bytes of its plain form in lower case, at least
 * cost    some operations for 64 bytes; a look at the literal where it may stand
 */
bool nf_index_may_hold(const struct nf_index *index, const struct nf_raw_line *line, struct nf_index_asker asker);
bool nf_index_may_begin(const struct nf_index *index, const struct nf_raw_line *line, struct nf_span head, struct nf_index_asker asker);

#endif
