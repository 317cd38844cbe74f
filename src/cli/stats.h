/*
 * stats.h: --stats.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_STATS_H
#define NEWSFOLD_CLI_STATS_H

#include <stdbool.h>

#include <newsfold/pipeline.h>

/*
 * Write the counts as one JSON object on a line.
 *
 * in      path: NULL for standard error
 * fails   with a message, giving false
 */
bool nf_stats_write(const struct nf_counts *counts, const char *path);

#endif
