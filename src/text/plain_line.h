/*
 * plain_line.h: the form of a line that rules are written for.
 * Used by the strip stage and by the tests of rules.
 */
#ifndef NEWSFOLD_TEXT_PLAIN_LINE_H
#define NEWSFOLD_TEXT_PLAIN_LINE_H

#include <stdint.h>

#include "base/buf.h"
#include "text/letters.h"

#define NF_PLAIN_LINE_PADDING 8

struct nf_plain_line {
    struct nf_buf bytes;        /* as people read it: marks at the start gone, quotes and dashes plain, blanks single */
    struct nf_buf lower;        /* nf_plain_line_lower */
    bool lower_made;
    bool cased;                 /* there are letters beyond Latin-1 that may have two cases */
    bool unspaced;              /* ... characters of scripts without blanks */
    uint32_t words;
    uint32_t chars;
    bool marked;                /* a list mark stood before it */
    bool ends_sentence;         /* . ! ? or their like, perhaps inside closing quotes or brackets */
    struct nf_buf scratch;
    struct nf_letters letters;
};

void nf_plain_line_release(struct nf_plain_line *line);

/*
 * in      text: valid UTF-8; line breaks inside count as blanks
 * out     line: replaced
 * source  the normalised line of man/newsfold-rules.5
 */
void nf_plain_line_set(struct nf_plain_line *line, struct nf_span text);

/* The same. in  readable: bytes from the text's start on that may be read, as many as it has at least */
void nf_plain_line_set_within(struct nf_plain_line *line, struct nf_span text, size_t readable);

/*
 * A piece of a line: its characters are made plain, its marks, words and characters are not looked at.
 *
 * in      text: valid UTF-8
 * out     line: bytes, ends_sentence
 */
void nf_plain_line_set_piece(struct nf_plain_line *line, struct nf_span text);

/*
 * The line in lower case, to look candidate rules up by.
 *
 * out     NF_PLAIN_LINE_PADDING zero bytes stand behind it
 * lives   until the next nf_plain_line_set
 */
struct nf_span nf_plain_line_lower(struct nf_plain_line *line);

#define NF_HEAD_CHARS 8

/* The first NF_HEAD_CHARS characters in lower case. in  out: room for 4 bytes each */
struct nf_span nf_plain_line_head(struct nf_plain_line *line, char *out);

#endif
