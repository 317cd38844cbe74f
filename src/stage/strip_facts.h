/*
 * strip_facts.h: what is known of a line by itself.
 * Used by the strip files.
 */
#ifndef NEWSFOLD_STAGE_STRIP_FACTS_H
#define NEWSFOLD_STAGE_STRIP_FACTS_H

#include "stage/strip.h"

/* No line of clutter is longer; the longest seen are publishers' notices. */
#define NF_STRIP_LINE_MAX 1500

/*
 * Note what is known of each line.
 *
 * in      stripper: its matcher is made
 * out     stripper->facts, which has room for all lines
 */
void nf_note_facts(struct nf_stripper *stripper, const struct nf_document *document);

void nf_known_lines_free(struct nf_known_lines *known);

#endif
