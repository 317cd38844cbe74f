/*
 * index_raw.c: whether a pattern may match a line that is not made plain.
 * Used by the matcher.
 *
 * Boxes give the few places where a literal may stand; then a bit for each three bytes and one for four, then the literal itself.
 */
#include "rules/index.h"

#include "rules/index_hash.h"
#include "text/eight.h"
#include "text/signs.h"
#include "text/utf8.h"

static bool may_any(const struct nf_index *index, struct nf_index_numbers patterns, struct nf_index_asker asker)
{
    for (uint32_t i = 0; i < patterns.count; i++)
        if (asker.may(asker.of, index->numbers[patterns.first + i]))
            return true;
    return false;
}

/* Cyrillic letters differ between their cases in the lowest bit of their first byte and in two of their second. */
static inline bool is_same(char a, char b)
{
    unsigned char one = (unsigned char)a, other = (unsigned char)b;
    return (one | 0x20) == (other | 0x20) || ((one & other) >> 6 == 3 && (one | other | 1) == 0xD1 && (one & other) >= 0xD0)
           || (one >> 6 == 2 && other >> 6 == 2 && ((one ^ other) & 0x0F) == 0);
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

/* Eight bytes of the line, or as many as may be read. */
static inline uint64_t eight_at(const struct nf_raw_line *line, size_t at)
{
    if (at + 8 <= line->readable)
        return nf_eight_load(line->text.data + at);
    char rest[8] = {0};
    memcpy(rest, line->text.data + at, line->readable - at);
    return nf_eight_load(rest);
}

static bool may_be_literal(const struct nf_index *index, const struct nf_raw_line *line, size_t at, const struct nf_raw_item *item,
                           struct nf_index_asker asker)
{
    const struct nf_raw_literal *literal = &index->raw.literal[item->literal];
    size_t from;
    if (line->chars > literal->most)
        return false;
    enum sameness same = is_there(nf_span(index->text + literal->text, literal->len), item->anchor, line->text, at, &from);
    return (same == UNSURE || (same == SAME && is_near(line, from, literal->reach))) && may_any(index, literal->patterns, asker);
}

static inline uint32_t count_bits(uint32_t bits)
{
    bits -= bits >> 1 & 0x55555555;
    bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
    return ((bits + (bits >> 4)) & 0x0F0F0F0F) * 0x01010101 >> 24;
}

/* in  three: as nf_raw_three has them, with a bit in the set */
static bool may_be_at(const struct nf_index *index, const struct nf_raw_line *line, unsigned set, size_t place, uint32_t three,
                      struct nf_index_asker asker)
{
    uint32_t before = index->raw.bits[set][three / 32] & ((UINT32_C(1) << three % 32) - 1);
    const struct nf_raw_item *item = &index->raw.item[index->raw.first_item[set][three / 32] + count_bits(before)];
    for (;; item = &index->raw.item[item->next]) {
        size_t at = place + (size_t)item->skip;         /* below 0: a very large one */
        if (at < line->text.len && ((nf_index_caseless(eight_at(line, at)) ^ item->key) & item->mask) == 0
            && may_be_literal(index, line, at, item, asker))
            return true;
        if (!item->next)
            return false;
    }
}

/* Two bytes at least are the line's. Behind the end stands nothing. */
static inline uint32_t four_at(struct nf_span text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.data + at;
    uint32_t two = p[0] | (uint32_t)p[1] << 8;
    if (at + 4 <= text.len)
        return two | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return at + 2 < text.len ? two | (uint32_t)p[2] << 16 : two;
}

/* in  from, to: the items' three bytes begin there */
static bool may_hold(const struct nf_index *index, const struct nf_raw_line *line, unsigned set, size_t from, size_t to,
                     struct nf_index_asker asker)
{
    const uint32_t *bits = index->raw.bits[set], *fours = index->raw.fours[set];
    struct nf_boxed boxed;
    size_t end = to + 2 < line->text.len ? to + 2 : line->text.len;
    if (index->raw.state[set] != NF_RAW_ASKED || from >= to)
        return index->raw.state[set] == NF_RAW_UNKNOWN;
    nf_long_line_box(nf_span(line->text.data + from, end - from), line->readable - from, line->cpu, &index->raw.boxes[set], &boxed);
    for (; boxed.blocks; boxed.blocks &= boxed.blocks - 1) {
        size_t block = (size_t)__builtin_ctzll(boxed.blocks);
        for (uint64_t left = boxed.places[block]; left; left &= left - 1) {
            size_t at = from + block * 64 + (size_t)__builtin_ctzll(left);
            uint32_t bytes = four_at(line->text, at), three = nf_raw_three(bytes), four = nf_raw_four(bytes);
            if ((bits[three / 32] >> three % 32 & fours[four / 32] >> four % 32 & 1) && may_be_at(index, line, set, at, three, asker))
                return true;
        }
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
    unsigned far = tier < NF_RAW_TIER_NEAR ? 0 : nf_raw_far_set(line->kind, tier);
    if (tier >= NF_RAW_TIER_NEAR && len > near && index->raw.state[far] != NF_RAW_SAME) {
        tail = len - near;
        if (may_hold(index, line, far, 0, tail, asker))
            return true;
    }
    return may_hold(index, line, nf_raw_near_set(line->kind, tier), tail, len, asker);
}

/* Its first `len` bytes as a key. */
static uint64_t key_of(uint64_t head, unsigned len)
{
    return (head & ((UINT64_C(1) << 8 * len) - 1)) | (uint64_t)len << 56;
}

static bool may_be_beginning(const uint64_t *bits, uint64_t key)
{
    struct nf_raw_head head = nf_raw_head_of(key);
    return (bits[head.first / 64] >> head.first % 64 & bits[head.second / 64] >> head.second % 64) & 1;
}

/* A beginning longer than NF_RAW_HEAD_LEN is noted by its first bytes only: where these are not known, none is longer. */
bool nf_index_may_begin(const struct nf_index *index, const struct nf_raw_line *line, struct nf_span head, struct nf_index_asker asker)
{
    const uint64_t *bits = index->raw.beginning_bits[line->kind * NF_RAW_TIERS + tier_of(line->chars)];
    unsigned most = NF_RAW_HEAD_LEN;
    uint64_t bytes = nf_eight_load(head.data);
    for (unsigned len = 1; len <= most; len++) {
        if (len <= NF_RAW_HEAD_LEN && !may_be_beginning(bits, key_of(bytes, len)))
            continue;
        if (may_any(index, nf_index_beginning(index, key_of(bytes, len)), asker))
            return true;
        most = len == NF_RAW_HEAD_LEN ? NF_BEGINNING_MAX : most;
    }
    return line->chars <= index->raw.always_most[line->kind] && may_any(index, index->always, asker);
}
