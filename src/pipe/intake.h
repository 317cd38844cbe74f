/*
 * intake.h: inputs into entries of batches: unpacked, told apart by their format, and cut into documents.
 * Used by the pipeline, on the feeding thread.
 */
#ifndef NEWSFOLD_PIPE_INTAKE_H
#define NEWSFOLD_PIPE_INTAKE_H

#include "pipe/batch.h"
#include "pipe/flow.h"
#include "pipe/unpack.h"
#include "pipe/workers.h"
#include "stage/read_format.h"
#include "stage/read_records.h"
#include "stage/read_text.h"

struct nf_intake {
    const struct nf_options *options;
    struct nf_flow *flow;
    struct nf_workers *workers;         /* entries go into their open batch */
    struct nf_unpacker unpacker;
    struct nf_text_reader text;
    struct nf_record_reader records;
    struct nf_open_input *input;        /* the one being fed, or NULL */
    enum nf_looks_like looks;           /* what it is */
    bool broken;                        /* what follows of it is of no use */
    struct nf_buf held;                 /* a page so far, or what came before it was known what comes */
};

/* fails: NF_ESYNTAX for a separator that is no pattern */
NF_MUST_CHECK enum nf_status nf_intake_init(struct nf_intake *intake, const struct nf_options *options,
                                            struct nf_error *error);
void nf_intake_release(struct nf_intake *intake);

void nf_intake_begin(struct nf_intake *intake, const char *name, void *user);

/* As nf_pipeline_room. */
char *nf_intake_room(struct nf_intake *intake, size_t len);

/* Take some of `in`, which is shortened. gives back whether there is more to do */
bool nf_intake_take(struct nf_intake *intake, struct nf_span *in);
void nf_intake_end(struct nf_intake *intake, bool complete);

/* How many bytes the open batch's documents have. */
size_t nf_intake_len(const struct nf_intake *intake);

/* Give the batch the bytes that its entries view. It takes no more entries. */
void nf_intake_seal(struct nf_intake *intake, struct nf_batch *batch);

#endif
