/*
 * walk.h: operands into inputs: a file is one, a folder holds many.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_WALK_H
#define NEWSFOLD_CLI_WALK_H

#include <stdbool.h>

/* Takes a file's path; the path lives until the call returns. false ends the walk. */
typedef bool nf_visit(void *context, const char *path);

/*
 * Visit a file, or the regular files below a folder in the order of their names' bytes. Symbolic links
 * below a folder are not followed; devices and the like are passed over.
 *
 * fails   with a message for each folder that cannot be read; *failed is set then
 * out     false if a visit ended the walk
 */
bool nf_walk(const char *path, nf_visit *visit, void *context, bool *failed);

#endif
