/*
 * glance.h: what can be told of a long line without making its plain form.
 * Used by the strip stage.
 */
#ifndef NEWSFOLD_TEXT_GLANCE_H
#define NEWSFOLD_TEXT_GLANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* At most as many as the plain form of the text has. */
struct nf_glance {
    uint32_t words, chars;
    bool ends_sentence;         /* as the plain form does */
};

/*
 * Glance at a text of ASCII, Latin-1 letters, and quotes, dashes and ellipses as they are typeset, with
 * single blanks only: the plain form of such a text differs in these quotes, dashes and ellipses, and at
 * its ends.
 *
 * in      text: valid UTF-8
 * out     false: it is of another kind
 * cost    about one operation for two bytes
 */
bool nf_glance_at(struct nf_span text, struct nf_glance *glance);

#endif
