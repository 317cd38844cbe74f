/*
 * strip_facts.h: what is known of a line by itself.
 * Used by the strip files.
 */
#ifndef NEWSFOLD_STAGE_STRIP_FACTS_H
#define NEWSFOLD_STAGE_STRIP_FACTS_H

#include "stage/strip.h"

/* No line of clutter is longer; the longest seen are publishers' notices. */
#define NF_STRIP_LINE_MAX 1500

/* in  stripper: its matcher is made; readable: bytes from the text's start on that may be read, as many as it has at least */
void nf_note_facts(struct nf_stripper *stripper, const struct nf_paragraph *paragraph, size_t readable, struct nf_line_facts *facts);

/* That a line is noted soon: what is remembered of it is fetched from memory meanwhile. */
void nf_expect_facts(struct nf_stripper *stripper, const struct nf_paragraph *paragraph);

#endif
