/*
 * strip_structure.h: clutter known by its place among other lines rather than by its words.
 * Used by strip.c only.
 */
#ifndef NEWSFOLD_STAGE_STRIP_STRUCTURE_H
#define NEWSFOLD_STAGE_STRIP_STRUCTURE_H

#include "stage/strip.h"

/* Whether the document shows that it is a whole page's dump. in  stripper: the facts of its lines, rules applied */
bool nf_is_dump(const struct nf_stripper *stripper, const struct nf_document *document);

void nf_strip_structure(struct nf_stripper *stripper, struct nf_document *document);

#endif
