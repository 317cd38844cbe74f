/*
 * walk.h: operands into inputs: a file is one, a folder holds many.
 * Used by the cli files.
 */
#ifndef NEWSFOLD_CLI_WALK_H
#define NEWSFOLD_CLI_WALK_H

#include <stdbool.h>

/* An input that was found. lives: until the visit returns */
struct nf_found {
    const char *path;           /* "-": standard input */
    const char *below;          /* a view of path: what of it names the file in a mirrored tree */
    bool named;                 /* an operand itself, not found in a folder */
};

/* false ends the walk. */
typedef bool nf_visit(void *context, const struct nf_found *found);

/* What the walk tells: nothing, errors, or also what it passes over. */
enum nf_walk_talk { NF_WALK_SILENT, NF_WALK_ERRORS, NF_WALK_ALL };

struct nf_walk {
    nf_visit *visit;
    void *context;
    enum nf_walk_talk talk;
    bool failed;                /* out: a folder could not be read */
};

/*
 * Visit a file, or the regular files below a folder in the order of their names' bytes. Symbolic links
 * below a folder are not followed; devices, pipes and the like are passed over.
 *
 * in      whole: `below` is the path as it was given, else it begins behind the operand (a file: is its name)
 * fails   with a message for each folder that cannot be read; walk->failed is set then
 * out     false if a visit ended the walk
 */
bool nf_walk(struct nf_walk *walk, const char *path, bool whole);

#endif
