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
 * Lines that are remembered, in a table of a megabyte; each has two places, and takes one of an older line
 * when both are taken. What is known of one stands before its text, and most texts end in the same line of cache.
 * Tags tell most lines that are not there without a look at the places.
 */
#define KNOWN_WORDS 14
#define KNOWN_LEN_MAX (8 * KNOWN_WORDS)
#define KNOWN_BITS 13
#define KNOWN_ALIGNED 128

struct nf_known_facts {
    uint32_t categories;
    uint16_t rules[4];
    uint8_t words, chars;
    uint8_t rule_count : 3;
    bool ends_sentence : 1, marked : 1, begins_label : 1;
    uint8_t len;                /* of the text */
};

struct nf_known_line {
    struct nf_known_facts facts;
    uint64_t text[KNOWN_WORDS]; /* as word_at has it */
};

struct nf_known_lines {
    struct nf_known_line *line;
    void *memory;               /* that they are in */
    uint8_t tag[1 << KNOWN_BITS];       /* 0: free */
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

/* The last bytes of a line, eight if it has so many. Its length and its words tell it from all others. */
static inline uint64_t last_word(struct nf_span text)
{
    const unsigned char *p = (const unsigned char *)text.data;
    size_t len = text.len;
    if (len >= 8)
        return nf_eight_load(text.data + len - 8);
    if (len < 4)
        return (uint64_t)p[0] | (uint64_t)p[len / 2] << 8 | (uint64_t)p[len - 1] << 16;
    uint32_t first, last;
    memcpy(&first, p, 4);
    memcpy(&last, p + len - 4, 4);
    return first | (uint64_t)last << 32;
}

/* The word of a line that begins at a byte, a multiple of eight before its end. */
static inline uint64_t word_at(struct nf_span text, size_t at)
{
    return at + 8 < text.len ? nf_eight_load(text.data + at) : last_word(text);
}

static bool is_short(struct nf_span text)
{
    return text.len && text.len <= KNOWN_LEN_MAX;
}

/* Spreads lines over the table; equal ones are told by their bytes. */
static inline uint64_t hash_of(struct nf_span text)
{
    uint64_t hash = text.len;
    for (size_t at = 0; at < text.len; at += 8) {
        hash = (hash ^ word_at(text, at)) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash * UINT64_C(0x9E3779B97F4A7C15);
}

/* The first of the two places of a line. */
static inline size_t place_of(uint64_t hash)
{
    return (size_t)(hash >> (64 - KNOWN_BITS));
}

static inline uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(hash >> 32 | 1);
}

static inline bool is_line(const struct nf_known_line *known, struct nf_span text)
{
    uint64_t other = known->facts.len ^ text.len;
    for (size_t at = 0; !other && at < text.len; at += 8)
        other |= known->text[at / 8] ^ word_at(text, at);
    return !other;
}

static void recall(const struct nf_known_facts *known, struct nf_line_facts *facts)
{
    *facts = (struct nf_line_facts){
        .categories = known->categories, .words = known->words, .chars = known->chars, .rule_count = known->rule_count,
        .ends_sentence = known->ends_sentence, .marked = known->marked, .begins_label = known->begins_label};
    memcpy(facts->rules, known->rules, sizeof facts->rules);
}

/* False: the line becomes longer as it is made plain. */
static bool remember(struct nf_known_line *known, struct nf_span text, const struct nf_line_facts *facts)
{
    _Static_assert(NF_CATEGORY_COUNT <= 32, "a bit for each category");
    if (facts->words > UINT8_MAX || facts->chars > UINT8_MAX)
        return false;
    known->facts = (struct nf_known_facts){
        .categories = (uint32_t)facts->categories, .words = (uint8_t)facts->words, .chars = (uint8_t)facts->chars,
        .rule_count = facts->rule_count & 7u, .ends_sentence = facts->ends_sentence, .marked = facts->marked,
        .begins_label = facts->begins_label, .len = (uint8_t)text.len};
    memcpy(known->facts.rules, facts->rules, sizeof facts->rules);
    for (size_t at = 0; at < text.len; at += 8)
        known->text[at / 8] = word_at(text, at);
    return true;
}

static void read_short_line(struct nf_stripper *stripper, struct nf_span text, size_t readable, uint64_t hash,
                            struct nf_line_facts *facts)
{
    struct nf_known_lines *known = stripper->known;
    size_t place = place_of(hash), other = place ^ 1;
    if (known->tag[place] == tag_of(hash) && is_line(&known->line[place], text)) {
        recall(&known->line[place].facts, facts);
    } else if (known->tag[other] == tag_of(hash) && is_line(&known->line[other], text)) {
        recall(&known->line[other].facts, facts);
    } else {
        read_line(stripper, text, readable, facts);
        place = known->tag[place] && !known->tag[other] ? other : place;
        known->tag[place] = remember(&known->line[place], text, facts) ? tag_of(hash) : 0;
    }
}

/* in  hash: of a short line */
static void note(struct nf_stripper *stripper, const struct nf_paragraph *paragraph, size_t readable, uint64_t hash,
                 struct nf_line_facts *facts)
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
        read_short_line(stripper, text, readable, hash, facts);
    } else {
        read_line(stripper, text, readable, facts);
    }
}

static struct nf_known_lines *make_known(void)
{
    struct nf_known_lines *known = nf_alloc_zero(1, sizeof *known);
    known->memory = nf_alloc_zero(((size_t)1 << KNOWN_BITS) + 1, sizeof *known->line);
    uintptr_t at = (uintptr_t)known->memory;
    known->line = (void *)(at + (KNOWN_ALIGNED - at % KNOWN_ALIGNED) % KNOWN_ALIGNED);
    return known;
}

void nf_known_lines_free(struct nf_known_lines *known)
{
    if (known)
        nf_free(known->memory);
    nf_free(known);
}

/* What is remembered of the line is fetched from memory. out  its hash */
static inline uint64_t expect(const struct nf_known_lines *known, struct nf_span text)
{
    if (!is_short(text))
        return 0;
    uint64_t hash = hash_of(text);
#ifdef __GNUC__
    size_t place = place_of(hash);
    if (known->tag[place] == tag_of(hash))
        __builtin_prefetch(&known->line[place]);
    if (known->tag[place ^ 1] == tag_of(hash))
        __builtin_prefetch(&known->line[place ^ 1]);
#else
    (void)known;
#endif
    return hash;
}

void nf_note_facts(struct nf_stripper *stripper, const struct nf_document *document)
{
    const struct nf_paragraph *paragraphs = document->paragraphs;
    uint64_t hash[LINES_AHEAD];
    size_t count = document->count;
    if (!stripper->known)
        stripper->known = make_known();
    for (size_t i = 0; i < LINES_AHEAD && i < count; i++)
        hash[i] = expect(stripper->known, paragraphs[i].text);
    for (size_t i = 0; i < count; i++) {
        uint64_t here = hash[i % LINES_AHEAD];
        if (i + LINES_AHEAD < count)
            hash[i % LINES_AHEAD] = expect(stripper->known, paragraphs[i + LINES_AHEAD].text);
        note(stripper, &paragraphs[i], nf_span_readable(document->bytes, paragraphs[i].text), here, &stripper->facts[i]);
    }
}
