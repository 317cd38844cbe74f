/*
 * page_title.h: how much of a line stands in the page's title.
 * Used by page_facts.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_TITLE_H
#define NEWSFOLD_STAGE_PAGE_TITLE_H

#include "base/buf.h"
#include "base/table.h"

struct nf_page_title {
    struct nf_table words;
    uint64_t filter;            /* a bit for each word's beginning and length: most others lack it */
};

/* in  title: for nf_page_title_release; text: the title */
void nf_page_title_init(struct nf_page_title *title, struct nf_span text);
void nf_page_title_release(struct nf_page_title *title);

/* The share of a line's words of three letters and more that the title has. */
float nf_page_title_share(struct nf_page_title *title, struct nf_span line);

#endif
