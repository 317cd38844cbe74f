/*
 * index_raw_make.c: literals to be told from lines that are not made plain.
 * Used by index_make.c.
 *
 * Such lines hold letters of ASCII and Latin-1, whose cases differ in one bit, Cyrillic letters, which share four bits
 * of their second byte, and signs; a plain line's quotes, dashes and dots may be others in them.
 */
#include "rules/index_raw_make.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "rules/classes.h"
#include "rules/index_boxes.h"
#include "text/eight.h"

static const uint16_t above[NF_RAW_TIERS] = NF_RAW_TIER_CHARS;

/* An item, and the three bytes that it is found by. */
struct entry {
    uint32_t three;
    uint32_t fourth;            /* see window */
    uint8_t wide[2];
    struct nf_raw_item item;
};

struct raw {
    struct nf_index_maker *maker;
    struct entry *entry;
    size_t count, capacity;
    uint16_t most[NF_RAW_THREES];       /* the longest line that asks for three bytes so far */
    uint16_t *prose_most;       /* for each literal, of the lines of NF_RAW_PROSE */
};

/* A literal at hand. */
struct at_hand {
    uint32_t literal;
    struct nf_span text;
    uint16_t most;
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
        if (c >= 0xC0 && c != 0xC2 && c != 0xC3 && c != 0xE2 && c != 0xD0 && c != 0xD1)
            return true;
    }
    return false;
}

/* The first byte of a Cyrillic letter. */
static bool is_cyrillic(char c)
{
    return ((unsigned char)c & 0xFE) == 0xD0;
}

static bool is_second_of_cyrillic(struct nf_span text, size_t at)
{
    return at > 0 && is_cyrillic(text.data[at - 1]);
}

static uint32_t code_of(char c)
{
    return UINT32_C(1) << (c & 0x1F);
}

/* What a line has for a byte of a literal, as a bit for the lowest five bits of each. */
static uint32_t codes_of(struct nf_span text, size_t at)
{
    char c = text.data[at];
    if (is_cyrillic(c) || is_second_of_cyrillic(text, at))
        return code_of(c) | code_of((char)(c ^ (is_cyrillic(c) ? 1 : 0x10)));
    return code_of(c);
}

/* Whether a literal is in a set: those near the end of longer lines are not in the far ones. */
static bool is_in_set(const struct raw *raw, uint32_t number, unsigned set)
{
    const struct nf_raw_literal *literal = &raw->maker->raw.literal[number];
    unsigned of_kind = set % NF_RAW_SETS_OF_KIND, kind = set / NF_RAW_SETS_OF_KIND;
    unsigned tier = of_kind < NF_RAW_TIERS ? of_kind : of_kind - NF_RAW_TIERS + NF_RAW_TIER_NEAR;
    uint16_t most = kind == NF_RAW_PROSE ? raw->prose_most[number] : literal->most;
    return most > above[tier] && (of_kind < NF_RAW_TIERS || literal->reach > NF_NEAR_CHARS);
}

static uint64_t classes_of(const char *signs)
{
    return nf_classes_of(nf_span(signs, strlen(signs)));
}

bool nf_index_may_be_prose(uint64_t ends, uint64_t holds)
{
    return (ends & classes_of(NF_RAW_PROSE_ENDS)) && !(holds & classes_of(NF_LONG_LINE_TOLD));
}

/* Three bytes in a row, each one of some. */
struct window {
    uint32_t codes[3];
    size_t anchor;              /* in the literal */
    int16_t skip;               /* from the first of the three to it */
    uint32_t fourth;            /* codes of the byte behind them */
    uint8_t wide[2];            /* see wide_of; of the first two, of all their ways */
};

/* A bit for a byte of ASCII, another for one beyond. */
static uint8_t wide_of(char c)
{
    return (unsigned char)c < 0x80 ? 1 : 2;
}

static void add_entry(struct raw *raw, const struct at_hand *hand, const struct nf_raw_item *item, const struct window *window, uint32_t three)
{
    raw->most[three] = hand->most > raw->most[three] ? hand->most : raw->most[three];
    raw->entry = nf_grow(raw->entry, &raw->capacity, raw->count + 1, sizeof *raw->entry);
    raw->entry[raw->count++] = (struct entry){three, window->fourth, {window->wide[0], window->wide[1]}, *item};
}

static void give_up(struct raw *raw, const struct at_hand *hand)
{
    for (unsigned set = 0; set < NF_RAW_SETS; set++)
        if (is_in_set(raw, hand->literal, set))
            raw->maker->index.raw.state[set] = NF_RAW_UNKNOWN;
}

/* The bytes to compare first: up to eight in a row that are sure, the window's among them. */
static struct nf_raw_item item_of(const struct at_hand *hand, const struct window *window)
{
    struct nf_span text = hand->text;
    size_t from = window->anchor, to = from;
    while (to < text.len && is_sure(text.data[to]) && to < window->anchor + 8)
        to++;
    while (from > 0 && is_sure(text.data[from - 1]) && to - from < 8)
        from--;
    char bytes[8] = {0}, mask[8] = {0};
    for (size_t i = 0; i < to - from; i++) {
        bytes[i] = (char)(text.data[from + i] | 0x20);
        mask[i] = (char)(is_cyrillic(text.data[from + i]) ? 0xFE : is_second_of_cyrillic(text, from + i) ? 0x0F : 0xFF);
    }
    return (struct nf_raw_item){.key = nf_eight_load(bytes) & nf_eight_load(mask), .mask = nf_eight_load(mask),
                                .skip = (int16_t)(window->skip - (int16_t)(window->anchor - from)), .anchor = (uint16_t)from,
                                .literal = hand->literal};
}

/* Signs have seven ways at most, Cyrillic bytes two; any byte may follow a pair. */
#define THREES_MAX (8 * 4 * 32)

/* All texts of a window. out  three: room for THREES_MAX; gives their number */
static size_t threes_of(const struct window *window, uint32_t *three)
{
    size_t count = 0;
    for (uint32_t first = 0; first < 32; first++)
        for (uint32_t second = 0; (window->codes[0] >> first & 1) && second < 32; second++)
            for (uint32_t third = 0; (window->codes[1] >> second & 1) && third < 32; third++)
                if (window->codes[2] >> third & 1)
                    three[count++] = first | second << 5 | third << 10;
    return count;
}

static void add_window(struct raw *raw, const struct at_hand *hand, const struct window *window)
{
    struct nf_raw_item item = item_of(hand, window);
    uint32_t three[THREES_MAX];
    size_t count = threes_of(window, three);
    for (size_t i = 0; i < count; i++)
        add_entry(raw, hand, &item, window, three[i]);
}

/* Nothing where others look for the same three. */
static double cost_of(const struct raw *raw, const struct at_hand *hand, const struct window *window)
{
    double cost = 0;
    uint32_t three[THREES_MAX];
    size_t count = threes_of(window, three);
    for (size_t i = 0; i < count; i++)
        cost += raw->most[three[i]] >= hand->most ? 0 : nf_three_cost(three[i]);
    return cost;
}

/* Three bytes that are written in one way, or but the first. */
static bool window_at(struct nf_span text, size_t at, struct window *window)
{
    const char *p = text.data + at;
    if (!is_sure(p[1]) || !is_sure(p[2]))
        return false;
    bool fourth = at + 3 < text.len && is_sure(p[3]);
    *window = (struct window){{codes_of(text, at), codes_of(text, at + 1), codes_of(text, at + 2)}, at, 0,
                              fourth ? codes_of(text, at + 3) : UINT32_MAX, {wide_of(p[0]), wide_of(p[1])}};
    if (!is_sure(p[0])) {
        window->wide[0] = wide_of('a') | wide_of('\x80');
        window->anchor++;
        window->skip = 1;
        for (const char *way = ways_of(p[0]); *way; way++)
            window->codes[0] |= code_of(*way);
    }
    return true;
}

/* The window that is met least. */
static bool best_window(const struct raw *raw, const struct at_hand *hand, struct window *best)
{
    double least = 0;
    bool found = false;
    for (size_t at = 0; at + 3 <= hand->text.len; at++) {
        struct window window;
        if (!window_at(hand->text, at, &window))
            continue;
        double cost = cost_of(raw, hand, &window);
        if (!found || cost < least) {
            *best = window;
            least = cost;
        }
        found = true;
    }
    return found;
}

/* Two bytes may be followed by anything. */
static bool pair_window(struct nf_span text, struct window *window)
{
    if (text.len != 2 || !is_sure(text.data[0]) || !is_sure(text.data[1]))
        return false;
    *window = (struct window){{codes_of(text, 0), codes_of(text, 1), UINT32_MAX}, 0, 0, UINT32_MAX, {wide_of(text.data[0]), wide_of(text.data[1])}};
    return true;
}

static void add_literal(struct raw *raw, const struct at_hand *hand)
{
    struct window window;
    if (pair_window(hand->text, &window) || best_window(raw, hand, &window))
        add_window(raw, hand, &window);
    else
        give_up(raw, hand);
}

static int by_three(const void *a, const void *b)
{
    const struct entry *one = a, *other = b;
    if (one->three != other->three)
        return one->three < other->three ? -1 : 1;
    return one->item.literal < other->item.literal ? -1 : one->item.literal > other->item.literal;
}

static uint32_t add_item(struct nf_raw_maker *raw, const struct nf_raw_item *item)
{
    raw->item = nf_grow(raw->item, &raw->item_capacity, raw->item_count + 1, sizeof *raw->item);
    raw->item[raw->item_count] = *item;
    return (uint32_t)raw->item_count++;
}

/* Bits for all that an entry stands for. */
static void put_fours(const struct entry *entry, uint32_t *bits)
{
    uint32_t three = (entry->three & 0x1F) | (entry->three & 0x3E0) << 3 | (entry->three & 0x7C00) << 6;
    for (uint32_t fourth = 0; fourth < 32; fourth++)
        for (uint32_t wide = 0; (entry->fourth >> fourth & 1) && wide < 4; wide++)
            if ((entry->wide[0] >> (wide & 1) & 1) && (entry->wide[1] >> (wide >> 1) & 1)) {
                uint32_t four = nf_raw_four(three | fourth << 24 | (wide & 1) << 7 | (wide >> 1) << 15);
                bits[four / 32] |= UINT32_C(1) << four % 32;
            }
}

/* One item for each three bytes, in their order; then those of the same three. */
static void make_set(struct raw *raw, unsigned set)
{
    struct nf_raw_maker *out = &raw->maker->raw;
    struct nf_box_maker boxes = {0};
    uint32_t *own = nf_alloc_zero(raw->count + 1, sizeof *own);
    for (size_t i = 0; i < raw->count; i++) {
        const struct entry *entry = &raw->entry[i];
        uint32_t bit = UINT32_C(1) << entry->three % 32, *bits = &out->bits[set][entry->three / 32];
        if (!is_in_set(raw, entry->item.literal, set))
            continue;
        put_fours(entry, out->fours[set]);
        if (*bits & bit)
            continue;
        own[i] = add_item(out, &entry->item);
        out->first_item[set][entry->three / 32] = *bits ? out->first_item[set][entry->three / 32] : own[i];
        *bits |= bit;
        nf_box_maker_add(&boxes, entry->three);
    }
    uint32_t last = 0;
    for (size_t i = 0; i < raw->count; i++) {
        if (own[i]) {
            last = own[i];
        } else if (is_in_set(raw, raw->entry[i].item.literal, set)) {
            uint32_t more = add_item(out, &raw->entry[i].item);
            out->item[last].next = more;
            last = more;
        }
    }
    if (boxes.count && raw->maker->index.raw.state[set] != NF_RAW_UNKNOWN)
        raw->maker->index.raw.state[set] = NF_RAW_ASKED;
    nf_box_maker_end(&boxes, &out->boxes[set]);
    nf_free(own);
}

static void make_room(struct nf_raw_maker *raw, size_t literals)
{
    raw->literal_count = raw->item_count = raw->item_capacity = 0;
    raw->item = NULL;
    raw->literal = nf_alloc_zero(literals + 1, sizeof *raw->literal);
    raw->boxes = nf_alloc_zero(NF_RAW_SETS, sizeof *raw->boxes);
    raw->bits = nf_alloc_zero(NF_RAW_SETS, sizeof *raw->bits);
    raw->fours = nf_alloc_zero(NF_RAW_SETS, sizeof *raw->fours);
    raw->first_item = nf_alloc_zero(NF_RAW_SETS, sizeof *raw->first_item);
    raw->beginning_bits = nf_alloc_zero(NF_RAW_KINDS * NF_RAW_TIERS, sizeof *raw->beginning_bits);
    add_item(raw, &(struct nf_raw_item){0});    /* 0 is none */
}

/* Longer ones are known by their first bytes. */
static void add_beginning(struct nf_raw_maker *raw, const struct nf_index_entry *entry)
{
    size_t len = entry->len < NF_RAW_HEAD_LEN ? entry->len : NF_RAW_HEAD_LEN;
    uint64_t key = (uint64_t)len << 56;
    for (size_t i = 0; i < len; i++)
        key |= (uint64_t)(unsigned char)entry->text[i] << 8 * i;
    struct nf_raw_head head = nf_raw_head_of(key);
    for (size_t i = 0; i < NF_RAW_KINDS * NF_RAW_TIERS; i++)
        if (entry->most > above[i % NF_RAW_TIERS] && !(i / NF_RAW_TIERS == NF_RAW_PROSE && entry->not_prose)) {
            raw->beginning_bits[i][head.first / 64] |= UINT64_C(1) << head.first % 64;
            raw->beginning_bits[i][head.second / 64] |= UINT64_C(1) << head.second % 64;
        }
}

static void view(struct nf_raw_index *index, const struct nf_raw_maker *raw)
{
    index->boxes = raw->boxes;
    index->bits = (const uint32_t (*)[NF_RAW_THREES / 32])raw->bits;
    index->fours = (const uint32_t (*)[NF_RAW_FOURS / 32])raw->fours;
    index->first_item = (const uint32_t (*)[NF_RAW_THREES / 32])raw->first_item;
    index->item = raw->item;
    index->literal = raw->literal;
    index->beginning_bits = (const uint64_t (*)[NF_RAW_HEADS / 64])raw->beginning_bits;
}

/* The characters of a line that one of some patterns matches. */
static uint16_t most_of(const struct nf_index_maker *maker, struct nf_index_numbers patterns, enum nf_raw_kind kind)
{
    uint16_t most = 0;
    for (uint32_t i = patterns.first; i < patterns.first + patterns.count; i++)
        if (maker->entry[i].most > most && !(kind == NF_RAW_PROSE && maker->entry[i].not_prose))
            most = maker->entry[i].most;
    return most;
}

/* Whether all that is looked for near the end of lines is looked for everywhere. */
static bool is_far_alike(const struct raw *raw, enum nf_raw_kind kind, unsigned tier)
{
    bool alike = true;
    for (uint32_t i = 0; i < raw->maker->raw.literal_count; i++)
        alike &= is_in_set(raw, i, nf_raw_near_set(kind, tier)) == is_in_set(raw, i, nf_raw_far_set(kind, tier));
    return alike;
}

static void make_sets(struct raw *raw)
{
    struct nf_raw_index *index = &raw->maker->index.raw;
    for (unsigned set = 0; set < NF_RAW_SETS; set++)
        make_set(raw, set);
    for (enum nf_raw_kind kind = 0; kind < NF_RAW_KINDS; kind++) {
        index->always_most[kind] = most_of(raw->maker, raw->maker->index.always, kind);
        for (unsigned tier = NF_RAW_TIER_NEAR; tier < NF_RAW_TIERS; tier++)
            if (is_far_alike(raw, kind, tier))
                index->state[nf_raw_far_set(kind, tier)] = NF_RAW_SAME;
    }
}

void nf_index_raw_make(struct nf_index_maker *maker)
{
    struct raw *raw = nf_alloc_zero(1, sizeof *raw);
    raw->maker = maker;
    raw->prose_most = nf_alloc_zero(maker->literal_count + 1, sizeof *raw->prose_most);
    make_room(&maker->raw, maker->literal_count);
    for (size_t i = 0; i < maker->count; i++)
        if (maker->entry[i].at_start)
            add_beginning(&maker->raw, &maker->entry[i]);
    for (size_t i = 0; i < maker->literal_count; i++) {
        const struct nf_literal *from = &maker->literal[i];
        struct nf_span text = nf_span(maker->text + from->text, from->len);
        uint16_t most = most_of(maker, from->patterns, NF_RAW_ANY);
        if (most <= NF_RAW_CHARS || is_of_other_lines(text))
            continue;
        struct at_hand hand = {(uint32_t)maker->raw.literal_count++, text, most};
        maker->raw.literal[hand.literal] = (struct nf_raw_literal){from->text, from->len, most, from->reach, from->patterns};
        raw->prose_most[hand.literal] = most_of(maker, from->patterns, NF_RAW_PROSE);
        add_literal(raw, &hand);
    }
    if (raw->count)
        qsort(raw->entry, raw->count, sizeof *raw->entry, by_three);
    make_sets(raw);
    view(&maker->index.raw, &maker->raw);
    nf_free(raw->prose_most);
    nf_free(raw->entry);
    nf_free(raw);
}

void nf_index_raw_release(struct nf_raw_maker *raw)
{
    nf_free(raw->boxes);
    nf_free(raw->bits);
    nf_free(raw->fours);
    nf_free(raw->first_item);
    nf_free(raw->item);
    nf_free(raw->literal);
    nf_free(raw->beginning_bits);
}
