/*
 * long_line_blocks.h: the way over a long line 64 bytes at a time, by masks of a bit for each byte.
 * Used by the files that have the vector instructions of a processor (long_line_v2.c and so on).
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and
 *   LOADS_VALID_ONLY                                 whether load and boxed look at no other bytes
 *   struct block load(const char *, uint64_t valid)  64 bytes in registers
 *   uint64_t wide(block), low(block)                 bytes beyond ASCII, controls
 *   uint64_t equal(block, byte)
 *   uint64_t within(block, first, last)
 *   size_t count(uint64_t)                           bits that are set
 *   struct rows, struct rows rows_of(boxes, groups)  the boxes in registers
 *   uint64_t boxed(const char *, left, rows, groups) places in one of the boxes; reads 66 bytes
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
    if (LOADS_VALID_ONLY || at + BLOCK + BEHIND <= readable)
        return text.data + at;
    size_t len = text.len - at < BLOCK + BEHIND ? text.len - at : BLOCK + BEHIND;
    memset(rest, 0, BLOCK + BEHIND);
    return memcpy(rest, text.data + at, len);
}

/* A block with bytes beyond ASCII: letters, dashes, quotes, bullets and the three dots; others one by one. */
NF_LEVEL static inline bool count_wide(const char *p, const struct block *block, uint64_t here, struct nf_line_counts *counts)
{
    uint64_t continuation = within(block, 0x80, 0xBF) & here, lead = wide(block) & here & ~continuation;
    uint64_t general = equal(block, 0xE2) & equal(block, 0x80) >> 1, dots = general & equal(block, 0xA6) >> 2 & here;
    uint64_t known = equal(block, 0xC3) | dots | (general & (within(block, 0x90, 0x96) | within(block, 0x98, 0xA3)) >> 2);
    counts->continuations += (uint32_t)count(continuation);
    counts->dots += (uint32_t)count(dots);
    uint64_t left = lead & ~known;
    if (left)
        left &= ~(equal(block, 0xD0) | (equal(block, 0xD1) & within(block, 0x80, 0x9F) >> 1));
    for (; left; left &= left - 1)
        if (!nf_long_line_sign(p + __builtin_ctzll(left), &counts->dots))
            return false;
    return true;
}

/* False: a control, two blanks, or a character that is not known. */
NF_LEVEL static inline bool count_blocks(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    uint64_t after_blank = 0;
    *counts = (struct nf_line_counts){0};
    for (size_t at = 0; at < text.len; at += BLOCK) {
        char rest[BLOCK + BEHIND];
        uint64_t here = first_bits(text.len - at);
        struct block block = load(block_at(text, at, readable, rest), here);
        uint64_t blank = equal(&block, ' ') & here;
        if (((low(&block) & here) | (blank & (blank << 1 | after_blank))) != 0)
            return false;
        if ((wide(&block) & here) && !count_wide(text.data + at, &block, here, counts))
            return false;
        counts->blanks += (uint32_t)count(blank);
        after_blank = blank >> (BLOCK - 1);
    }
    return true;
}

NF_LEVEL static inline void box_groups(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places, int groups)
{
    const struct rows rows = rows_of(boxes, groups);
    for (size_t at = 0; at < text.len; at += BLOCK) {
        char rest[BLOCK + BEHIND];
        places[at / BLOCK] = boxed(block_at(text, at, readable, rest), text.len - at, &rows, groups) & first_bits(text.len - at - 1);
    }
}

/* A loop of its own for each number of groups. */
NF_LEVEL static inline void box_blocks(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    if (boxes->groups <= 1)
        box_groups(text, readable, boxes, places, 1);
    else
        box_groups(text, readable, boxes, places, NF_BOX_GROUPS);
}
#endif

#endif
