/*
 * page_model.c: all trees at once. Walking 200 trees node by node, a processor guesses wrong in each.
 * Used by page_article.c.
 *
 * Of each feature, the limits in all trees are sorted: those below its value are the first ones. Each of them rules
 * out the leaves on its left; the first leaf that is left of a tree is the one that a walk would come to.
 * source: C. Lucchese and others, QuickScorer, SIGIR 2015
 */
#include "stage/page_model.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "stage/page_features.h"

struct tree_node {
    uint8_t feature, left, right;
    float limit;
};

#define NODES_MAX 11
#define LEAVES_MAX 6

/* Nodes stand in front of what is below them, left before right. */
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

#define TREE_COUNT (sizeof trees / sizeof *trees)

struct test {
    float limit;
    uint16_t tree;
    uint8_t feature;
    uint8_t leaves;             /* those that are left when the feature is above the limit */
};

struct nf_page_model {
    struct test test[TREE_COUNT * (LEAVES_MAX - 1)];
    uint16_t first[NF_FEATURE_COUNT + 1];   /* tests of each feature */
    float leaf[TREE_COUNT][LEAVES_MAX];
};

static int compare(const void *a, const void *b)
{
    const struct test *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return x->limit < y->limit ? -1 : x->limit > y->limit;
}

struct layout {
    struct nf_page_model *model;
    size_t tests;
    uint16_t tree;
};

/* in  leaves: of the tree, before this node. gives: those and its own */
static unsigned lay_out(struct layout *layout, size_t node, unsigned leaves)
{
    const struct tree_node *own = &trees[layout->tree][node];
    if (!own->left) {
        layout->model->leaf[layout->tree][leaves] = own->limit;
        return leaves + 1;
    }
    unsigned middle = lay_out(layout, own->left, leaves);
    unsigned on_the_left = (1u << middle) - (1u << leaves);
    layout->model->test[layout->tests++] = (struct test){
        .limit = own->limit, .tree = layout->tree, .feature = own->feature, .leaves = (uint8_t)~on_the_left};
    return lay_out(layout, own->right, middle);
}

struct nf_page_model *nf_page_model_new(void)
{
    struct nf_page_model *model = nf_alloc_zero(1, sizeof *model);
    struct layout layout = {.model = model};
    for (; layout.tree < TREE_COUNT; layout.tree++)
        lay_out(&layout, 0, 0);
    qsort(model->test, layout.tests, sizeof *model->test, compare);
    for (size_t i = 0; i < layout.tests; i++)
        model->first[model->test[i].feature + 1]++;
    for (size_t i = 0; i < NF_FEATURE_COUNT; i++)
        model->first[i + 1] = (uint16_t)(model->first[i + 1] + model->first[i]);
    return model;
}

void nf_page_model_free(struct nf_page_model *model)
{
    nf_free(model);
}

/* The number of the lowest bit that is set, of six. */
static unsigned lowest(unsigned bits)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctz(bits);
#else
    unsigned number = 0;
    while (!(bits >> number & 1))
        number++;
    return number;
#endif
}

float nf_page_model_judge(const struct nf_page_model *model, const float *features)
{
    uint8_t leaves[TREE_COUNT];
    float sums[4] = {base};         /* four at a time: they need not wait for each other */
    memset(leaves, 0xFF, sizeof leaves);
    for (size_t i = 0; i < NF_FEATURE_COUNT; i++) {
        const struct test *test = model->test + model->first[i], *end = model->test + model->first[i + 1];
        for (float value = features[i]; test < end && !(value <= test->limit); test++)
            leaves[test->tree] &= test->leaves;
    }
    for (size_t i = 0; i < TREE_COUNT; i++)
        sums[i % 4] += model->leaf[i][lowest(leaves[i])];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}
