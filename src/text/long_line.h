/*
 * long_line.h: what is known of a line of Latin or Cyrillic letters without making it plain.
 * Used by the strip stage, for prose.
 */
#ifndef NEWSFOLD_TEXT_LONG_LINE_H
#define NEWSFOLD_TEXT_LONG_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cpu.h"

/* Bytes; longer ones are not looked at. */
#define NF_LONG_LINE_MAX 4000

/* Signs that are rare in prose. */
#define NF_LONG_LINE_TOLD "([|:/"

/* What nf_plain_line has of the same line, and some more. */
struct nf_long_line {
    uint32_t words, chars;
    uint32_t continuations;     /* bytes of characters that have several, their first left aside */
    uint8_t mark_len;           /* bytes of a list mark before it, blank included */
    bool ends_sentence;
    bool signs;                 /* it holds one of NF_LONG_LINE_TOLD */
    unsigned char last;         /* its last character, plain; 0x80 for one that is not of ASCII */
};

/*
 * Whether the line's plain form differs from it only in quotes, dashes and the three dots, and in a list mark at
 * the start: letters of Latin-1 and of Cyrillic (U+0400 to U+045F), single blanks, no quote marks before it.
 *
 * in      text: valid UTF-8; readable: bytes from its start on that may be read, at least as many as it has
 * out     line: set where it is so
 * cost    a few operations for 64 bytes
 */
bool nf_long_line_read(struct nf_span text, size_t readable, enum nf_cpu cpu, struct nf_long_line *line);

/* The first NF_HEAD_CHARS characters of such a line or more, plain and in lower case. in  out: room for 4 bytes each */
struct nf_span nf_long_line_head(struct nf_span text, const struct nf_long_line *line, char *out);

/* All of it as nf_plain_line_lower has it. out  lower: replaced; NF_PLAIN_LINE_PADDING zero bytes stand behind it */
void nf_long_line_lower(struct nf_span text, const struct nf_long_line *line, struct nf_buf *lower);

/*
 * Texts of three bytes, whatever the case of letters, to be looked for together: in boxes of 32 bytes each for the
 * first, the second and the third, by the lowest five bits of a byte. A bit in a row for each box.
 */
#define NF_BOXES 16
#define NF_BOX_GROUPS (NF_BOXES / 8)

struct nf_boxes {
    uint8_t row[NF_BOX_GROUPS][3][32];
    uint8_t groups;             /* so many have any boxes */
};

/* A bit for each place of a line where three bytes are all in one of the boxes, or two before its end. */
struct nf_boxed {
    uint64_t blocks;            /* a bit for each of them that has any */
    uint64_t places[NF_LONG_LINE_MAX / 64 + 1];         /* for each block of 64 bytes */
};

/*
 * in      text: at most NF_LONG_LINE_MAX; readable: as above
 * out     boxed: of all blocks of the text; no bits for its last byte and behind it
 */
void nf_long_line_box(struct nf_span text, size_t readable, enum nf_cpu cpu, const struct nf_boxes *boxes, struct nf_boxed *boxed);

#endif
