/*
 * strip_model.h: how likely a line of a whole page's dump is content.
 * Used by strip_structure.c, and by tests/eval/line_features.c which feeds the training.
 */
#ifndef NEWSFOLD_STAGE_STRIP_MODEL_H
#define NEWSFOLD_STAGE_STRIP_MODEL_H

#include "stage/strip.h"

#define NF_FEATURES_MAX 160     /* that hold for one line */

/* Sums over the lines before each line, and distances to the nearest prose; made once a document. */
struct nf_surroundings {
    struct nf_line_facts *facts;        /* borrowed */
    const struct nf_document *document;
    size_t count;
    uint32_t *sums;             /* for each kind of line, count + 1 of them */
    uint32_t *before, *after;   /* lines to the nearest prose, 99 at most */
    bool thread, dense, large;
};

void nf_surroundings_init(struct nf_surroundings *surroundings, struct nf_line_facts *facts,
                          const struct nf_document *document);
void nf_surroundings_release(struct nf_surroundings *surroundings);

/*
 * The features that hold for a line, as numbers below nf_feature_count().
 *
 * in      features: room for NF_FEATURES_MAX
 */
size_t nf_line_features(const struct nf_surroundings *surroundings, size_t line, uint16_t *features);
size_t nf_feature_count(void);

/*
 * out     the log odds that the line is content
 * source  logistic regression over half of the labelled pages, see tests/eval/README.md
 */
float nf_line_odds(const struct nf_surroundings *surroundings, size_t line);

#endif
