/*
 * markup.h: HTML source made small and safe for a parser: what parsers disagree on, choke on, or waste time on
 * is gone, all text is still there.
 * Used by the page stage, before the parser.
 */
#ifndef NEWSFOLD_TEXT_MARKUP_H
#define NEWSFOLD_TEXT_MARKUP_H

#include "base/buf.h"
#include "text/html_tags.h"

/* The output from `out` on was at `source` (bytes). */
struct nf_markup_place {
    uint32_t out, source;
};

struct nf_markup {
    struct nf_buf out;
    struct nf_markup_place *place;
    size_t place_count, place_capacity;
    struct nf_span *json;       /* contents of JSON-LD scripts; views of the source */
    size_t json_count, json_capacity;
    size_t unclosed;            /* comments, attributes and raw elements without an end: their text was kept */

    /* own */
    struct nf_span source;
    struct nf_buf spans;        /* for each open span: whether its tag was passed on */
    bool no_more[NF_TAG_COUNT]; /* no such end tag is ahead */
    bool no_comment_end, no_quote, no_apostrophe;
};

#define NF_MARKUP_LEN_MAX ((size_t)1 << 30)

void nf_markup_release(struct nf_markup *markup);

/*
 * Clean a page's source.
 *
 * in      source: valid UTF-8, at most NF_MARKUP_LEN_MAX bytes; lives as long as `json` is used
 * out     markup->out: comments, scripts, styles, drawings and form fields gone; of the tags, those that make
 *         lines or carry evidence; of their attributes, those that say what an element is; no NUL. What has no
 *         end (a comment, a quote, a script) is taken to end at once, and its text stays
 * cost    linear, at most one look ahead to the end for each kind of thing that may be unclosed
 * source  HTML Standard 13.2.5 for where tags, comments and attributes end
 */
void nf_markup_read(struct nf_markup *markup, struct nf_span source);

/* Where output at `at` came from. in  hint: 0 at first, then as it was left; `at` must not fall */
size_t nf_markup_source(const struct nf_markup *markup, size_t at, size_t *hint);

#endif
