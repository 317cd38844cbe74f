/*
 * strip_structure.h: clutter known by its place among other lines rather than by its words.
 * Used by strip.c only.
 */
#ifndef NEWSFOLD_STAGE_STRIP_STRUCTURE_H
#define NEWSFOLD_STAGE_STRIP_STRUCTURE_H

#include "stage/strip.h"

void nf_strip_structure(struct nf_stripper *stripper, struct nf_document *document);

#endif
