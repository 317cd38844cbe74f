/*
 * page_article.c: the blocks of an article, by decision trees that were trained on labelled pages.
 * Used by page.c.
 */
#include <math.h>

#include "stage/page_judge.h"

/* A sum of the trees above this is the article: odds of 0.42. */
#define KEEP_LIMIT (-0.323f)

/* Odds of 0.15: where hardly anything passes the first limit, the page is of an unusual make. */
#define KEEP_LIMIT_LOW (-1.735f)

/* Fewer words than this, or a smaller share of the page's text: the article was not found. */
#define ARTICLE_WORDS 30
#define ARTICLE_SHARE 0.15f

struct tree_node {
    uint8_t feature, left, right;
    float limit;
};

#define NODES_MAX 32

static const struct tree_node trees[][NODES_MAX] = {
#define BASE(value)
#define TREE(...) {__VA_ARGS__},
#include "stage/page_model.def"
#undef TREE
#undef BASE
};

static const float base =
#define BASE(value) value
#define TREE(...)
#include "stage/page_model.def"
#undef TREE
#undef BASE
    ;

static float judge(const float *features)
{
    float sum = base;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        const struct tree_node *node = trees[i];
        while (node->left)
            node = &trees[i][features[node->feature] <= node->limit ? node->left : node->right];
        sum += node->limit;
    }
    return sum;
}

/* No article: everything but menus, forms, footers and lists of links. */
static bool is_page_text(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i)
{
    const uint64_t bad = NF_EVIDENCE_BIT(NAV) | NF_EVIDENCE_BIT(FOOTER) | NF_EVIDENCE_BIT(POPUP)
                         | NF_EVIDENCE_BIT(SHARE) | NF_EVIDENCE_BIT(PAGER) | NF_EVIDENCE_BIT(ADVERT);
    const struct nf_node_facts *around = &facts->node[tree->block[i].node];
    if (around->nav || around->footer || around->hidden || facts->block[i].line_tag == NF_LINE_CONTROL)
        return false;
    return !(around->around & bad) && facts->block[i].linked < 0.5f;
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

void nf_page_judge_article(const struct nf_page_tree *tree, struct nf_page_facts *facts, bool *kept)
{
    float features[NF_FEATURE_COUNT];
    float text = facts->words_before[tree->block_count];
    for (size_t i = 0; i < tree->block_count; i++) {
        nf_page_features(facts, tree, i, features);
        facts->block[i].judged = judge(features);
    }
    float words = keep(tree, facts, KEEP_LIMIT, kept);
    if (words < ARTICLE_WORDS || words < ARTICLE_SHARE * text)
        words = keep(tree, facts, KEEP_LIMIT_LOW, kept);
    if (words < ARTICLE_WORDS || words < ARTICLE_SHARE * text)
        for (size_t i = 0; i < tree->block_count; i++)
            kept[i] |= is_page_text(tree, facts, i);
    if (facts->headline < tree->block_count)
        kept[facts->headline] = true;
}
