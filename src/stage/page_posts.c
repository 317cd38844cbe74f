/*
 * page_posts.c: posts known by their structure: elements of one kind, each with a name or a date and some text.
 * Used by page_thread.c, for engines it does not know.
 */
#include "base/alloc.h"
#include "base/table.h"
#include "stage/page_judge.h"

#define POSTS_LEAST 3
#define POSTS_SHARE 0.5f        /* of the page's words outside links */
#define SIGNED_SHARE 0.7f       /* of the posts: with a name or a date */

/* An article with comments below it stays an article: so many words in sentences are before them. */
#define ARTICLE_WORDS 120.0f
#define ARTICLE_SHARE 0.2f

#define SIGNATURES (NF_EVIDENCE_BIT(USER) | NF_EVIDENCE_BIT(AUTHOR) | NF_EVIDENCE_BIT(META))
#define CLUTTER (SIGNATURES | NF_EVIDENCE_BIT(REACTION) | NF_EVIDENCE_BIT(SHARE) | NF_EVIDENCE_BIT(PAGER) \
                 | NF_EVIDENCE_BIT(BUTTON) | NF_EVIDENCE_BIT(TAGS) | NF_EVIDENCE_BIT(HIDDEN))

/* All elements of one kind. */
struct kind {
    uint32_t hash;
    uint32_t count, signed_count;
    uint32_t first, last;       /* nodes */
    float words, value;
};

struct kinds {
    struct kind *item;
    size_t count, capacity;
    struct nf_table number;     /* of a kind, by its hash */
    uint64_t *inside;           /* for each node: evidence in it */
    float *words, *value;       /* for each node: words outside links; what its lines are worth as a post's text */
};

static void release(struct kinds *kinds)
{
    nf_free(kinds->item);
    nf_free(kinds->inside);
    nf_free(kinds->words);
    nf_free(kinds->value);
    nf_table_release(&kinds->number);
}

/* Inline evidence alone says little: a post may name a user in a sentence. */
bool nf_page_is_clutter(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i)
{
    const struct nf_page_block *block = &tree->block[i];
    uint64_t own = tree->node[block->node].evidence;
    return facts->block[i].line_tag == NF_LINE_CONTROL || (block->words < 20 && own & CLUTTER)
           || (block->words < 4 && block->evidence & CLUTTER);
}

static void sum_nodes(struct kinds *kinds, const struct nf_page_tree *tree, const struct nf_page_facts *facts)
{
    kinds->inside = nf_alloc_zero(tree->node_count, sizeof *kinds->inside);
    kinds->words = nf_alloc_zero(tree->node_count, sizeof *kinds->words);
    kinds->value = nf_alloc_zero(tree->node_count, sizeof *kinds->value);
    for (size_t i = 0; i < tree->block_count; i++) {
        const struct nf_page_block *block = &tree->block[i];
        float plain = (float)block->words - (float)block->link_words;
        kinds->inside[block->node] |= block->evidence;
        kinds->words[block->node] += plain;
        kinds->value[block->node] += nf_page_is_clutter(tree, facts, i) ? -4 - (float)block->words : plain - 1;
    }
    for (uint32_t i = (uint32_t)tree->node_count; i-- > 0;) {
        uint32_t parent = tree->node[i].parent;
        kinds->inside[i] |= tree->node[i].evidence;
        if (parent == NF_PAGE_NO_NODE)
            continue;
        kinds->inside[parent] |= kinds->inside[i];
        kinds->words[parent] += kinds->words[i];
        kinds->value[parent] += kinds->value[i];
    }
}

static bool inside_own_kind(const struct nf_page_tree *tree, uint32_t i)
{
    uint32_t kind = tree->node[i].kind;
    for (unsigned reach = 0; reach < 40 && (i = tree->node[i].parent) != NF_PAGE_NO_NODE; reach++)
        if (tree->node[i].kind == kind)
            return true;
    return false;
}

static void find_kinds(struct kinds *kinds, const struct nf_page_tree *tree)
{
    nf_table_init(&kinds->number, 0);
    for (uint32_t i = 0; i < tree->node_count; i++) {
        const struct nf_page_node *node = &tree->node[i];
        if (!node->kind || node->first_block == node->end_block)
            continue;
        uint64_t number = nf_table_put(&kinds->number, node->kind * UINT64_C(0x9E3779B97F4A7C15), 0, kinds->count);
        if (number == kinds->count) {
            kinds->item = nf_grow(kinds->item, &kinds->capacity, kinds->count + 1, sizeof *kinds->item);
            kinds->item[kinds->count++] = (struct kind){.hash = node->kind, .first = i};
        }
        struct kind *kind = &kinds->item[number];
        kind->count++;
        kind->last = i;
        kind->signed_count += (kinds->inside[i] & SIGNATURES) != 0;
        if (inside_own_kind(tree, i))
            continue;
        kind->words += kinds->words[i];
        kind->value += kinds->value[i];
    }
}

/* The kind that holds most of the page's text in signed pieces. */
static const struct kind *find_posts(const struct kinds *kinds)
{
    const struct kind *best = NULL;
    float score = POSTS_SHARE * kinds->words[0];
    for (size_t i = 0; i < kinds->count; i++) {
        const struct kind *kind = &kinds->item[i];
        if (kind->count < POSTS_LEAST || (float)kind->signed_count < SIGNED_SHARE * (float)kind->count)
            continue;
        if (kind->words > score)
            score = kind->words, best = kind;
    }
    return best;
}

static const struct kind *find_bodies(const struct kinds *kinds, const struct kind *posts)
{
    const struct kind *best = posts;
    float count = (float)posts->count;
    for (size_t i = 0; i < kinds->count; i++) {
        const struct kind *kind = &kinds->item[i];
        if ((float)kind->count < 0.6f * count || (float)kind->count > 1.4f * count || kind->first < posts->first)
            continue;
        if (kind->value > best->value)
            best = kind;
    }
    return best;
}

static bool in_kind(const struct nf_page_tree *tree, uint32_t node, uint32_t kind)
{
    for (unsigned reach = 0; node != NF_PAGE_NO_NODE && reach < 60; reach++) {
        if (tree->node[node].kind == kind)
            return true;
        node = tree->node[node].parent;
    }
    return false;
}

bool nf_page_article_before(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t block)
{
    float before = nf_page_words_before(facts, tree, block);
    return before > ARTICLE_WORDS && before > ARTICLE_SHARE * nf_page_words_before(facts, tree, tree->block_count);
}

bool nf_page_judge_posts(const struct nf_page_tree *tree, struct nf_page_facts *facts, bool *kept)
{
    struct kinds kinds = {0};
    sum_nodes(&kinds, tree, facts);
    find_kinds(&kinds, tree);
    const struct kind *posts = find_posts(&kinds);
    bool found = posts && !nf_page_article_before(tree, facts, tree->node[posts->first].first_block);
    if (found) {
        const struct kind *bodies = find_bodies(&kinds, posts);
        size_t first = tree->node[posts->first].first_block;
        nf_page_judge_article(tree, facts, kept);       /* for the question that opens the thread */
        for (size_t i = 0; i < tree->block_count; i++)
            kept[i] = (i < first && kept[i] && facts->block[i].is_text)
                      || (in_kind(tree, tree->block[i].node, bodies->hash) && !nf_page_is_clutter(tree, facts, i));
    }
    release(&kinds);
    return found;
}
