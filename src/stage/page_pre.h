/*
 * page_pre.h: lines of <pre> that were wrapped at a width, put together again.
 * Used by page_tree.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_PRE_H
#define NEWSFOLD_STAGE_PAGE_PRE_H

#include "stage/page_tree.h"

/*
 * in      first: the first block of the <pre>; all blocks from there on are lines of it, and the last of the tree
 * out     blocks from `first` on: paragraphs, where the width explains the line breaks; else as they were
 */
void nf_page_join_lines(struct nf_page_tree *tree, size_t first);

#endif
