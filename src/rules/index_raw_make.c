/*
 * index_raw_make.c: literals to be told from lines that are not made plain.
 * Used by index_make.c.
 *
 * Such lines hold letters of ASCII and Latin-1, whose cases differ in one bit, and signs; a plain line's quotes,
 * dashes and dots may be others in them.
 */
#include "rules/index_raw_make.h"

#include "base/alloc.h"
#include "rules/index_boxes.h"

static const uint16_t above[NF_RAW_TIERS] = NF_RAW_TIER_CHARS;

/* A literal at hand, and what there is of others. */
struct raw {
    struct nf_index_maker *maker;
    struct nf_box_maker boxes[NF_RAW_SETS];
    uint16_t most[NF_RAW_HASHES];       /* the longest line that asks for three bytes so far */
};

/* Signs that lines write in other ways: their bytes before what follows. Empty for others. */
static const char *ways_of(char c)
{
    switch (c) {
    case '-': return "-\x90\x91\x92\x93\x94\x95";
    case '\'': return "'\x98\x99\x9A\x9B";
    case '"': return "\"\x9C\x9D\x9E\x9F";
    case '.': return ".\xA6";
    default: return "";
    }
}

static bool is_sure(char c)
{
    return !*ways_of(c);
}

/* Characters beyond those of nf_long_line_read begin with other bytes. */
static bool is_of_other_lines(struct nf_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0xC0 && c != 0xC2 && c != 0xC3 && c != 0xE2)
            return true;
    }
    return false;
}

static uint32_t three(char first, char second, char third)
{
    return (unsigned char)first | (uint32_t)(unsigned char)second << 8 | (uint32_t)(unsigned char)third << 16;
}

/* Whether a literal is in a set: those near the end of longer lines are not in the far ones. */
static bool is_in_set(const struct nf_raw_literal *literal, unsigned set)
{
    unsigned tier = set < NF_RAW_TIERS ? set : set - NF_RAW_TIERS + NF_RAW_TIER_NEAR;
    return literal->most > above[tier] && (set < NF_RAW_TIERS || literal->reach > NF_NEAR_CHARS);
}

static void add_three(struct raw *raw, const struct nf_raw_literal *literal, uint32_t bytes)
{
    struct nf_index_maker *maker = raw->maker;
    uint32_t hash = nf_raw_hash(bytes), *head = &maker->raw.bucket[nf_raw_bucket(hash)];
    for (unsigned set = 0; set < NF_RAW_SETS; set++)
        if (is_in_set(literal, set))
            maker->raw.bits[set][hash / 32] |= UINT32_C(1) << hash % 32;
    raw->most[hash] = literal->most > raw->most[hash] ? literal->most : raw->most[hash];
    maker->raw.literal = nf_grow(maker->raw.literal, &maker->raw.capacity, maker->raw.count + 1, sizeof *maker->raw.literal);
    maker->raw.literal[maker->raw.count] = *literal;
    maker->raw.literal[maker->raw.count++].next = *head;
    *head = (uint32_t)maker->raw.count;
}

static void add_box(struct raw *raw, const struct nf_raw_literal *literal, struct nf_three_of three_of)
{
    for (unsigned set = 0; set < NF_RAW_SETS; set++)
        if (is_in_set(literal, set))
            nf_box_maker_add(&raw->boxes[set], three_of);
}

static void give_up(struct raw *raw, const struct nf_raw_literal *literal)
{
    for (unsigned set = 0; set < NF_RAW_SETS; set++)
        if (is_in_set(literal, set))
            raw->maker->index.raw.state[set] = NF_RAW_UNKNOWN;
}

/* Two bytes may be followed by anything. */
static void add_pair(struct raw *raw, struct nf_raw_literal *literal, struct nf_span text)
{
    if (!is_sure(text.data[0]) || !is_sure(text.data[1])) {
        give_up(raw, literal);
        return;
    }
    for (unsigned third = 0; third < 256; third++)
        if (third & 0x20)               /* of both cases one */
            add_three(raw, literal, three(text.data[0], text.data[1], (char)third));
    add_box(raw, literal, (struct nf_three_of){{nf_box_of(text.data[0]), nf_box_of(text.data[1]), UINT32_MAX}});
}

/* Three bytes that are written in one way, or but the first; the place where they are met least. */
static bool best_place(const struct raw *raw, const struct nf_raw_literal *literal, struct nf_span text, bool first_sure, size_t *place)
{
    double least = 2;
    for (size_t at = 0; at + 3 <= text.len; at++) {
        const char *p = text.data + at;
        if (is_sure(p[0]) != first_sure || !is_sure(p[1]) || !is_sure(p[2]))
            continue;
        bool looked_for = raw->most[nf_raw_hash(three(p[0], p[1], p[2]))] >= literal->most;
        double cost = looked_for ? 0 : nf_three_cost(p);
        if (cost < least) {
            least = cost;
            *place = at;
        }
    }
    return least < 2;
}

static void add_literal(struct raw *raw, struct nf_raw_literal *literal, struct nf_span text)
{
    size_t place;
    if (text.len < 2)
        give_up(raw, literal);
    else if (text.len == 2)
        add_pair(raw, literal, text);
    else if (best_place(raw, literal, text, true, &place)) {
        const char *p = text.data + place;
        literal->anchor = (uint16_t)place;
        add_three(raw, literal, three(p[0], p[1], p[2]));
        add_box(raw, literal, (struct nf_three_of){{nf_box_of(p[0]), nf_box_of(p[1]), nf_box_of(p[2])}});
    } else if (best_place(raw, literal, text, false, &place)) {
        const char *p = text.data + place;
        uint32_t firsts = 0;
        literal->anchor = (uint16_t)(place + 1);
        literal->skip = 1;
        for (const char *way = ways_of(p[0]); *way; way++) {
            add_three(raw, literal, three(*way, p[1], p[2]));
            firsts |= nf_box_of(*way);
        }
        add_box(raw, literal, (struct nf_three_of){{firsts, nf_box_of(p[1]), nf_box_of(p[2])}});
    } else {
        give_up(raw, literal);
    }
}

static void make_room(struct nf_index_maker *maker)
{
    maker->raw.count = maker->raw.capacity = 0;
    maker->raw.literal = NULL;
    maker->raw.boxes = nf_alloc_zero(NF_RAW_SETS, sizeof *maker->raw.boxes);
    maker->raw.bits = nf_alloc_zero(NF_RAW_SETS, sizeof *maker->raw.bits);
    maker->raw.bucket = nf_alloc_zero(NF_RAW_BUCKETS, sizeof *maker->raw.bucket);
}

void nf_index_raw_make(struct nf_index_maker *maker, const uint16_t *most)
{
    struct raw *raw = nf_alloc_zero(1, sizeof *raw);
    struct nf_raw_index *index = &maker->index.raw;
    raw->maker = maker;
    make_room(maker);
    for (size_t i = 0; i < maker->literal_count; i++) {
        const struct nf_literal *from = &maker->literal[i];
        struct nf_span text = nf_span(maker->text + from->text, from->len);
        struct nf_raw_literal literal = {.text = from->text, .len = from->len, .most = most[i], .reach = from->reach,
                                         .patterns = from->patterns};
        if (most[i] > NF_RAW_CHARS && !is_of_other_lines(text))
            add_literal(raw, &literal, text);
    }
    for (unsigned set = 0; set < NF_RAW_SETS; set++) {
        if (raw->boxes[set].count && index->state[set] != NF_RAW_UNKNOWN)
            index->state[set] = NF_RAW_ASKED;
        nf_box_maker_end(&raw->boxes[set], &maker->raw.boxes[set]);
    }
    index->boxes = maker->raw.boxes;
    index->bits = (const uint32_t (*)[NF_RAW_HASHES / 32])maker->raw.bits;
    index->bucket = maker->raw.bucket;
    index->literal = maker->raw.literal;
    nf_free(raw);
}

void nf_index_raw_release(struct nf_raw_maker *raw)
{
    nf_free(raw->boxes);
    nf_free(raw->bits);
    nf_free(raw->bucket);
    nf_free(raw->literal);
}
