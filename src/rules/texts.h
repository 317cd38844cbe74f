/*
 * texts.h: a few short texts, of which a line must hold one.
 * Used by the rule set and the matcher.
 */
#ifndef NEWSFOLD_RULES_TEXTS_H
#define NEWSFOLD_RULES_TEXTS_H

#include <stdbool.h>

#include "rules/needs.h"

/*
 * What a pattern needs as a list, which is bytes: for each text the classes of its characters, its length, the place of
 * its rarest byte, itself.
 *
 * out     list: added to; nothing where nothing is known, or too many texts are
 */
void nf_texts_of(const struct nf_needed *needed, struct nf_buf *list);

/* Whether a line holds one of the list's texts. in  line: in lower case; classes: of the line in any case */
bool nf_texts_any(struct nf_span list, struct nf_span line, uint64_t classes);

/* in  text: not empty; rarest: the place of a byte in it to look for first */
bool nf_text_is_in(struct nf_span line, struct nf_span text, size_t rarest);

#endif
