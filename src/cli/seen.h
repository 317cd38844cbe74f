/*
 * seen.h: the file of --seen: what earlier runs saw, locked while this run uses it, replaced as a whole.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_SEEN_H
#define NEWSFOLD_CLI_SEEN_H

#include <newsfold/pipeline.h>

struct nf_seen_file {
    const char *path;           /* borrowed */
    int file;                   /* open and locked, or -1 */
};

/*
 * Lock the file, made empty if there is none, and let the pipeline know what it holds.
 *
 * fails   with a message: NF_EREAD when it cannot be read or another run has it, NF_ECONTRACT when what it
 *         holds is damaged or was made under other rules
 */
NF_MUST_CHECK enum nf_status nf_seen_open(struct nf_seen_file *seen, const char *path, struct nf_pipeline *pipeline);

/* Replace it by what is known now, all of it or nothing. fails: with a message */
NF_MUST_CHECK bool nf_seen_replace(struct nf_seen_file *seen, const struct nf_pipeline *pipeline);

/* Unlock it. */
void nf_seen_close(struct nf_seen_file *seen);

#endif
