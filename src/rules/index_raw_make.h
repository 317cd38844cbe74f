/*
 * index_raw_make.h: making the part of an index that is asked about lines as they are.
 * Used by index_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_RAW_MAKE_H
#define NEWSFOLD_RULES_INDEX_RAW_MAKE_H

#include "rules/index.h"

/* Adds the maker's literals and beginnings. in  maker: its index is made but for them */
void nf_index_raw_make(struct nf_index_maker *maker);
void nf_index_raw_release(struct nf_raw_maker *raw);

#endif
