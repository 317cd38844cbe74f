/*
 * long_line_ways.h: the ways over a long line, one for each kind of processor.
 * Used by the long_line files only.
 */
#ifndef NEWSFOLD_TEXT_LONG_LINE_WAYS_H
#define NEWSFOLD_TEXT_LONG_LINE_WAYS_H

#include "text/long_line.h"

struct nf_line_counts {
    uint32_t blanks;
    uint32_t continuations;     /* bytes of characters that have several, their first left aside */
    uint32_t dots;              /* three in one character */
    bool signs;                 /* see nf_long_line */
};

/* Bytes by their lowest four bits, one for each: the signs that are told; the last bytes of most of U+2010 to U+2026; places. */
#define NF_LONG_LINE_SIGNS "XXXXXXXX(X:[|XX/"
#define NF_LONG_LINE_USUAL "\x90\x91\xA2\x93\x94\x95\xA6X\x98\x99\x9A\x9B\x9C\x9D\x9E\x9F"
#define NF_LONG_LINE_PLACES                                               \
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F" \
    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F"

/* Signs that are not known by a block's masks. out  dots: one more for those. False: a character of another form */
bool nf_long_line_sign(const char *p, uint32_t *dots);

/* Each way has both; see nf_long_line_read and nf_long_line_box. */
#define NF_LONG_LINE_WAY(level)                                                                              \
    bool nf_long_line_count_##level(struct nf_span text, size_t readable, struct nf_line_counts *counts);    \
    uint64_t nf_long_line_box_##level(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places);

NF_LONG_LINE_WAY(any)
#if NF_CPU_IS_X86
NF_LONG_LINE_WAY(v2)
NF_LONG_LINE_WAY(v3)
NF_LONG_LINE_WAY(v4)
#elif NF_CPU_IS_ARM
NF_LONG_LINE_WAY(neon)
#endif

#endif
