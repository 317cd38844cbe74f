/*
 * builtin.h: the rule files of src/rules/builtin, joined in the order of their names at build time.
 * Used by the rule set only.
 */
#ifndef NEWSFOLD_RULES_BUILTIN_H
#define NEWSFOLD_RULES_BUILTIN_H

#include "rules/literals.h"

extern const char nf_builtin_rules[];
extern const size_t nf_builtin_rules_len;

/* Their literals, found at build time by builtin/make_index.c: finding them takes longer than most runs. */
extern const struct nf_literal_index nf_builtin_index;
extern const uint16_t nf_builtin_always[];
extern const size_t nf_builtin_always_count;

#endif
