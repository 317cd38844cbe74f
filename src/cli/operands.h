/*
 * operands.h: what is to be read: the operands and the names of --files-from, walked.
 * Used by the cli files.
 */
#ifndef NEWSFOLD_CLI_OPERANDS_H
#define NEWSFOLD_CLI_OPERANDS_H

#include "base/buf.h"
#include "cli/arguments.h"
#include "cli/walk.h"

struct nf_operands {
    const char *const *name;    /* operands of the command line, or "-" alone */
    size_t count;
    struct nf_buf list;         /* of --files-from: NUL-terminated names, one behind the other */
    size_t list_count;
};

/*
 * in      arguments: its strings are viewed
 * fails   with a message, giving false: the list cannot be read, or names "-" while it is standard input
 */
bool nf_operands_read(struct nf_operands *operands, const struct nf_arguments *arguments);
void nf_operands_release(struct nf_operands *operands);

/* Walk them in order: those of the command line, then those of the list. out: false if a visit ended the walk */
bool nf_operands_walk(const struct nf_operands *operands, struct nf_walk *walk);

#endif
