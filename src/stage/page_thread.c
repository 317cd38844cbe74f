/*
 * page_thread.c: the posts of a thread, by the markup of its engine, or else by its structure.
 * Used by page.c.
 */
#include "stage/page_judge.h"

/* Posts hold at least this share of the page's sentences, or the page is an article with something below it. */
#define THREAD_SHARE 0.35f

/* ... or of a page with several posts that does not call itself an article. */
#define POSTS_SEVERAL 3
#define POSTS_SHARE 0.12f

/* So many elements with names of forums and threads make a page a thread, if its structure agrees. */
#define FORUM_MARKS 3

/* Roles are looked for so far out. */
#define REACH 60
#define FRAME_REACH 6

/* What the page says it is. */
struct claims {
    bool article, forum;
};

static bool in_frame(const struct nf_page_tree *tree, uint32_t node)
{
    for (unsigned reach = 0; node != NF_PAGE_NO_NODE && reach < FRAME_REACH; reach++) {
        if (tree->node[node].role == NF_PAGE_ROLE_FRAME)
            return true;
        node = tree->node[node].parent;
    }
    return false;
}

static bool is_post(const struct nf_page_tree *tree, uint32_t node, bool forum)
{
    enum nf_page_role role = (enum nf_page_role)tree->node[node].role;
    if (role == NF_PAGE_ROLE_POST || (role == NF_PAGE_ROLE_POST_ON_FORUM && forum))
        return true;
    return (role == NF_PAGE_ROLE_POST_IN_FRAME || role == NF_PAGE_ROLE_POST_ON_FORUM)
           && in_frame(tree, tree->node[node].parent);
}

static bool in_post(const struct nf_page_tree *tree, uint32_t node, bool forum)
{
    bool found = false;
    for (unsigned reach = 0; node != NF_PAGE_NO_NODE && reach < REACH; reach++) {
        if (tree->node[node].role == NF_PAGE_ROLE_NOT_POST)
            return false;
        found |= is_post(tree, node, forum);
        node = tree->node[node].parent;
    }
    return found;
}

static bool judge_by_engine(const struct nf_page_tree *tree, const struct nf_page_facts *facts, const struct claims *claims,
                            bool *kept)
{
    size_t posts = 0, first = 0;
    float words = 0, all = facts->words_before[tree->block_count];
    for (uint32_t i = 0; i < tree->node_count; i++) {
        const struct nf_page_node *node = &tree->node[i];
        if (!is_post(tree, i, claims->forum) || (node->parent != NF_PAGE_NO_NODE && in_post(tree, node->parent, claims->forum)))
            continue;
        first = posts++ ? first : node->first_block;
        words += facts->words_before[node->end_block] - facts->words_before[node->first_block];
    }
    if (!posts || (claims->article && nf_page_article_before(tree, facts, first)) || words < (posts < POSTS_SEVERAL || claims->article ? THREAD_SHARE : POSTS_SHARE) * all)
        return false;
    for (size_t i = 0; i < tree->block_count; i++)
        kept[i] = in_post(tree, tree->block[i].node, claims->forum) && !nf_page_is_clutter(tree, facts, i);
    return true;
}

bool nf_page_judge_thread(const struct nf_page_tree *tree, struct nf_page_facts *facts,
                          const struct nf_page_json *json, bool *kept)
{
    struct claims claims = {
        .article = json->article || nf_span_is(nf_buf_span(&tree->og_type), "article"),
        .forum = json->thread || tree->forum_marks > 0,
    };
    bool structured = json->thread || (tree->forum_marks >= FORUM_MARKS && !json->article);
    return judge_by_engine(tree, facts, &claims, kept) || (structured && nf_page_judge_posts(tree, facts, kept));
}
