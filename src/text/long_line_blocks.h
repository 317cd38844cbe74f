/*
 * long_line_blocks.h: the ways over a long line, some bytes at a time.
 * Used by the files that have the vector instructions of a processor (long_line_v2.c and so on).
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and for places
 *   uint64_t boxed(const char *, left, boxes)        places in one of the boxes; reads 66 bytes
 *
 * With COUNTS_BY_VECTORS it counts too, in bytes of vectors, which are added up at the end. Then there are
 *   vec, WIDTH                                       a vector, and its bytes
 *   vec load(const char *), vec all_of(int)          bytes of the text; one byte everywhere
 *   vec equal(a, b), vec both(a, b), vec either(a, b), vec but(a, b), vec sum(a, b), vec less(a, b)     less: a - b
 *   vec least(a, b), vec most(a, b)                  of unsigned bytes
 *   vec look(const char *, vec)                      one of sixteen bytes by the lowest four bits; any for bytes beyond ASCII
 *   uint64_t bits(vec)                               a bit for each byte whose highest is set
 *   uint32_t total(vec)                              the sum of all bytes
 */
#ifndef NEWSFOLD_TEXT_LONG_LINE_BLOCKS_H
#define NEWSFOLD_TEXT_LONG_LINE_BLOCKS_H

#include <string.h>

#include "text/long_line_ways.h"

#ifdef NF_LEVEL

#define BLOCK 64
#define BEHIND 2

static inline uint64_t first_bits(size_t count)
{
    return count >= BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

/* The bytes from `at` on, a block and those behind it at least. in  rest: room for as many */
static inline const char *block_at(struct nf_span text, size_t at, size_t readable, char *rest)
{
    if (at + BLOCK + BEHIND <= readable)
        return text.data + at;
    size_t len = text.len - at < BLOCK + BEHIND ? text.len - at : BLOCK + BEHIND;
    memset(rest, 0, BLOCK + BEHIND);
    return memcpy(rest, text.data + at, len);
}

#ifdef COUNTS_BY_VECTORS

/* Each has a byte for each byte of a step. */
struct sums {
    vec blanks, continuations, dots;    /* how many steps had one there */
    vec signs, wrong;           /* not zero: one was there */
};

_Static_assert(NF_LONG_LINE_MAX / WIDTH < 255, "a byte counts all steps of a line");

/* Leads of characters that are known: letters, dashes, quotes, the three dots. */
NF_LEVEL static inline vec known_of(vec first, vec second, vec third, vec dots)
{
    vec general = both(equal(first, all_of(0xE2)), equal(second, all_of(0x80)));
    vec usual = equal(look(NF_LONG_LINE_USUAL, both(third, all_of(0x7F))), third);
    return either(either(both(general, usual), dots), equal(first, all_of(0xC3)));
}

NF_LEVEL static inline vec cyrillic_of(vec first, vec second)
{
    vec late = both(equal(first, all_of(0xD1)), equal(least(second, all_of(0x9F)), second));
    return either(equal(first, all_of(0xD0)), late);
}

/* Those with bytes beyond ASCII: letters, dashes, quotes and the three dots at once, others one by one. */
NF_LEVEL static inline bool count_wide(const char *p, vec first, vec second, struct sums *sums)
{
    vec third = load(p + 2), lead = equal(most(first, all_of(0xC0)), first);
    vec continuation = but(equal(most(first, all_of(0x80)), first), lead);
    vec dots = both(both(equal(first, all_of(0xE2)), equal(second, all_of(0x80))), equal(third, all_of(0xA6)));
    sums->continuations = less(sums->continuations, continuation);
    sums->dots = less(sums->dots, dots);
    vec left = but(lead, known_of(first, second, third, dots));
    if (!bits(left))
        return true;
    uint32_t none = 0;          /* dots are known */
    for (uint64_t at = bits(but(left, cyrillic_of(first, second))); at; at &= at - 1)
        if (!nf_long_line_sign(p + __builtin_ctzll(at), &none))
            return false;
    return true;
}

/* in  first: the line's bytes of those at p, others as letters; two bytes behind are readable */
NF_LEVEL static inline bool count_step(const char *p, vec first, struct sums *sums)
{
    vec second = load(p + 1), blank = equal(first, all_of(' '));
    sums->wrong = either(sums->wrong, either(both(blank, equal(second, all_of(' '))), equal(least(first, all_of(' ' - 1)), first)));
    sums->signs = either(sums->signs, equal(look(NF_LONG_LINE_SIGNS, first), first));
    sums->blanks = less(sums->blanks, blank);
    return !bits(first) || count_wide(p, first, second, sums);
}

/* Bytes of the last step, or where few are readable. in  rest: room for them. out  p: at them; others are letters */
NF_LEVEL static inline vec load_last(const char **p, size_t len, size_t readable, char *rest)
{
    if (readable < WIDTH + BEHIND) {
        memset(rest, 0, WIDTH + BEHIND);
        *p = memcpy(rest, *p, readable);
    }
    vec place = load(NF_LONG_LINE_PLACES), other = equal(most(place, all_of((int)len)), place);
    return either(but(load(*p), other), both(other, all_of('a')));
}

/* False: a control, two blanks, or a character that is not known. */
NF_LEVEL static inline bool count_line(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    struct sums sums = {all_of(0), all_of(0), all_of(0), all_of(0), all_of(0)};
    for (size_t at = 0; at < text.len; at += WIDTH) {
        char rest[WIDTH + BEHIND];
        const char *p = text.data + at;
        bool whole = at + WIDTH <= text.len && at + WIDTH + BEHIND <= readable;
        size_t len = text.len - at < WIDTH ? text.len - at : WIDTH;
        vec first = whole ? load(p) : load_last(&p, len, readable - at, rest);
        if (!count_step(p, first, &sums))
            return false;
    }
    *counts = (struct nf_line_counts){total(sums.blanks), total(sums.continuations), total(sums.dots), bits(sums.signs) != 0};
    return !bits(sums.wrong);
}
#endif

NF_LEVEL static inline uint64_t box_blocks(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    uint64_t blocks = 0;
    for (size_t at = 0; at < text.len; at += BLOCK) {
        char rest[BLOCK + BEHIND];
        uint64_t here = boxed(block_at(text, at, readable, rest), text.len - at, boxes) & first_bits(text.len - at - 1);
        places[at / BLOCK] = here;
        blocks |= (uint64_t)(here != 0) << at / BLOCK;
    }
    return blocks;
}
#endif

#endif
