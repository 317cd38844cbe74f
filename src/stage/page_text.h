/*
 * page_text.h: runs of a page's text looked at: blanks, words, and what is not for texts.
 * Used by page_tree.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_TEXT_H
#define NEWSFOLD_STAGE_PAGE_TEXT_H

#include "base/buf.h"

struct nf_page_words {
    uint32_t chars, words;      /* blanks are not counted */
};

/* Whether there are characters that are not for texts, or mean another. */
bool nf_page_is_odd(struct nf_span text);

/* What XML has no place for is left out; &#128; to &#159; are meant in windows-1252. */
void nf_page_add_without_controls(struct nf_buf *out, struct nf_span text);

/*
 * Words with one blank between them, as far as they go.
 *
 * in      from: where a word begins
 * out     count: of them
 *         gives where they end: at white space or the text's end
 */
size_t nf_page_words_until(struct nf_span text, size_t from, struct nf_page_words *count);

/* White space inside a line is one blank; at its ends it is nothing. gives how many bytes of it are there, 0 if none */
static inline size_t nf_page_space_len(const char *p, size_t left)
{
    unsigned char c = (unsigned char)*p;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return c == 0xC2 && left > 1 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

#endif
