/*
 * test_page_model.c: sixteen blocks at a time get the sums that a walk through each tree gives.
 */
#include "stage/page_model.h"

#include <math.h>

#include "test.h"

struct tree_node {
    uint8_t feature, left, right;
    float limit;
};

static const struct tree_node trees[][11] = {
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

static float walk(const struct tree_node *nodes, nf_page_feature *features, size_t block)
{
    const struct tree_node *node = nodes;
    while (node->left)
        node = &nodes[features[node->feature][block] <= node->limit ? node->left : node->right];
    return node->limit;
}

static float sum_of(nf_page_feature *features, size_t block)
{
    float sums[4] = {base};
    for (size_t i = 0; i < TREE_COUNT; i++)
        sums[i % 4] += walk(trees[i], features, block);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* Values at the limits of the trees, between them and beyond; and what is no number. */
static float some_value(uint64_t *state, unsigned feature)
{
    const struct tree_node *node = &trees[test_random(state) % TREE_COUNT][test_random(state) % 11];
    switch (test_random(state) % 8) {
    case 0: return 0;
    case 1: return 1;
    case 2: return NAN;
    case 3: return (float)(test_random(state) % 1000) / 37 - 2;
    case 4: return node->feature == feature ? nextafterf(node->limit, 100) : -1;
    default: return node->limit;
    }
}

void test_page_model(void)
{
    nf_page_feature features[NF_FEATURE_COUNT], sums;
    struct nf_page_model *model = nf_page_model_new();
    uint64_t state = 11;
    test_begin("page_model: blocks at a time");
    bool same = true;
    for (int round = 0; round < 500; round++) {
        for (unsigned i = 0; i < NF_FEATURE_COUNT; i++)
            for (size_t k = 0; k < NF_PAGE_LANES; k++)
                features[i][k] = some_value(&state, i);
        nf_page_model_judge(model, features, sums);
        for (size_t k = 0; k < NF_PAGE_LANES; k++) {
            float want = sum_of(features, k);
            same &= memcmp(&sums[k], &want, sizeof want) == 0;
        }
    }
    CHECK(same, "a sum is not that of the trees");
    nf_page_model_free(model);
}
