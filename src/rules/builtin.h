/*
 * builtin.h: the rule files of src/rules/builtin, joined in the order of their names at build time.
 * Used by the rule set only.
 */
#ifndef NEWSFOLD_RULES_BUILTIN_H
#define NEWSFOLD_RULES_BUILTIN_H

#include <stddef.h>

extern const char nf_builtin_rules[];
extern const size_t nf_builtin_rules_len;

#endif
