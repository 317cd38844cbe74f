/*
 * page.h: a page's bytes into the paragraphs of its article, or of its thread's posts.
 * Used by the pipeline, for HTML.
 */
#ifndef NEWSFOLD_STAGE_PAGE_H
#define NEWSFOLD_STAGE_PAGE_H

#include <newsfold/document.h>

#include "stage/page_features.h"
#include "stage/page_json.h"
#include "text/markup.h"
#include "text/newlines.h"

/* One for each thread that reads pages; it keeps memory from page to page. */
/* What became of a block. */
struct nf_page_mark {
    uint8_t category : 6;       /* enum nf_category, should it go */
    uint8_t quote : 2;          /* enum nf_quote */
};

struct nf_page {
    /* set by the owner */
    uint32_t kept_categories;   /* a bit for each enum nf_category that stays */
    bool name_elements;         /* give document->elements, for --explain */
    const struct nf_html *html; /* the parser, which pages share; NULL: every page is flat */
    struct nf_span charset;     /* of the next page, as it was sent; empty: nothing is known */

    /* of the page that was read last */
    struct nf_buf utf8;         /* until the tree is there */
    struct nf_newlines newlines;        /* of it */
    struct nf_markup markup;
    struct nf_page_tree tree;
    struct nf_page_facts facts;
    struct nf_page_json json;
    uint64_t replaced;          /* ill-formed places that became U+FFFD */
    bool flat;                  /* the parser gave up: all of its text, unjudged */
    bool empty;                 /* it has no text: scripts would draw it */
    struct nf_error error;      /* why */

    bool *kept;                 /* for each block */
    size_t kept_capacity;
    struct nf_page_mark *mark;  /* for each block; what is left when the facts are gone */
    size_t mark_capacity;
};

void nf_page_release(struct nf_page *page);

/*
 * Read a page.
 *
 * in      bytes: the whole page, in any encoding; emptied, and its memory given back when it is much, as is
 *         that of each step when the next has what it needs: a large page takes three to six times its size, one of
 *         small table cells eight times
 * out     text: replaced by the page's text, which all paragraphs view; the caller's. Its old memory serves the next page
 *         document: all lines of the page's text, in its order; what is not the article or a post is
 *         NF_BOILERPLATE with rule NF_RULE_PAGE. nf_offset_of and nf_line_of are places in the decoded page
 * fails   never: a page that the parser cannot read gives all its text, and page->flat says so
 */
void nf_page_read(struct nf_page *page, struct nf_buf *bytes, struct nf_buf *text, struct nf_document *document);

#endif
