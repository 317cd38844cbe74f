/*
 * read_file.h: a small file, whole: rules, lists of names.
 * Used by the cli files.
 */
#ifndef NEWSFOLD_CLI_READ_FILE_H
#define NEWSFOLD_CLI_READ_FILE_H

#include "base/buf.h"

/*
 * in      path: "-" is standard input
 * fails   with errno, giving false
 */
bool nf_read_file(const char *path, struct nf_buf *out);

#endif
