/*
 * strip_facts.c: the rules that match a line, its words and its end.
 * Used by strip.c.
 *
 * All of it depends on the line's bytes alone. Forums repeat their short lines: those are remembered.
 */
#include "stage/strip_facts.h"

#include "adapt/digest.h"
#include "base/alloc.h"
#include "text/long_line.h"

/*
 * Lines that are remembered by their digests, in a table of half a megabyte: two of them in a line of cache, where
 * a new one takes the place of the older.
 */
#define KNOWN_LEN_MAX 220
#define KNOWN_BITS 13
#define KNOWN_PAIR 2

struct nf_known_line {
    struct nf_digest digest;
    uint32_t categories;
    uint16_t rules[4];
    uint8_t words, chars;
    uint8_t rule_count : 3;
    bool ends_sentence : 1, marked : 1, begins_label : 1;
    uint8_t len;                /* 0: free */
};

struct nf_known_lines {
    struct nf_known_line (*pair)[KNOWN_PAIR];
    void *memory;               /* that they are in */
};

/* So many lines before it is its turn, what is remembered of a line is asked for. */
#define LINES_AHEAD 4

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

/* Prose, for which no rule can hold, or a late one only: most long lines. They are not made plain. */
static bool read_prose(struct nf_stripper *stripper, struct nf_span text, size_t readable, struct nf_line_facts *facts)
{
    struct nf_long_line line;
    if (text.len <= NF_RAW_CHARS || !nf_long_line_read(text, readable, stripper->cpu, &line) || line.chars <= NF_RAW_CHARS)
        return false;
    struct nf_raw_line raw = {text, readable, stripper->cpu, line.chars, line.continuations, nf_raw_kind_of(&line)};
    uint16_t late;
    if (nf_matcher_may_hit_raw(&stripper->matcher, &raw, &line, &late))
        return false;
    *facts = (struct nf_line_facts){.words = line.words, .chars = line.chars, .ends_sentence = line.ends_sentence,
                                    .marked = line.mark_len > 0};
    if (late != NF_NO_RULE)
        facts->rules[facts->rule_count++] = late;
    return true;
}

static void read_line(struct nf_stripper *stripper, struct nf_span text, size_t readable, struct nf_line_facts *facts)
{
    nf_plain_line_set_within(&stripper->line, text, readable);
    *facts = (struct nf_line_facts){.words = stripper->line.words,
                                    .chars = stripper->line.chars,
                                    .ends_sentence = stripper->line.ends_sentence,
                                    .marked = stripper->line.marked};
    note_hits(stripper, facts);
}

static inline struct nf_known_line *pair_of(const struct nf_known_lines *known, struct nf_digest digest)
{
    return known->pair[digest.low >> (64 - KNOWN_BITS)];
}

static inline bool is_line(const struct nf_known_line *known, struct nf_digest digest, size_t len)
{
    return !((known->digest.low ^ digest.low) | (known->digest.high ^ digest.high) | (known->len ^ len));
}

static void recall(const struct nf_known_line *known, struct nf_line_facts *facts)
{
    *facts = (struct nf_line_facts){
        .categories = known->categories, .words = known->words, .chars = known->chars, .rule_count = known->rule_count,
        .ends_sentence = known->ends_sentence, .marked = known->marked, .begins_label = known->begins_label};
    memcpy(facts->rules, known->rules, sizeof facts->rules);
}

/* Not where the line becomes much longer as it is made plain. */
static void remember(struct nf_known_line *pair, struct nf_digest digest, size_t len, const struct nf_line_facts *facts)
{
    _Static_assert(NF_CATEGORY_COUNT <= 32, "a bit for each category");
    if (facts->words > UINT8_MAX || facts->chars > UINT8_MAX)
        return;
    pair[1] = pair[0];
    pair[0] = (struct nf_known_line){
        .digest = digest, .categories = (uint32_t)facts->categories, .words = (uint8_t)facts->words,
        .chars = (uint8_t)facts->chars, .rule_count = facts->rule_count & 7u, .ends_sentence = facts->ends_sentence,
        .marked = facts->marked, .begins_label = facts->begins_label, .len = (uint8_t)len};
    memcpy(pair[0].rules, facts->rules, sizeof facts->rules);
}

static void read_known_line(struct nf_stripper *stripper, struct nf_span text, size_t readable, struct nf_digest digest,
                            struct nf_line_facts *facts)
{
    struct nf_known_line *pair = pair_of(stripper->known, digest);
    if (is_line(&pair[0], digest, text.len)) {
        recall(&pair[0], facts);
    } else if (is_line(&pair[1], digest, text.len)) {
        recall(&pair[1], facts);
    } else {
        read_line(stripper, text, readable, facts);
        remember(pair, digest, text.len, facts);
    }
}

static bool is_short(struct nf_span text)
{
    return text.len && text.len <= NF_RAW_CHARS;
}

/* in  digest: of a short line */
static void note(struct nf_stripper *stripper, const struct nf_paragraph *paragraph, size_t readable, struct nf_digest digest,
                 struct nf_line_facts *facts)
{
    struct nf_span text = paragraph->text;
    *facts = (struct nf_line_facts){0};
    if (paragraph->verdict != NF_KEEP)      /* the page said so: no rule needs to */
        return;
    if (paragraph->fragment || text.len > NF_STRIP_LINE_MAX) {
        facts->words = facts->chars = NF_STRIP_LINE_MAX;
        facts->ends_sentence = true;
    } else if (is_short(text)) {
        read_known_line(stripper, text, readable, digest, facts);
    } else if (read_prose(stripper, text, readable, facts)) {
        return;
    } else if (text.len && text.len <= KNOWN_LEN_MAX) {
        read_known_line(stripper, text, readable, nf_digest_of(text), facts);
    } else {
        read_line(stripper, text, readable, facts);
    }
}

static struct nf_known_lines *make_known(void)
{
    struct nf_known_lines *known = nf_alloc_zero(1, sizeof *known);
    size_t size = sizeof *known->pair;
    known->memory = nf_alloc_zero(((size_t)1 << KNOWN_BITS) + 1, size);
    uintptr_t at = (uintptr_t)known->memory;
    known->pair = (void *)(at + (size - at % size) % size);
    return known;
}

void nf_known_lines_free(struct nf_known_lines *known)
{
    if (known)
        nf_free(known->memory);
    nf_free(known);
}

/* What is remembered of the line is fetched from memory. out  its digest */
static inline struct nf_digest expect(const struct nf_known_lines *known, struct nf_span text)
{
    if (!is_short(text))
        return (struct nf_digest){0, 0};
    struct nf_digest digest = nf_digest_of(text);
    __builtin_prefetch(pair_of(known, digest));
    return digest;
}

void nf_note_facts(struct nf_stripper *stripper, const struct nf_document *document)
{
    const struct nf_paragraph *paragraphs = document->paragraphs;
    struct nf_digest digest[LINES_AHEAD];
    size_t count = document->count;
    if (!stripper->known)
        stripper->known = make_known();
    for (size_t i = 0; i < LINES_AHEAD && i < count; i++)
        digest[i] = expect(stripper->known, paragraphs[i].text);
    for (size_t i = 0; i < count; i++) {
        struct nf_digest here = digest[i % LINES_AHEAD];
        if (i + LINES_AHEAD < count)
            digest[i % LINES_AHEAD] = expect(stripper->known, paragraphs[i + LINES_AHEAD].text);
        note(stripper, &paragraphs[i], nf_span_readable(document->bytes, paragraphs[i].text), here, &stripper->facts[i]);
    }
}
