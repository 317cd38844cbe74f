/*
 * fold.h: finding the articles that were there before.
 * Used by the pipeline, in input order, after digest_keys.
 */
#ifndef NEWSFOLD_STAGE_FOLD_H
#define NEWSFOLD_STAGE_FOLD_H

#include <newsfold/document.h>
#include <newsfold/options.h>
#include <newsfold/pipeline.h>

#include "text/words.h"

struct nf_fold;

/* in  exact: only equal paragraphs fold; scope: whether documents fold against earlier ones */
struct nf_fold *nf_fold_new(bool exact, enum nf_scope scope);
void nf_fold_free(struct nf_fold *fold);

/*
 * Let the tables take so many bytes. At that the oldest near keys go, by halves; when there are none, new
 * paragraphs are not remembered.
 */
void nf_fold_limit(struct nf_fold *fold, uint64_t bytes);

/* From now on say what each repeat repeats, for who tells readers. cost: 4 bytes a content paragraph, 32 a repeat */
void nf_fold_name_sources(struct nf_fold *fold);

/*
 * Give REPEAT verdicts and the order of the paragraphs.
 *
 * in      document: digests set; words: of the same document, NULL in exact mode
 * out     verdict and near of every paragraph that stands elsewhere already, and document->sources if they are to be
 *         named; document->order where paragraphs that only a later copy has were moved into the earlier one
 * cost    linear; 19 to 23 bytes for each new paragraph of the run, and in near mode 4 more and about 3 for each word
 */
void nf_fold_document(struct nf_fold *fold, struct nf_document *document, const struct nf_words *words);

/*
 * What was seen, kept for a later run or taken from an earlier one.
 *
 * in      rules: a fingerprint of the rules that text was stripped by; load: before the first document
 * fails   NF_ECONTRACT when what is loaded is damaged, or was made by other keys, under other rules or in the other
 *         mode; whatever move fails with
 * cost    load: as fast as memory is filled; 16 to 19 bytes for each paragraph, and what nf_fold_size says of near
 */
NF_MUST_CHECK enum nf_status nf_fold_load(struct nf_fold *fold, uint64_t rules, uint64_t len, nf_move *get, void *context,
                                          struct nf_error *error);
NF_MUST_CHECK enum nf_status nf_fold_save(const struct nf_fold *fold, uint64_t rules, nf_move *put, void *context);

/* What the tables hold: paragraphs, and bytes for exact and for near matches. */
struct nf_fold_size {
    uint64_t paragraphs, exact_bytes, near_bytes;
    uint64_t near_forgotten, unremembered;      /* for want of memory */
};

struct nf_fold_size nf_fold_size(const struct nf_fold *fold);

#endif
