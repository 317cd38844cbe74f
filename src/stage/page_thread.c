/*
 * page_thread.c: the posts of a thread, by the markup of its engine.
 * Used by page.c.
 */
#include "stage/page_judge.h"

/* Posts hold at least this share of the page's sentences, or the page is an article with something below it. */
#define THREAD_SHARE 0.35f

static enum nf_page_role role_of(const struct nf_page_tree *tree, uint32_t node)
{
    enum nf_page_role role = NF_PAGE_ROLE_NONE;
    for (; node != NF_PAGE_NO_NODE; node = tree->node[node].parent) {
        if (tree->node[node].role == NF_PAGE_ROLE_NOT_POST)
            return NF_PAGE_ROLE_NOT_POST;
        if (tree->node[node].role == NF_PAGE_ROLE_POST)
            role = NF_PAGE_ROLE_POST;
    }
    return role;
}

bool nf_page_judge_thread(const struct nf_page_tree *tree, const struct nf_page_facts *facts, bool *kept)
{
    size_t posts = 0;
    float words = 0, all = facts->words_before[tree->block_count];
    for (uint32_t i = 0; i < tree->node_count; i++) {
        const struct nf_page_node *node = &tree->node[i];
        if (node->role != NF_PAGE_ROLE_POST || role_of(tree, node->parent) == NF_PAGE_ROLE_POST)
            continue;
        posts++;
        words += facts->words_before[node->end_block] - facts->words_before[node->first_block];
    }
    if (!posts || words < THREAD_SHARE * all)
        return false;
    for (size_t i = 0; i < tree->block_count; i++)
        kept[i] = role_of(tree, tree->block[i].node) == NF_PAGE_ROLE_POST
                  && facts->block[i].line_tag != NF_LINE_CONTROL;
    return true;
}
