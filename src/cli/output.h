/*
 * output.h: a file that appears whole or not at all.
 * Used for everything that newsfold writes under a name.
 *
 * What is written goes to a temporary file beside the target, ".newsfold-" and 16 hexadecimal digits. To commit is to
 * flush it to the disk, to rename it over the target, and to flush the folder. Until then the target is what it was.
 * A target that is no regular file (a device, a pipe) is written directly.
 */
#ifndef NEWSFOLD_CLI_OUTPUT_H
#define NEWSFOLD_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct nf_output_file {
    char *path;                 /* where it will appear; NULL: not open */
    char *temporary;            /* NULL: written directly */
    int file;
};

/* What becomes of a symbolic link at the target: its file is written, or the link gives way to a file. */
enum nf_output_link { NF_OUTPUT_FOLLOW, NF_OUTPUT_REPLACE };

/*
 * Begin a file. An existing one hands on its mode, and its owner as far as we may set it.
 *
 * in      model: a new file takes its permissions, less the umask; NULL: 0666, less the umask
 * fails   with errno, giving false; nothing is left behind
 */
bool nf_output_open(struct nf_output_file *output, const char *path, enum nf_output_link link, const struct stat *model);

/* fails  with errno, giving false; what is open is still to be discarded */
bool nf_output_write(struct nf_output_file *output, const char *bytes, size_t len);

/* Whether what was written differs from the file that is there. */
bool nf_output_changes(const struct nf_output_file *output);

/*
 * Let it appear.
 *
 * in      backup: a name that the old file goes on under, replacing what has it; NULL: none
 * fails   with errno, giving false; the target is as it was, unless only the flush of its folder failed
 */
bool nf_output_commit(struct nf_output_file *output, const char *backup);

/* Forget it. Safe on one that is not open. errno stays. */
void nf_output_discard(struct nf_output_file *output);

/* See to it that SIGINT, SIGTERM, SIGHUP and the end of memory leave no temporary file; to be called once. */
void nf_output_clean_up(void);

/* Whether a name is that of a temporary file, perhaps of a run that was killed. */
bool nf_output_is_temporary(const char *name);

#endif
