/*
 * repair.h: undoing what copying did to a text: entities left as they were, UTF-8 read as windows-1252.
 * Used by the normaliser, for keys only; output keeps its bytes.
 */
#ifndef NEWSFOLD_TEXT_REPAIR_H
#define NEWSFOLD_TEXT_REPAIR_H

#include "base/buf.h"

/* Whether an entity that nf_repair knows begins at `at`, where the text has an ampersand. */
bool nf_is_entity(struct nf_span text, size_t at);

/* Whether the character at `at` and those after it are one UTF-8 character read as windows-1252. */
bool nf_is_mojibake(struct nf_span text, size_t at);

/* Whether entities, mojibake or replacement characters stand in the text. */
bool nf_is_damaged(struct nf_span text);

/*
 * Decode entities and mojibake, up to three layers of each.
 *
 * in      text: valid UTF-8
 * out     out: replaced by the repaired text, valid UTF-8
 */
void nf_repair(struct nf_span text, struct nf_buf *out);

#endif
