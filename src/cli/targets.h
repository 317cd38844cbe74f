/*
 * targets.h: with -O and -i, which input's clean text goes to which file; all of it is known before anything is read.
 * Used by the cli files.
 */
#ifndef NEWSFOLD_CLI_TARGETS_H
#define NEWSFOLD_CLI_TARGETS_H

#include <sys/stat.h>

#include "cli/operands.h"

struct nf_target {
    char *input;
    char *output;               /* the same text as input for -i */
    struct stat status;         /* of the input */
    bool walked;                /* found in a folder */
    bool dropped;               /* the same file came before */
};

struct nf_targets {
    struct nf_target *item;     /* in input order */
    size_t count, capacity;
    bool failed;                /* an input is missing, or cannot be written in place; the others are there */

    const struct nf_arguments *arguments;
    bool refused;
};

/*
 * fails   with a message, giving false: two inputs would be written to one file, an output is an input,
 *         the folder of -O is within an operand, a name leads out of it
 */
bool nf_targets_plan(struct nf_targets *targets, const struct nf_arguments *arguments,
                     const struct nf_operands *operands);
void nf_targets_release(struct nf_targets *targets);

/* Make the folders of -O that an output needs. fails: with errno, giving false */
bool nf_targets_make_folder(const struct nf_targets *targets, const struct nf_target *target);

#endif
