/*
 * strip_model.c: decision trees over the cues of a line.
 * Used by strip_structure.c.
 *
 * The trees are the rows of strip_model.def, made by tests/eval/train_lines.py. All have three levels, so
 * that they can be asked all at once. Nothing in them names a language, a site or a word.
 */
#include "stage/strip_model.h"

#define INNER 7
#define LEAVES 8

/* The children of node i are 2i + 1, if the cue is at most the limit, and 2i + 2. */
struct tree {
    uint8_t cue[INNER];
    float limit[INNER];
    float leaf[LEAVES];
};

static const struct tree trees[] = {
#define BASE(value)
#define TREE(...) {__VA_ARGS__},
#include "stage/strip_model.def"
#undef TREE
#undef BASE
};

static const float base =
#define BASE(value) value
#define TREE(...)
#include "stage/strip_model.def"
#undef TREE
#undef BASE
    ;

/* Some columns side by side; the compiler takes what the processor has for them. */
typedef float columns4 __attribute__((vector_size(16)));
typedef float columns8 __attribute__((vector_size(32)));
typedef float columns16 __attribute__((vector_size(64)));
typedef int32_t answers4 __attribute__((vector_size(16)));
typedef int32_t answers8 __attribute__((vector_size(32)));
typedef int32_t answers16 __attribute__((vector_size(64)));

/* Of two numbers for each column, the first where the answer is yes. */
#define CHOOSE(n, yes, first, second) \
    ((columns##n)(((yes) & (answers##n)(first)) | (~(yes) & (answers##n)(second))))
#define ASK(n, node) (*(const columns##n *)(const void *)(cues->row[tree->cue[node]] + at) <= tree->limit[node])
#define LEAF(n, leaf_) (tree->leaf[leaf_] - (columns##n){0})

/*
 * All trees for n columns at a time: each node is asked, and the leaf is chosen among all, so that columns need no branches.
 */
#define ADD_TREES(n)                                                                                                   \
    for (size_t t = 0; t < sizeof trees / sizeof *trees; t++)                                                          \
        for (size_t at = 0; at < NF_CUE_COLUMNS; at += n) {                                                            \
            const struct tree *tree = &trees[t];                                                                       \
            columns##n first = CHOOSE(n, ASK(n, 3), LEAF(n, 0), LEAF(n, 1));                                           \
            columns##n second = CHOOSE(n, ASK(n, 4), LEAF(n, 2), LEAF(n, 3));                                          \
            columns##n third = CHOOSE(n, ASK(n, 5), LEAF(n, 4), LEAF(n, 5));                                           \
            columns##n fourth = CHOOSE(n, ASK(n, 6), LEAF(n, 6), LEAF(n, 7));                                          \
            columns##n left = CHOOSE(n, ASK(n, 1), first, second), right = CHOOSE(n, ASK(n, 2), third, fourth);        \
            *(columns##n *)(void *)(odds + at) += CHOOSE(n, ASK(n, 0), left, right);                                   \
        }

static void add_trees_any(const struct nf_cues *cues, float *odds)
{
    ADD_TREES(4)
}

#if NF_CPU_IS_X86
__attribute__((target("avx2"))) static void add_trees_v3(const struct nf_cues *cues, float *odds)
{
    ADD_TREES(8)
}

__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))) static void add_trees_v4(const struct nf_cues *cues, float *odds)
{
    ADD_TREES(16)
}
#else
#define add_trees_v3 add_trees_any
#define add_trees_v4 add_trees_any
#endif

/* One column after the other, each on its way down. */
static void walk_trees(const struct nf_cues *cues, float *odds)
{
    for (size_t t = 0; t < sizeof trees / sizeof *trees; t++)
        for (size_t i = 0; i < NF_CUE_COLUMNS; i++) {
            size_t node = 0;
            while (node < INNER)
                node = 2 * node + 1 + !(cues->row[trees[t].cue[node]][i] <= trees[t].limit[node]);
            odds[i] += trees[t].leaf[node - INNER];
        }
}

/* Lines that are judged together. */
struct lot {
    _Alignas(64) struct nf_cues cues;
    size_t line[NF_CUE_COLUMNS];
    unsigned count;
};

static void judge(struct lot *lot, enum nf_cpu cpu, float *odds)
{
    _Alignas(64) float sum[NF_CUE_COLUMNS];
    for (unsigned i = 0; i < NF_CUE_COLUMNS; i++)
        sum[i] = base;
    if (cpu == NF_CPU_REFERENCE)
        walk_trees(&lot->cues, sum);
    else if (cpu >= NF_CPU_V4)
        add_trees_v4(&lot->cues, sum);
    else if (cpu >= NF_CPU_V3)
        add_trees_v3(&lot->cues, sum);
    else
        add_trees_any(&lot->cues, sum);
    for (unsigned i = 0; i < lot->count; i++)
        odds[lot->line[i]] = sum[i];
    lot->count = 0;
}

void nf_line_odds(const struct nf_surroundings *surroundings, enum nf_cpu cpu, float *odds)
{
    struct lot lot = {.count = 0};
    for (size_t i = 0; i < surroundings->count; i++) {
        if (surroundings->document->paragraphs[i].verdict != NF_KEEP)
            continue;
        nf_line_cues(surroundings, i, &lot.cues, lot.count);
        lot.line[lot.count++] = i;
        if (lot.count == NF_CUE_COLUMNS)
            judge(&lot, cpu, odds);
    }
    if (lot.count)
        judge(&lot, cpu, odds);
}
