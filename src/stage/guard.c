/*
 * guard.c: a small hash table of words, from guard.def.
 * Used by align.c.
 */
#include "stage/guard.h"

#include "base/alloc.h"
#include "text/words.h"

#define SLOTS 4096              /* a power of two, several times the words */

enum word_class { FREE, GUARDED, LIGHT, AGENCY };

struct nf_guard {
    uint32_t hash[SLOTS];
    uint8_t kind[SLOTS];
    uint8_t trace[8192];        /* a bit for each of 65,536 traces of guarded words */
};

static const struct {
    const char *word;
    enum word_class kind;
} words[] = {
#define GUARD(word) {word, GUARDED},
#define PARTICLE(word) {word, LIGHT},
#define NEWS_AGENCY(word) {word, AGENCY},
#include "stage/guard.def"
#undef GUARD
#undef PARTICLE
#undef NEWS_AGENCY
};

_Static_assert(sizeof words / sizeof *words < SLOTS / 2, "the table of guarded words is too full");

/* The slot of a word, or the free one where it would be. */
static uint32_t slot_of(const struct nf_guard *guard, uint32_t hash)
{
    uint32_t slot = hash * 0x9E3779B1u >> 20;
    while (guard->kind[slot] != FREE && guard->hash[slot] != hash)
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void set_trace(struct nf_guard *guard, uint32_t hash, bool guarded)
{
    uint16_t trace = nf_word_trace(hash);
    uint8_t bit = (uint8_t)(1 << (trace & 7));
    guard->trace[trace >> 3] = (uint8_t)(guarded ? guard->trace[trace >> 3] | bit : guard->trace[trace >> 3] & ~bit);
}

/* A particle that shares its trace with a guarded word comes more often than that does: guarded words stand first. */
struct nf_guard *nf_guard_new(void)
{
    struct nf_guard *guard = nf_alloc_zero(1, sizeof *guard);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t hash = nf_word_hash(words[i].word), slot = slot_of(guard, hash);
        guard->hash[slot] = hash;
        guard->kind[slot] = (uint8_t)words[i].kind;
        if (words[i].kind != AGENCY)
            set_trace(guard, hash, words[i].kind == GUARDED);
    }
    return guard;
}

void nf_guard_free(struct nf_guard *guard)
{
    nf_free(guard);
}

bool nf_is_guarded(const struct nf_guard *guard, uint32_t hash)
{
    return guard->kind[slot_of(guard, hash)] == GUARDED;
}

bool nf_is_guarded_trace(const struct nf_guard *guard, uint16_t trace)
{
    return guard->trace[trace >> 3] >> (trace & 7) & 1;
}

bool nf_is_light_word(const struct nf_guard *guard, uint32_t hash)
{
    return guard->kind[slot_of(guard, hash)] == LIGHT;
}

bool nf_is_agency(const struct nf_guard *guard, uint32_t hash)
{
    return guard->kind[slot_of(guard, hash)] == AGENCY;
}
