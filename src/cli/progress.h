/*
 * progress.h: the line on a terminal that tells how far the run is.
 * Used by the cli files. What is shown depends on the time; nothing that is written does.
 */
#ifndef NEWSFOLD_CLI_PROGRESS_H
#define NEWSFOLD_CLI_PROGRESS_H

#include <stdbool.h>

#include <newsfold/pipeline.h>

#include "base/buf.h"
#include "cli/arguments.h"

struct nf_progress {
    bool active;                /* standard error is a terminal, and nobody said no */
    uint64_t began, drawn;      /* nanoseconds of the clock */
    uint64_t total;             /* bytes to be read, or 0: not known */
    uint64_t bytes, files;      /* so far */
    uint64_t paragraphs, kept;  /* of inputs that are done */
};

void nf_progress_init(struct nf_progress *progress, const struct nf_arguments *arguments);

/* So many bytes more were read, or with 0 a file begins. Draws, at most ten times a second. */
void nf_progress_read(struct nf_progress *progress, uint64_t bytes);
void nf_progress_count(struct nf_progress *progress, const struct nf_counts *of_input);
void nf_progress_end(struct nf_progress *progress);

/* The line at a time. in  now: nanoseconds of the clock, after began */
void nf_progress_line(const struct nf_progress *progress, uint64_t now, struct nf_buf *out);

#endif
