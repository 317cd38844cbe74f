/*
 * strip_traits.h: what a line looks like.
 * Used by the strip files.
 */
#ifndef NEWSFOLD_STAGE_STRIP_TRAITS_H
#define NEWSFOLD_STAGE_STRIP_TRAITS_H

#include "text/plain_line.h"

/* out  bits of enum nf_trait; NF_TRAIT_REPEATED is not among them */
uint32_t nf_traits_of(const struct nf_plain_line *line);

#endif
