/*
 * conflicts.h: options that cannot be had together.
 * Used by arguments.c.
 */
#ifndef NEWSFOLD_CLI_CONFLICTS_H
#define NEWSFOLD_CLI_CONFLICTS_H

#include "cli/arguments.h"

/* fails  with a message that says what to do instead, giving false */
bool nf_conflicts_check(const struct nf_arguments *arguments);

#endif
