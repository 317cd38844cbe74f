/*
 * page_paths.h: where on a page a block stands, as a selector: "div#thread > div.post > p".
 * Used by page_tree.c (labels) and page.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_PATHS_H
#define NEWSFOLD_STAGE_PAGE_PATHS_H

#include "stage/page_tree.h"

/* What a path calls an element: its tag, with the first of its classes or else its id. */
void nf_page_label(struct nf_buf *labels, enum nf_tag tag, const struct nf_markup_attribute *attributes, size_t count);

/*
 * The elements around each block, outermost first, those furthest out left off.
 *
 * in      tree: built with tree->label_elements
 * out     text: a line for each block is added
 */
void nf_page_paths(const struct nf_page_tree *tree, struct nf_buf *text);

#endif
