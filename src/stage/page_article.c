/*
 * page_article.c: the blocks of an article, by decision trees that were trained on labelled pages.
 * Used by page.c.
 */
#include <math.h>

#include "stage/page_judge.h"

/* A sum of the trees above this is the article: log(0.4 / 0.6). */
#define KEEP_LIMIT (-0.405f)

/* Fewer words than this, or a smaller share of the page's text: no article was found. */
#define ARTICLE_WORDS 25
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

void nf_page_judge_article(const struct nf_page_tree *tree, const struct nf_page_facts *facts, bool *kept)
{
    float features[NF_FEATURE_COUNT];
    float words = 0, text = 0;
    for (size_t i = 0; i < tree->block_count; i++) {
        nf_page_features(facts, tree, i, features);
        kept[i] = judge(features) > KEEP_LIMIT;
        float own = exp2f(facts->block[i].words) - 1;
        words += kept[i] ? own : 0;
        text += is_page_text(tree, facts, i) ? own : 0;
    }
    if (words < ARTICLE_WORDS || words < ARTICLE_SHARE * text)
        for (size_t i = 0; i < tree->block_count; i++)
            kept[i] |= is_page_text(tree, facts, i);
    if (facts->headline < tree->block_count)
        kept[facts->headline] = true;
}
