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
typedef float columns __attribute__((vector_size(32)));
typedef int32_t answers __attribute__((vector_size(32)));

#define WIDTH (sizeof(columns) / sizeof(float))

/* Of two numbers for each column, the first where the answer is yes. */
#define CHOOSE(yes, first, second) ((columns)(((yes) & (answers)(first)) | (~(yes) & (answers)(second))))
#define ASK(node) (*(const columns *)(const void *)(cues->row[tree->cue[node]] + at) <= tree->limit[node])
#define LEAF(n) (tree->leaf[n] - (columns){0})

/*
 * A tree for some columns: each node is asked, and the leaf is chosen among all, so that columns need no branches.
 */
static inline __attribute__((always_inline)) void add_tree(const struct tree *tree, const struct nf_cues *cues, size_t at, columns *odds)
{
    columns first = CHOOSE(ASK(3), LEAF(0), LEAF(1)), second = CHOOSE(ASK(4), LEAF(2), LEAF(3));
    columns third = CHOOSE(ASK(5), LEAF(4), LEAF(5)), fourth = CHOOSE(ASK(6), LEAF(6), LEAF(7));
    columns left = CHOOSE(ASK(1), first, second), right = CHOOSE(ASK(2), third, fourth);
    *odds += CHOOSE(ASK(0), left, right);
}

static inline __attribute__((always_inline)) void add_trees(const struct nf_cues *cues, float *odds)
{
    columns *sum = (columns *)(void *)odds;
    for (size_t t = 0; t < sizeof trees / sizeof *trees; t++)
        for (size_t i = 0; i < NF_CUE_COLUMNS / WIDTH; i++)
            add_tree(&trees[t], cues, i * WIDTH, sum + i);
}

static void add_trees_any(const struct nf_cues *cues, float *odds)
{
    add_trees(cues, odds);
}

#if NF_CPU_IS_X86
__attribute__((target("avx2"))) static void add_trees_v3(const struct nf_cues *cues, float *odds)
{
    add_trees(cues, odds);
}
#else
#define add_trees_v3 add_trees_any
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
