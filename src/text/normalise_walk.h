/*
 * normalise_walk.h: the way over one paragraph, character by character or 64 bytes at a time.
 * Used by the normaliser's own files only.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_WALK_H
#define NEWSFOLD_TEXT_NORMALISE_WALK_H

#include "text/normalise.h"

/* Done, or what must be done to the text before it is walked again. */
enum nf_outcome { NF_WALK_DONE, NF_WALK_REPAIR, NF_WALK_COMPOSE };

/* Where the walk over one paragraph stands. */
struct nf_walk {
    struct nf_normaliser *normaliser;
    struct nf_key *key;
    struct nf_span text;
    size_t readable;            /* bytes from the text's start that may be read; its length at least */
    bool repaired, composed;
    bool gap;                   /* a break since the last letter */
    bool unspaced;              /* the last letter was of a script without blanks */
    unsigned weight;            /* of unspaced characters, in tenths of a word */
};

/* The characters that begin before `end`. out  *at: past them; the last one where it is not done */
enum nf_outcome nf_walk_chars(struct nf_walk *walk, size_t *at, size_t end);

/*
 * The whole text. The ways differ in speed only; which ones there are hangs on the machine: base/cpu.h.
 *
 * in      the key has room for as many bytes as the text and twice the padding
 * out     NF_KEY_PADDING bytes past its end are the key's
 */
enum nf_outcome nf_walk_reference(struct nf_walk *walk);
enum nf_outcome nf_walk_any(struct nf_walk *walk);
enum nf_outcome nf_walk_v2(struct nf_walk *walk);
enum nf_outcome nf_walk_v3(struct nf_walk *walk);
enum nf_outcome nf_walk_v4(struct nf_walk *walk);
enum nf_outcome nf_walk_neon(struct nf_walk *walk);

#endif
