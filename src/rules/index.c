/*
 * index.c: looking candidates up.
 * Used by the matcher.
 */
#include "rules/index.h"

#include "rules/candidates.h"
#include "rules/index_hash.h"
#include "text/eight.h"

static void add_patterns(const struct nf_index *index, struct nf_index_numbers patterns, struct nf_candidates *candidates)
{
    nf_candidates_add(candidates, index->numbers + patterns.first, patterns.count);
}

static inline unsigned has_bit(const uint64_t *bits, uint32_t window)
{
    return bits[window / 64] >> window % 64 & 1;
}

static inline unsigned may_be_there(const struct nf_index *index, uint32_t hash)
{
    uint64_t bits = nf_index_beginning_bits(hash);
    return (index->beginning_bits[nf_index_beginning_word(hash)] & bits) == bits;
}

static struct nf_index_numbers beginning_at(const struct nf_index *index, uint64_t key, uint32_t hash)
{
    uint32_t slot = hash & index->beginning_mask;
    while (index->beginning[slot].key && index->beginning[slot].key != key)
        slot = (slot + 1) & index->beginning_mask;
    return index->beginning[slot].patterns;
}

struct nf_index_numbers nf_index_beginning(const struct nf_index *index, uint64_t key)
{
    uint32_t hash = nf_index_slot(key);
    if (!may_be_there(index, hash))
        return (struct nf_index_numbers){0, 0};
    return beginning_at(index, key, hash);
}

void nf_index_find_beginnings(const struct nf_index *index, uint64_t head, size_t len, struct nf_candidates *candidates)
{
    uint64_t key[NF_BEGINNING_MAX + 1];
    unsigned found = 0;
    for (unsigned i = 1; i <= NF_BEGINNING_MAX; i++) {
        key[i] = (head & ((UINT64_C(1) << 8 * i) - 1)) | (uint64_t)i << 56;
        found |= may_be_there(index, nf_index_slot(key[i])) << i;
    }
    found &= len < NF_BEGINNING_MAX ? index->lengths & ((2u << len) - 1) : index->lengths;
    for (; found; found &= found - 1) {
        unsigned i = (unsigned)__builtin_ctz(found);
        add_patterns(index, beginning_at(index, key[i], nf_index_slot(key[i])), candidates);
    }
    add_patterns(index, index->always, candidates);
}

static size_t tier_of(size_t chars)
{
    static const size_t above[NF_TIERS] = NF_TIER_CHARS;
    size_t tier = NF_TIERS - 1;
    while (tier > 0 && chars <= above[tier])
        tier--;
    return tier;
}

/* A line that is looked at. */
struct looked {
    struct nf_span text;
    size_t chars;               /* at most as many as it has */
};

/* Whether a text of the line, or what is behind its end, is as near to the end as it must be. */
static inline bool is_near(const struct looked *line, size_t from, size_t len, size_t reach)
{
    return from + len <= line->text.len && line->chars <= reach + from;
}

static void collect(const struct nf_index *index, uint32_t head, const struct looked *line, size_t at, struct nf_candidates *candidates)
{
    for (uint32_t i = head; i; i = index->literal[i - 1].next) {
        const struct nf_literal *literal = &index->literal[i - 1];
        if (literal->window <= at && is_near(line, at - literal->window, literal->len, literal->reach)
            && memcmp(index->text + literal->text, line->text.data + at - literal->window, literal->len) == 0)
            add_patterns(index, literal->patterns, candidates);
    }
}

static void look_at(const struct nf_index *index, const struct looked *lower, size_t at, struct nf_candidates *candidates)
{
    uint32_t window = nf_index_window(nf_eight_load(lower->text.data + at));
    collect(index, index->bucket[window % NF_WINDOW_BUCKETS], lower, at, candidates);
    collect(index, index->short_bucket[(unsigned char)lower->text.data[at]], lower, at, candidates);
}

void nf_index_find_literals(const struct nf_index *index, struct nf_span lower, struct nf_candidates *candidates)
{
    size_t chars = candidates->shown.chars;
    if (chars > index->literal_most)
        return;
    const struct looked line = {lower, chars};
    const uint64_t *bits = index->bits[tier_of(chars)];
    for (size_t at = 0; at < lower.len; at += 4) {      /* most pieces hold nothing: one branch for four */
        uint64_t bytes = nf_eight_load(lower.data + at);
        unsigned found = has_bit(bits, nf_index_window(bytes)) | has_bit(bits, nf_index_window(bytes >> 8)) << 1
                         | has_bit(bits, nf_index_window(bytes >> 16)) << 2
                         | has_bit(bits, nf_index_window(bytes >> 24)) << 3;
        for (; found; found &= found - 1)
            look_at(index, &line, at + (size_t)__builtin_ctz(found), candidates);
    }
}

static bool is_caseless(const struct nf_index *index, const struct looked *line, size_t at, uint32_t window)
{
    for (uint32_t i = index->caseless_bucket[window % NF_WINDOW_BUCKETS]; i; i = index->caseless[i - 1].next) {
        const struct nf_caseless *literal = &index->caseless[i - 1];
        if (literal->window > at || !is_near(line, at - literal->window, literal->len, literal->reach))
            continue;
        const char *text = index->text + literal->text, *here = line->text.data + at - literal->window;
        size_t same = 0;
        while (same < literal->len && (text[same] | 0x20) == (here[same] | 0x20))
            same++;
        if (same == literal->len)
            return true;
    }
    return false;
}

static bool has_short(const struct nf_index *index, const struct looked *line)
{
    struct nf_span bytes = line->text;
    for (size_t i = 0; i < index->short_count; i++) {
        const char *text = index->short_text[i];
        size_t reach = index->short_reach[i], at = line->chars > reach ? line->chars - reach + 1 : 1;
        for (; line->chars <= index->short_most[i] && at < bytes.len; at++) {
            const char *second = memchr(bytes.data + at, text[1], bytes.len - at);
            if (!second)
                break;
            if ((second[-1] | 0x20) == (text[0] | 0x20))
                return true;
            at = (size_t)(second - bytes.data);
        }
    }
    return false;
}

/* The set of windows that is looked for, at one place in so many. */
struct asked {
    unsigned kind, stride;
};

/* A block of a line, and where it begins. */
struct block {
    const char *bytes;
    size_t at;
};

static bool any_caseless(const struct nf_index *index, const struct looked *line, struct block block,
                         struct asked asked, const uint16_t *places)
{
    for (unsigned i = 0; i < NF_KINDS_BLOCK; i += asked.stride) {
        if (!(index->kinds[places[i]] & asked.kind))
            continue;
        uint64_t bytes = (uint64_t)(unsigned char)block.bytes[i] | (uint64_t)(unsigned char)block.bytes[i + 1] << 8
                         | (uint64_t)(unsigned char)block.bytes[i + 2] << 16;
        if (is_caseless(index, line, block.at + i, nf_index_window(nf_index_caseless(bytes))))
            return true;
    }
    return false;
}

/* The kinds of four places, a stride apart. */
static inline unsigned kinds_of(const uint8_t *kinds, const uint16_t *places, unsigned stride)
{
    return kinds[places[0]] | kinds[places[stride]] | kinds[places[2 * stride]] | kinds[places[3 * stride]];
}

/* in  block: two bytes behind it are readable */
static inline bool scan_block(const struct nf_index *index, const struct looked *line, struct block block, unsigned kind,
                              unsigned stride)
{
    uint16_t places[NF_KINDS_BLOCK];
    nf_index_kinds_at(block.bytes, places);
    unsigned found = kinds_of(index->kinds, places, stride);        /* most blocks hold nothing: one branch for all */
    if (stride <= 2)
        found |= kinds_of(index->kinds, places + NF_KINDS_BLOCK / 2, stride);
    if (stride == 1)
        found |= kinds_of(index->kinds, places + 4, 1) | kinds_of(index->kinds, places + 12, 1);
    return (found & kind) && any_caseless(index, line, block, (struct asked){kind, stride}, places);
}

static inline bool scan_by(const struct nf_index *index, const struct looked *looked, size_t at, unsigned kind,
                           unsigned stride)
{
    struct nf_span line = looked->text;
    for (; at + NF_KINDS_BLOCK + 2 <= line.len; at += NF_KINDS_BLOCK)
        if (scan_block(index, looked, (struct block){line.data + at, at}, kind, stride))
            return true;
    for (; at + 3 <= line.len; at += NF_KINDS_BLOCK) {
        char last[NF_KINDS_BLOCK + 2] = {0};
        memcpy(last, line.data + at, line.len - at < sizeof last ? line.len - at : sizeof last);
        if (scan_block(index, looked, (struct block){last, at}, kind, stride))
            return true;
    }
    return false;
}

/* Whether a window from `at` on is looked for; a loop of its own for each stride. */
static bool scan(const struct nf_index *index, const struct looked *line, size_t at, unsigned kind, unsigned stride)
{
    switch (stride) {
    case 0: return true;
    case 1: return scan_by(index, line, at, kind, 1);
    case 2: return scan_by(index, line, at, kind, 2);
    case 4: return scan_by(index, line, at, kind, 4);
    default: return false;
    }
}

/* Where the last NF_NEAR_CHARS begin, or before. */
static size_t near_end(const struct looked *line)
{
    return line->chars > NF_NEAR_CHARS ? line->chars - NF_NEAR_CHARS : 0;
}

bool nf_index_may_find(const struct nf_index *index, struct nf_span text, size_t chars, struct nf_index_asker asker)
{
    const struct looked line = {text, chars};
    size_t tier = tier_of(chars), from = tier < NF_TIER_LONG ? 0 : near_end(&line);
    struct nf_long_line raw;
    if (chars > index->literal_most)
        return false;
    enum nf_cpu cpu = nf_cpu_best();
    if (chars > NF_RAW_CHARS && nf_long_line_read(text, text.len, cpu, &raw))
        return nf_index_may_hold(index, &(struct nf_raw_line){text, text.len, cpu, (uint32_t)chars, raw.continuations, nf_raw_kind_of(&raw)}, asker);
    return has_short(index, &line) || scan(index, &line, from, NF_KIND(tier, false), index->stride[tier])
           || (tier >= NF_TIER_LONG && scan(index, &line, 0, NF_KIND(tier, true), index->far_stride[tier]));
}
