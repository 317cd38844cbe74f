/*
 * page_article.c: the blocks of an article, by decision trees that were trained on labelled pages.
 * Used by page.c.
 */
#include <math.h>

#include "base/alloc.h"
#include "stage/page_judge.h"
#include "stage/page_model.h"

/* A sum of the trees above this is the article: odds of 0.35. */
#define KEEP_LIMIT (-0.6f)

/* Odds of 0.15: where hardly anything passes the first limit, the page is of an unusual make. */
#define KEEP_LIMIT_LOW (-1.735f)

/* Fewer words than this, or a smaller share of the page's text: the article was not found. */
#define ARTICLE_WORDS 30
#define ARTICLE_SHARE 0.15f

/* So much of an element's text found: all of it is the article's. */
#define SIBLINGS_SHARE 0.7f

/* No article: everything but menus, forms, footers and lists of links. */
static bool is_page_text(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i)
{
    const uint64_t bad = NF_EVIDENCE_BIT(NAV) | NF_EVIDENCE_BIT(FOOTER) | NF_EVIDENCE_BIT(POPUP)
                         | NF_EVIDENCE_BIT(SHARE) | NF_EVIDENCE_BIT(PAGER) | NF_EVIDENCE_BIT(ADVERT);
    const struct nf_node_facts *around = &facts->node[tree->block[i].node];
    if (around->nav || around->footer || around->hidden || facts->block[i].line_tag == NF_LINE_CONTROL)
        return false;
    return !(around->around & bad) && nf_page_linked(&tree->block[i]) < 0.5f;
}

/* The element whose paragraphs a block is one of. */
static uint32_t holder(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i)
{
    uint32_t node = tree->block[i].node, parent = tree->node[node].parent;
    bool leaf = facts->block[i].line_tag != NF_LINE_OTHER && facts->block[i].line_tag != NF_LINE_CELL;
    return leaf && parent != NF_PAGE_NO_NODE ? parent : node;
}

/* Where most of an element's text in sentences is the article, all of it is: an article does not end in the middle of
   its paragraphs. */
static void keep_siblings(const struct nf_page_tree *tree, const struct nf_page_facts *facts, bool *kept)
{
    float *words = nf_alloc_zero(tree->node_count, sizeof *words), *found = nf_alloc_zero(tree->node_count, sizeof *found);
    for (size_t i = 0; i < tree->block_count; i++) {
        if (!facts->block[i].is_text)
            continue;
        uint32_t node = holder(tree, facts, i);
        words[node] += (float)tree->block[i].words;
        found[node] += kept[i] ? (float)tree->block[i].words : 0;
    }
    for (size_t i = 0; i < tree->block_count; i++) {
        if (!facts->block[i].is_text)
            continue;
        uint32_t node = holder(tree, facts, i);
        kept[i] |= found[node] > SIBLINGS_SHARE * words[node];
    }
    nf_free(words);
    nf_free(found);
}

/* Better any of it than nothing: all but menus and footers, or all. */
static void keep_something(const struct nf_page_tree *tree, const struct nf_page_facts *facts, bool *kept)
{
    bool any = false;
    for (size_t i = 0; i < tree->block_count; i++)
        any |= kept[i];
    for (size_t i = 0; i < tree->block_count && !any; i++) {
        const struct nf_node_facts *around = &facts->node[tree->block[i].node];
        kept[i] = !around->nav && !around->footer && !around->hidden;
    }
    for (size_t i = 0; i < tree->block_count; i++)
        any |= kept[i];
    for (size_t i = 0; i < tree->block_count && !any; i++)
        kept[i] = true;
}

/* The words of the blocks that are over the limit. */
static float keep(const struct nf_page_tree *tree, const struct nf_page_facts *facts, float limit, bool *kept)
{
    float words = 0;
    for (size_t i = 0; i < tree->block_count; i++) {
        kept[i] = facts->block[i].judged > limit;
        words += kept[i] ? exp2f(facts->block[i].words) - 1 : 0;
    }
    return words;
}

static void judge_blocks(const struct nf_page_tree *tree, struct nf_page_facts *facts)
{
    nf_page_feature features[NF_FEATURE_COUNT], sums;
    if (!facts->model)
        facts->model = nf_page_model_new();
    facts->asked = nf_page_model_asks(facts->model);
    memset(features, 0, sizeof features);
    for (size_t from = 0; from < tree->block_count; from += NF_PAGE_LANES) {
        size_t left = tree->block_count - from, count = left < NF_PAGE_LANES ? left : NF_PAGE_LANES;
        for (size_t i = 0; i < count; i++)
            nf_page_features(facts, tree, from + i, (nf_page_feature *)&features[0][i]);
        nf_page_model_judge(facts->model, features, sums);
        for (size_t i = 0; i < count; i++)
            facts->block[from + i].judged = sums[i];
    }
}

void nf_page_judge_article(const struct nf_page_tree *tree, struct nf_page_facts *facts, bool *kept)
{
    float text = nf_page_words_before(facts, tree, tree->block_count);
    judge_blocks(tree, facts);
    float words = keep(tree, facts, KEEP_LIMIT, kept);
    if (words < ARTICLE_WORDS || words < ARTICLE_SHARE * text)
        words = keep(tree, facts, KEEP_LIMIT_LOW, kept);
    if (words < ARTICLE_WORDS || words < ARTICLE_SHARE * text)
        for (size_t i = 0; i < tree->block_count; i++)
            kept[i] |= is_page_text(tree, facts, i);
    keep_siblings(tree, facts, kept);
    if (facts->headline < tree->block_count)
        kept[facts->headline] = true;
    keep_something(tree, facts, kept);
}
