/*
 * guard.h: words that must agree in copies, and words that may come and go.
 * Used by align.c; made once a run.
 */
#ifndef NEWSFOLD_STAGE_GUARD_H
#define NEWSFOLD_STAGE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

struct nf_guard;

struct nf_guard *nf_guard_new(void);
void nf_guard_free(struct nf_guard *guard);

/* Whether a word turns a sentence: numbers, negations, days, directions, in a dozen languages. */
bool nf_is_guarded(const struct nf_guard *guard, uint32_t hash);

/* The same by a word's trace, which now and then takes another word for a guarded one. */
bool nf_is_guarded_trace(const struct nf_guard *guard, uint16_t trace);

/* Particles that are no name, though written with a capital or in a script that has none. */
bool nf_is_light_word(const struct nf_guard *guard, uint32_t hash);

/* News agencies, as they stand in a dateline. */
bool nf_is_agency(const struct nf_guard *guard, uint32_t hash);

#endif
