/*
 * help.h: --help, --version, --list-rules, and the short usage.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_HELP_H
#define NEWSFOLD_CLI_HELP_H

#include <newsfold/rules.h>

#include "base/buf.h"

extern const char nf_usage[];

void nf_help(struct nf_buf *out);
void nf_version(struct nf_buf *out, bool libraries);
void nf_list_rules(struct nf_buf *out, const struct nf_rules *rules);

#endif
