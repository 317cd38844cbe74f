/*
 * delivery.h: where everything that the pipeline writes goes: standard output, a file, a file for each input.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_DELIVERY_H
#define NEWSFOLD_CLI_DELIVERY_H

#include <newsfold/pipeline.h>

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/targets.h"

struct nf_delivery {
    const struct nf_arguments *arguments;
    const struct nf_targets *targets;       /* NULL unless -O or -i */
    struct nf_progress *progress;
    struct nf_output_file file;                  /* of -o, or of the input that is being written */
    struct nf_output_file aside[NF_ASIDE_COUNT];
    uint64_t problems;                      /* of the input that is being finished */
    bool failed;                            /* an output could not be written, or an input be read; it was told */
    bool spoiled;                           /* what would be in the file of -o lacks a part of itself */
};

/* Open the files that are one for the whole run. fails: with a message, giving false */
bool nf_delivery_open(struct nf_delivery *delivery);

struct nf_sink nf_delivery_sink(struct nf_delivery *delivery);

/* Which of the run's output files an input is: its name, or NULL. Such an input is being replaced. */
const char *nf_delivery_output(const struct nf_delivery *delivery, const struct stat *input);

/* Let the files appear, if `whole`. A failure is told and noted. */
void nf_delivery_close(struct nf_delivery *delivery, bool whole);

/* Write to standard output, whole. fails: NF_ECLOSED quietly, NF_EWRITE with a message */
NF_MUST_CHECK enum nf_status nf_write_standard(const char *bytes, size_t len);

#endif
