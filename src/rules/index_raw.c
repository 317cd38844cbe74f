/*
 * index_raw.c: whether a pattern may match a line that is not made plain.
 * Used by the matcher.
 *
 * Boxes give the few places where a literal may stand; then a bit for each three bytes, then the literal itself.
 */
#include "rules/index.h"

#include "text/signs.h"
#include "text/utf8.h"

static bool may_any(const struct nf_index *index, struct nf_index_numbers patterns, struct nf_index_asker asker)
{
    for (uint32_t i = 0; i < patterns.count; i++)
        if (asker.may(asker.of, index->numbers[patterns.first + i]))
            return true;
    return false;
}

static inline bool is_same(char a, char b)
{
    return (a | 0x20) == (b | 0x20);
}

/* What comes of a comparison of a literal and a line, which may write signs in several ways. */
enum sameness { OTHER, SAME, UNSURE };

/* The bytes that stand for a byte of a literal. in  room: bytes of the line there. out  len: their number */
static enum sameness compare(char wanted, const char *p, size_t room, size_t *len)
{
    *len = 1;
    if (room && is_same(wanted, *p))
        return SAME;
    if (room < 3 || !nf_is_general(p))
        return OTHER;
    *len = 3;
    if (wanted == '.' && nf_is_dots(p))
        return UNSURE;
    return nf_sign_of((unsigned char)p[2]) == wanted ? SAME : OTHER;
}

static enum sameness compare_before(char wanted, const char *p, size_t room, size_t *len)
{
    *len = 1;
    if (room && is_same(wanted, p[-1]))
        return SAME;
    return room < 3 ? OTHER : compare(wanted, p - 3, 3, len);
}

static enum sameness is_there(struct nf_span literal, size_t anchor, struct nf_span line, size_t at, size_t *from)
{
    size_t len;
    *from = at;
    for (size_t i = anchor; i < literal.len; i++, at += len) {
        enum sameness same = compare(literal.data[i], line.data + at, line.len - at, &len);
        if (same != SAME)
            return same;
    }
    for (size_t i = anchor; i > 0; i--, *from -= len) {
        enum sameness same = compare_before(literal.data[i - 1], line.data + *from, *from, &len);
        if (same != SAME)
            return same;
    }
    return SAME;
}

/* Whether so many characters at most are from here to the end. Three dots are as many bytes. */
static bool is_near(const struct nf_raw_line *line, size_t from, size_t reach)
{
    struct nf_span rest = nf_span(line->text.data + from, line->text.len - from);
    if (rest.len <= reach)
        return true;
    if (rest.len > reach + line->continuations)
        return false;
    size_t chars = nf_utf8_count(rest);
    for (size_t at = 0; at + 3 <= rest.len && chars <= reach; at++)
        chars += 2 * nf_is_dots(rest.data + at);
    return chars <= reach;
}

static bool may_be_at(const struct nf_index *index, const struct nf_raw_line *line, size_t at, uint32_t hash,
                      struct nf_index_asker asker)
{
    for (uint32_t i = index->raw.bucket[nf_raw_bucket(hash)]; i; i = index->raw.literal[i - 1].next) {
        const struct nf_raw_literal *literal = &index->raw.literal[i - 1];
        size_t from;
        if (line->chars > literal->most || at + literal->skip >= line->text.len)
            continue;
        enum sameness same = is_there(nf_span(index->text + literal->text, literal->len), literal->anchor, line->text,
                                      at + literal->skip, &from);
        if (same == OTHER || (same == SAME && !is_near(line, from, literal->reach)))
            continue;
        if (may_any(index, literal->patterns, asker))
            return true;
    }
    return false;
}

/* Behind the end stands nothing. */
static inline uint32_t three_at(struct nf_span text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.data + at;
    return p[0] | (uint32_t)p[1] << 8 | (at + 2 < text.len ? (uint32_t)p[2] << 16 : 0);
}

/* in  from, to: the literals' three bytes begin there */
static bool may_hold(const struct nf_index *index, const struct nf_raw_line *line, unsigned set, size_t from, size_t to,
                     struct nf_index_asker asker)
{
    const uint32_t *bits = index->raw.bits[set];
    struct nf_boxed boxed;
    size_t end = to + 2 < line->text.len ? to + 2 : line->text.len;
    if (index->raw.state[set] != NF_RAW_ASKED || from >= to)
        return index->raw.state[set] == NF_RAW_UNKNOWN;
    nf_long_line_box(nf_span(line->text.data + from, end - from), line->readable - from, line->cpu, &index->raw.boxes[set], &boxed);
    for (size_t block = 0; block * 64 < end - from; block++)
        for (uint64_t left = boxed.places[block]; left; left &= left - 1) {
            size_t at = from + block * 64 + (size_t)__builtin_ctzll(left);
            uint32_t hash = nf_raw_hash(three_at(line->text, at));
            if ((bits[hash / 32] >> hash % 32 & 1) && may_be_at(index, line, at, hash, asker))
                return true;
        }
    return false;
}

static unsigned tier_of(size_t chars)
{
    static const size_t above[NF_RAW_TIERS] = NF_RAW_TIER_CHARS;
    unsigned tier = NF_RAW_TIERS - 1;
    while (tier > 0 && chars <= above[tier])
        tier--;
    return tier;
}

bool nf_index_may_hold(const struct nf_index *index, const struct nf_raw_line *line, struct nf_index_asker asker)
{
    size_t len = line->text.len, near = NF_NEAR_CHARS + line->continuations, tail = 0;
    unsigned tier = tier_of(line->chars);
    if (line->chars > index->literal_most)
        return false;
    if (tier >= NF_RAW_TIER_NEAR && len > near) {
        tail = len - near;
        if (may_hold(index, line, nf_raw_far_set(tier), 0, tail, asker))
            return true;
    }
    return may_hold(index, line, tier, tail, len, asker);
}

bool nf_index_may_begin(const struct nf_index *index, struct nf_span head, struct nf_index_asker asker)
{
    struct nf_index_numbers found[NF_BEGINNING_MAX];
    size_t count = nf_index_beginnings(index, head, found);
    for (size_t i = 0; i < count; i++)
        if (may_any(index, found[i], asker))
            return true;
    return may_any(index, index->always, asker);
}
