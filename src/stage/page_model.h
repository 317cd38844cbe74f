/*
 * page_model.h: the decision trees for blocks, laid out by what they look at.
 * Used by page_article.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_MODEL_H
#define NEWSFOLD_STAGE_PAGE_MODEL_H

struct nf_page_model;

/* cost: some tens of microseconds. in: for nf_page_model_free */
struct nf_page_model *nf_page_model_new(void);
void nf_page_model_free(struct nf_page_model *model);

/* The sum of all trees' leaves. in  features: NF_FEATURE_COUNT */
float nf_page_model_judge(const struct nf_page_model *model, const float *features);

#endif
