/*
 * page_model.c: the trees, without a branch: walking 200 trees node by node, a processor guesses wrong in each.
 * Used by page_article.c.
 *
 * The nodes of all trees make a few hundred tests, since many are alike; each is made once, for all blocks. Those that
 * a block does not pass rule out the leaves on their left; the first leaf that is left of a tree is the one that a walk
 * would come to. Loops over blocks have a fixed count and no branch, so that compilers make vectors of them.
 * source: C. Lucchese and others, QuickScorer, SIGIR 2015
 */
#include "stage/page_model.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/alloc.h"

struct tree_node {
    uint8_t feature, left, right;
    float limit;
};

#define NODES_MAX 11
#define LEAVES_MAX 6
#define TESTS_OF_TREE (LEAVES_MAX - 1)
#define ALL_LEAVES ((1u << LEAVES_MAX) - 1)

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

/* Passed, when the feature is at most the limit. */
struct test {
    float limit;
    uint8_t feature;
};

/* A tree with fewer tests has the first one several times. */
struct tree {
    uint16_t test[TESTS_OF_TREE];
    uint8_t leaves[TESTS_OF_TREE];      /* that are left when the test is not passed: a bit for each */
    float leaf[LEAVES_MAX];
};

/* A byte for each block. */
typedef uint8_t mask[NF_PAGE_LANES];

struct nf_page_model {
    struct test test[TREE_COUNT * TESTS_OF_TREE];
    size_t tests;
    struct tree tree[TREE_COUNT];
    mask same[1 << LEAVES_MAX];         /* any leaves, the same for every block */
};

static uint16_t test_of(struct nf_page_model *model, const struct tree_node *node)
{
    size_t i = 0;
    while (i < model->tests && (model->test[i].feature != node->feature || model->test[i].limit != node->limit))
        i++;
    if (i == model->tests)
        model->test[model->tests++] = (struct test){node->limit, node->feature};
    return (uint16_t)i;
}

struct layout {
    struct nf_page_model *model;
    const struct tree_node *nodes;
    struct tree *tree;
    unsigned tests;
};

/* in  leaves: of the tree, before this node. gives: those and its own */
static unsigned lay_out(struct layout *layout, size_t node, unsigned leaves)
{
    const struct tree_node *own = &layout->nodes[node];
    if (!own->left) {
        layout->tree->leaf[leaves] = own->limit;
        return leaves + 1;
    }
    unsigned test = layout->tests++, middle = lay_out(layout, own->left, leaves);
    layout->tree->test[test] = test_of(layout->model, own);
    layout->tree->leaves[test] = (uint8_t)(ALL_LEAVES & ~((1u << middle) - (1u << leaves)));
    return lay_out(layout, own->right, middle);
}

struct nf_page_model *nf_page_model_new(void)
{
    struct nf_page_model *model = nf_alloc_zero(1, sizeof *model);
    for (unsigned leaves = 0; leaves <= ALL_LEAVES; leaves++)
        memset(model->same[leaves], (int)leaves, sizeof model->same[leaves]);
    for (size_t i = 0; i < TREE_COUNT; i++) {
        struct layout layout = {.model = model, .nodes = trees[i], .tree = &model->tree[i]};
        lay_out(&layout, 0, 0);
        for (; layout.tests < TESTS_OF_TREE; layout.tests++) {
            layout.tree->test[layout.tests] = layout.tree->test[0];
            layout.tree->leaves[layout.tests] = layout.tree->leaves[0];
        }
    }
    return model;
}

void nf_page_model_free(struct nf_page_model *model)
{
    nf_free(model);
}

struct nf_page_asked nf_page_model_asks(const struct nf_page_model *model)
{
    struct nf_page_asked asked = {0, 0};
    for (size_t i = 0; i < model->tests; i++) {
        unsigned feature = model->test[i].feature;
        if (feature >= NF_FEATURE_AROUND_EVIDENCE)
            asked.around |= UINT64_C(1) << (feature - NF_FEATURE_AROUND_EVIDENCE);
        else if (feature >= NF_FEATURE_OWN_EVIDENCE)
            asked.own |= UINT64_C(1) << (feature - NF_FEATURE_OWN_EVIDENCE);
    }
    return asked;
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

/* All leaves where a block passes, else none. A feature that is no number passes nothing. */
#ifdef __SSE2__
static void make_test(const float *value, float limit, uint8_t *passed)
{
    __m128i masks[4];
    for (size_t k = 0; k < 4; k++)
        masks[k] = _mm_castps_si128(_mm_cmple_ps(_mm_loadu_ps(value + 4 * k), _mm_set1_ps(limit)));
    __m128i bytes = _mm_packs_epi16(_mm_packs_epi32(masks[0], masks[1]), _mm_packs_epi32(masks[2], masks[3]));
    _mm_storeu_si128((__m128i *)(void *)passed, _mm_and_si128(bytes, _mm_set1_epi8(ALL_LEAVES)));
}

_Static_assert(NF_PAGE_LANES == 16, "as many blocks as bytes");
#else
static void make_test(const float *value, float limit, uint8_t *passed)
{
    for (size_t k = 0; k < NF_PAGE_LANES; k++)
        passed[k] = value[k] <= limit ? ALL_LEAVES : 0;
}
#endif

/* Of each tree the leaves that are left, for every block. */
static void find_leaves(const struct nf_page_model *model, mask *passed, mask *leaves)
{
    for (size_t i = 0; i < TREE_COUNT; i++) {
        const struct tree *tree = &model->tree[i];
        const uint8_t *a = passed[tree->test[0]], *b = passed[tree->test[1]], *c = passed[tree->test[2]];
        const uint8_t *d = passed[tree->test[3]], *e = passed[tree->test[4]];
        const uint8_t *no_a = model->same[tree->leaves[0]], *no_b = model->same[tree->leaves[1]];
        const uint8_t *no_c = model->same[tree->leaves[2]], *no_d = model->same[tree->leaves[3]];
        const uint8_t *no_e = model->same[tree->leaves[4]];
        for (size_t k = 0; k < NF_PAGE_LANES; k++)
            leaves[i][k] = (a[k] | no_a[k]) & (b[k] | no_b[k]) & (c[k] | no_c[k]) & (d[k] | no_d[k]) & (e[k] | no_e[k]);
    }
}

static float leaf_of(const struct tree *tree, const uint8_t *leaves)
{
    return tree->leaf[lowest(*leaves)];
}

/* in  leaves: of the first tree, the block's; those of the next tree are NF_PAGE_LANES further on */
static float sum_of(const struct tree *tree, const uint8_t *leaves)
{
    float a = base, b = 0, c = 0, d = 0;        /* four at a time: they need not wait for each other */
    for (const struct tree *end = tree + TREE_COUNT; tree < end; tree += 4, leaves += 4 * NF_PAGE_LANES) {
        a += leaf_of(tree, leaves);
        b += leaf_of(tree + 1, leaves + NF_PAGE_LANES);
        c += leaf_of(tree + 2, leaves + 2 * NF_PAGE_LANES);
        d += leaf_of(tree + 3, leaves + 3 * NF_PAGE_LANES);
    }
    return (a + b) + (c + d);
}

_Static_assert(TREE_COUNT % 4 == 0, "trees are added up in fours");
_Static_assert(TESTS_OF_TREE == 5, "find_leaves has each test by its name");

void nf_page_model_judge(const struct nf_page_model *model, nf_page_feature features[NF_FEATURE_COUNT],
                         nf_page_feature sums)
{
    mask passed[TREE_COUNT * TESTS_OF_TREE], leaves[TREE_COUNT];
    for (size_t i = 0; i < model->tests; i++)
        make_test(features[model->test[i].feature], model->test[i].limit, passed[i]);
    find_leaves(model, passed, leaves);
    for (size_t k = 0; k < NF_PAGE_LANES; k++)
        sums[k] = sum_of(model->tree, &leaves[0][k]);
}
