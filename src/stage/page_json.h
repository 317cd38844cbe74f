/*
 * page_json.h: what a page's JSON-LD says of it, and the text that it holds.
 * Used by page.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_JSON_H
#define NEWSFOLD_STAGE_PAGE_JSON_H

#include "text/markup.h"

struct nf_page_json {
    bool thread, article;       /* a type that says so is there */
    struct nf_buf text;         /* headline, bodies, one after another, paragraphs at line feeds; valid UTF-8, entities as they were */
    bool has_headline;
    size_t words;               /* of it */
};

void nf_page_json_release(struct nf_page_json *json);

/*
 * in      markup: after nf_markup_read; its JSON need not be well-formed
 * out     json: replaced
 * source  schema.org: articleBody, and the text of posts and answers; HTML in them is taken out
 */
void nf_page_json_read(struct nf_page_json *json, const struct nf_markup *markup);

#endif
