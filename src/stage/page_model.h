/*
 * page_model.h: the decision trees for blocks, for several blocks at a time.
 * Used by page_article.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_MODEL_H
#define NEWSFOLD_STAGE_PAGE_MODEL_H

#include "stage/page_features.h"

struct nf_page_model;

/* cost: some tens of microseconds. in: for nf_page_model_free */
struct nf_page_model *nf_page_model_new(void);
void nf_page_model_free(struct nf_page_model *model);

/* The evidence that a test asks for, of a block's own and around it: no other features of evidence need be set. */
struct nf_page_asked nf_page_model_asks(const struct nf_page_model *model);

/* Of each block the sum of all trees' leaves. in  features: of every block; all are set, or nobody looks at its sum */
void nf_page_model_judge(const struct nf_page_model *model, nf_page_feature features[NF_FEATURE_COUNT],
                         nf_page_feature sums);

#endif
