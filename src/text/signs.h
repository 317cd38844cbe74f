/*
 * signs.h: quotes and dashes that stand for those of ASCII.
 * Used by the files that make lines plain or look at them as they are.
 */
#ifndef NEWSFOLD_TEXT_SIGNS_H
#define NEWSFOLD_TEXT_SIGNS_H

#include <stdbool.h>

/* What U+2010 and the next fifteen are in a plain line; 0: themselves. Most of what is not ASCII in English. */
static inline char nf_sign_of(unsigned char third)
{
    static const char signs[16] = {'-', '-', '-', '-', '-', '-', 0, 0, '\'', '\'', '\'', '\'', '"', '"', '"', '"'};
    return (third & 0xF0) == 0x90 ? signs[third & 0x0F] : 0;
}

/* Whether three bytes are one of U+2000 to U+203F. */
static inline bool nf_is_general(const char *p)
{
    return (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80;
}

static inline bool nf_is_dots(const char *p)
{
    return nf_is_general(p) && (unsigned char)p[2] == 0xA6;
}

#endif
