/*
 * normalise.c: paragraphs to keys.
 * Used by the digest stage and by the near-copy search.
 */
#include "text/normalise.h"

#include "base/alloc.h"
#include "text/normalise_walk.h"
#include "text/repair.h"

void nf_normaliser_release(struct nf_normaliser *normaliser)
{
    nf_chars_release(&normaliser->chars);
    nf_buf_release(&normaliser->repaired);
    nf_buf_release(&normaliser->composed);
}

void nf_key_release(struct nf_key *key)
{
    nf_buf_release(&key->bytes);
    nf_free(key->word);
    *key = (struct nf_key){0};
}

static enum nf_outcome walk_as(struct nf_walk *walk, enum nf_cpu cpu)
{
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: return nf_walk_v4(walk);
    case NF_CPU_V3: return nf_walk_v3(walk);
    case NF_CPU_V2: return nf_walk_v2(walk);
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: return nf_walk_neon(walk);
#endif
    case NF_CPU_REFERENCE: return nf_walk_reference(walk);
    default: return nf_walk_any(walk);
    }
}

static enum nf_outcome walk_text(struct nf_walk *walk)
{
    struct nf_key *key = walk->key;
    key->bytes.len = key->from;
    key->words = 0;
    key->word_count = 0;
    nf_buf_reserve(&key->bytes, walk->text.len + 2 * NF_KEY_PADDING);
    if (key->from)
        key->bytes.data[key->from - 1] = ' ';
    enum nf_outcome outcome = key->want_words ? nf_walk_reference(walk) : walk_as(walk, walk->normaliser->cpu);
    key->unspaced = walk->weight != 0;
    if (walk->weight)
        key->words += (walk->weight + 9) / 10;
    return outcome;
}

void nf_normalise(struct nf_normaliser *normaliser, struct nf_span text, struct nf_key *key)
{
    nf_normalise_within(normaliser, text, text.len, key);
}

void nf_normalise_within(struct nf_normaliser *normaliser, struct nf_span text, size_t readable, struct nf_key *key)
{
    if (normaliser->cpu == NF_CPU_UNDECIDED)
        normaliser->cpu = nf_cpu_best();
    struct nf_walk walk = {.normaliser = normaliser, .key = key, .text = text, .readable = readable};
    enum nf_outcome outcome = walk_text(&walk);
    while (outcome != NF_WALK_DONE) {
        struct nf_walk again = {.normaliser = normaliser, .key = key,
                                .repaired = walk.repaired, .composed = walk.composed};
        if (outcome == NF_WALK_REPAIR) {
            nf_repair(walk.text, &normaliser->repaired);
            again.text = nf_buf_span(&normaliser->repaired);
            again.repaired = true;
        } else {
            normaliser->composed.len = 0;
            nf_compose(walk.text, &normaliser->composed);
            again.text = nf_buf_span(&normaliser->composed);
            again.composed = true;
        }
        again.readable = again.text.len;
        walk = again;
        outcome = walk_text(&walk);
    }
}
