/*
 * page_flat.h: the text of a page that the parser could not read.
 * Used by page.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_FLAT_H
#define NEWSFOLD_STAGE_PAGE_FLAT_H

#include <newsfold/document.h>

#include "text/markup.h"

/*
 * All text, a paragraph for each line that tags make.
 *
 * in      markup: after nf_markup_read
 * out     text: replaced, what the paragraphs view; document: paragraphs are added, all kept
 */
void nf_page_flat(const struct nf_markup *markup, struct nf_buf *text, struct nf_document *document);

#endif
