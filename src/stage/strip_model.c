/*
 * strip_model.c: decision trees over the cues of a line.
 * Used by strip_structure.c.
 *
 * The trees are the rows of strip_model.def, made by tests/eval/train_lines.py. All have three levels, so
 * that the way down needs no branch. Nothing in them names a language, a site or a word.
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

float nf_line_odds(const struct nf_surroundings *surroundings, size_t line)
{
    float cues[NF_CUE_COUNT], odds = base;
    nf_line_cues(surroundings, line, cues);
    for (size_t t = 0; t < sizeof trees / sizeof *trees; t++) {
        const struct tree *tree = &trees[t];
        size_t node = 0;
        for (int level = 0; level < 3; level++)
            node = 2 * node + 1 + !(cues[tree->cue[node]] <= tree->limit[node]);
        odds += tree->leaf[node - INNER];
    }
    return odds;
}
