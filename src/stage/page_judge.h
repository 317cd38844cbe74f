/*
 * page_judge.h: which blocks of a page a reader came for.
 * Used by page.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_JUDGE_H
#define NEWSFOLD_STAGE_PAGE_JUDGE_H

#include "stage/page_features.h"
#include "stage/page_json.h"

/*
 * Posts of a thread, when the page is one.
 *
 * out     kept: for each block, whether it is the text of a post
 *         gives false, kept untouched, for a page that is no thread
 */
bool nf_page_judge_thread(const struct nf_page_tree *tree, struct nf_page_facts *facts,
                          const struct nf_page_json *json, bool *kept);

/* The same, by structure alone. */
bool nf_page_judge_posts(const struct nf_page_tree *tree, struct nf_page_facts *facts, bool *kept);

/* Whether an article's worth of text stands before a block: what follows are its comments. */
bool nf_page_article_before(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t block);

/* Whether a line inside a post is its date, its writer, a count or a button: short, and its element says so. */
bool nf_page_is_clutter(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t block);

/* The article, or what comes nearest to one. */
void nf_page_judge_article(const struct nf_page_tree *tree, struct nf_page_facts *facts, bool *kept);

#endif
