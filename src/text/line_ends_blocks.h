/*
 * line_ends_blocks.h: the loops over a text, 64 bytes at a time.
 * Used by line_ends.c, line_ends_v3.c and line_ends_v4.c.
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and
 *   uint64_t ends_at(const char *)       a bit for each of 64 bytes that is a line feed or a carriage return
 * and perhaps, with OWN_ADD:
 *   size_t add(uint64_t, from, at)       `from` and the place of each bit; gives their number; may write 64 in all
 */
#ifndef NEWSFOLD_TEXT_LINE_ENDS_BLOCKS_H
#define NEWSFOLD_TEXT_LINE_ENDS_BLOCKS_H

#include "text/line_ends.h"

#ifdef NF_LEVEL
#ifndef OWN_ADD
NF_LEVEL static inline uint16_t first(uint64_t mask, size_t from)
{
    return (uint16_t)(from + (size_t)__builtin_ctzll(mask | UINT64_C(1) << 63));
}

/* Most blocks have up to two ends: two are written down without a look, and counted if they were there. */
NF_LEVEL static inline size_t add(uint64_t mask, size_t from, uint16_t *at)
{
    uint64_t rest = mask & (mask - 1);
    size_t count = (size_t)(mask != 0) + (rest != 0);
    at[0] = first(mask, from);
    at[1] = first(rest, from);
    for (rest &= rest - 1; rest; rest &= rest - 1)
        at[count++] = first(rest, from);
    return count;
}
#endif

/* The text's last bytes, and blanks. */
NF_LEVEL static inline void pad(struct nf_span text, size_t from, char padded[64])
{
    memset(padded, ' ', 64);
    memcpy(padded, text.data + from, text.len - from);
}

NF_LEVEL static size_t find_ends(struct nf_span text, uint16_t at[NF_ENDS_ROOM])
{
    size_t count = 0, from = 0;
    char padded[64];
    for (; from + 64 <= text.len; from += 64)
        count += add(ends_at(text.data + from), from, at + count);
    if (from == text.len)
        return count;
    pad(text, from, padded);
    return count + add(ends_at(padded), from, at + count);
}
#endif

#endif
