/*
 * index_caseless.h: the part of an index that is asked about lines before they are made lower case.
 * Used by index_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_CASELESS_H
#define NEWSFOLD_RULES_INDEX_CASELESS_H

#include "rules/index.h"

/* Adds the maker's literals. in  most: for each literal, the characters of a line that matches */
void nf_index_add_caseless(struct nf_index_maker *maker, const uint16_t *most);

/* How often three bytes are met in most texts, roughly. in  p: lower case */
unsigned nf_index_window_cost(const char *p);

#endif
