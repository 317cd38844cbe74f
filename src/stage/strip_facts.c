/*
 * strip_facts.c: the rules that match a line, its words and its end.
 * Used by strip.c.
 *
 * All of it depends on the line's bytes alone. Forums repeat their short lines: those are remembered.
 */
#include "stage/strip_facts.h"

#include "base/alloc.h"
#include "text/eight.h"
#include "text/long_line.h"

/*
 * Lines that are remembered, in a table of two megabytes at most; each has two places, and takes one of an
 * older line when both are taken.
 */
#define KNOWN_LEN_MAX 95
#define KNOWN_BITS 14

struct nf_known_line {
    struct nf_line_facts facts;
    uint8_t len;                /* 0: free */
    char text[KNOWN_LEN_MAX];
};

/* Late rules are noted where they may hold, if there is room for all. */
static void note_hits(struct nf_stripper *stripper, struct nf_line_facts *facts)
{
    const size_t most = sizeof facts->rules / sizeof *facts->rules;
    uint16_t hits[NF_HITS_MAX];
    size_t count = nf_matcher_hits_but_late(&stripper->matcher, &stripper->line, hits);
    if (count > most)
        count = nf_matcher_hits(&stripper->matcher, &stripper->line, hits);
    for (size_t i = 0; i < count; i++) {
        const struct nf_rule *rule = &stripper->rules->rule[hits[i]];
        if (!rule->between_prose)               /* says nothing without its context */
            facts->categories |= UINT64_C(1) << rule->category;
        facts->begins_label |= rule->after.count > 0;
        if (facts->rule_count < most)
            facts->rules[facts->rule_count++] = hits[i];
    }
}

/* Prose, for which no rule can hold: most long lines. They are not made plain. */
static bool read_prose(struct nf_stripper *stripper, struct nf_span text, size_t readable, struct nf_line_facts *facts)
{
    struct nf_long_line line;
    if (text.len <= NF_RAW_CHARS || !nf_long_line_read(text, readable, stripper->cpu, &line) || line.chars <= NF_RAW_CHARS)
        return false;
    struct nf_raw_line raw = {text, readable, stripper->cpu, line.chars, line.continuations};
    if (nf_matcher_may_hit_raw(&stripper->matcher, &raw, &line))
        return false;
    *facts = (struct nf_line_facts){.words = line.words, .chars = line.chars, .ends_sentence = line.ends_sentence,
                                    .marked = line.mark_len > 0};
    return true;
}

static void read_line(struct nf_stripper *stripper, struct nf_span text, struct nf_line_facts *facts)
{
    nf_plain_line_set(&stripper->line, text);
    *facts = (struct nf_line_facts){.words = stripper->line.words,
                                    .chars = stripper->line.chars,
                                    .ends_sentence = stripper->line.ends_sentence,
                                    .marked = stripper->line.marked};
    note_hits(stripper, facts);
}

/* Spreads lines over the table; equal lines are told by their bytes. */
static uint64_t hash_of(struct nf_span text)
{
    uint64_t hash = text.len, word = 0;
    size_t at = 0;
    for (; at + 8 <= text.len; at += 8) {
        hash = (hash ^ nf_eight_load(text.data + at)) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    for (; at < text.len; at++)
        word = word << 8 | (unsigned char)text.data[at];
    return (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
}

static bool is_line(const struct nf_known_line *known, struct nf_span text)
{
    return known->len == text.len && memcmp(known->text, text.data, text.len) == 0;
}

/* The first of the two places of a line. */
static struct nf_known_line *place_of(struct nf_stripper *stripper, struct nf_span text)
{
    return &stripper->known[hash_of(text) >> (64 - KNOWN_BITS)];
}

static struct nf_known_line *other_of(struct nf_stripper *stripper, struct nf_known_line *known)
{
    return stripper->known + ((size_t)(known - stripper->known) ^ 1);
}

static bool is_short(struct nf_span text)
{
    return text.len && text.len <= KNOWN_LEN_MAX;
}

void nf_expect_facts(struct nf_stripper *stripper, const struct nf_paragraph *paragraph)
{
#ifdef __GNUC__
    if (!stripper->known || !is_short(paragraph->text))
        return;
    const struct nf_known_line *known = place_of(stripper, paragraph->text);
    __builtin_prefetch(known);
    __builtin_prefetch(known->text);
#else
    (void)stripper;
    (void)paragraph;
#endif
}

static void read_short_line(struct nf_stripper *stripper, struct nf_span text, struct nf_line_facts *facts)
{
    if (!stripper->known)
        stripper->known = nf_alloc_zero((size_t)1 << KNOWN_BITS, sizeof *stripper->known);
    struct nf_known_line *known = place_of(stripper, text), *other = other_of(stripper, known);
    if (is_line(known, text) || is_line(other, text)) {
        *facts = is_line(known, text) ? known->facts : other->facts;
        return;
    }
    read_line(stripper, text, facts);
    if (known->len && !other->len)
        known = other;
    known->facts = *facts;
    known->len = (uint8_t)text.len;
    memcpy(known->text, text.data, text.len);
}

void nf_note_facts(struct nf_stripper *stripper, const struct nf_paragraph *paragraph, size_t readable, struct nf_line_facts *facts)
{
    struct nf_span text = paragraph->text;
    *facts = (struct nf_line_facts){0};
    if (paragraph->verdict != NF_KEEP)      /* the page said so: no rule needs to */
        return;
    if (paragraph->fragment || text.len > NF_STRIP_LINE_MAX) {
        facts->words = facts->chars = NF_STRIP_LINE_MAX;
        facts->ends_sentence = true;
    } else if (read_prose(stripper, text, readable, facts)) {
        return;
    } else if (is_short(text)) {
        read_short_line(stripper, text, facts);
    } else {
        read_line(stripper, text, facts);
    }
}
