/*
 * index_make.c: an index from literals and the patterns they belong to.
 * Used by the rule set when a user's rules come, and by builtin/make_index.c.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "rules/index.h"
#include "rules/index_hash.h"
#include "rules/index_caseless.h"
#include "rules/index_raw_make.h"

static uint16_t limit_of(uint32_t chars)
{
    return chars > UINT16_MAX ? UINT16_MAX : (uint16_t)chars;
}

/* So much more often a window is met that is in `common_text`. */
#define COMMON_COST 8

void nf_index_add(struct nf_index_maker *maker, struct nf_span text, uint16_t pattern, struct nf_index_place place)
{
    size_t len = text.len;
    if (place.at_start && len > NF_BEGINNING_MAX)
        len = NF_BEGINNING_MAX;
    maker->entry = nf_grow(maker->entry, &maker->capacity, maker->count + 1, sizeof *maker->entry);
    maker->entry[maker->count++] = (struct nf_index_entry){
        .text = memcpy(nf_alloc(len + 1), text.data, len), .len = (uint16_t)len, .pattern = pattern,
        .most = limit_of(place.most), .reach = limit_of(place.reach), .at_start = place.at_start, .not_prose = place.not_prose};
}

static void release_index(struct nf_index_maker *maker)
{
    nf_free(maker->numbers);
    nf_free(maker->beginning);
    nf_free(maker->beginning_bits);
    nf_free(maker->literal);
    nf_free(maker->text);
    nf_free(maker->bits);
    nf_free(maker->bucket);
    nf_free(maker->short_bucket);
    nf_free(maker->caseless);
    nf_free(maker->kinds);
    nf_free(maker->caseless_bucket);
    nf_index_raw_release(&maker->raw);
}

void nf_index_maker_release(struct nf_index_maker *maker)
{
    for (size_t i = 0; i < maker->count; i++)
        nf_free(maker->entry[i].text);
    nf_free(maker->entry);
    release_index(maker);
    *maker = (struct nf_index_maker){0};
}

static int by_text(const void *a, const void *b)
{
    const struct nf_index_entry *one = a, *other = b;
    if (one->at_start != other->at_start)
        return one->at_start ? -1 : 1;
    if (one->len != other->len)
        return (int)one->len - (int)other->len;
    int order = memcmp(one->text, other->text, one->len);
    return order ? order : (int)one->pattern - (int)other->pattern;
}

static bool is_same_text(const struct nf_index_entry *one, const struct nf_index_entry *other)
{
    return one->at_start == other->at_start && one->len == other->len && memcmp(one->text, other->text, one->len) == 0;
}

/* The end of the entries of one text. */
static size_t end_of_text(const struct nf_index_maker *maker, size_t from)
{
    const struct nf_index_entry *entry = maker->entry;
    size_t to = from + 1;
    while (to < maker->count && is_same_text(&entry[to], &entry[from]))
        to++;
    return to;
}

static void add_beginning(struct nf_index_maker *maker, size_t from, size_t to)
{
    const struct nf_index_entry *entry = &maker->entry[from];
    uint64_t key = (uint64_t)entry->len << 56;
    for (size_t i = 0; i < entry->len; i++)
        key |= (uint64_t)(unsigned char)entry->text[i] << 8 * i;
    uint32_t hash = nf_index_slot(key), slot = hash & maker->index.beginning_mask;
    while (maker->beginning[slot].key)
        slot = (slot + 1) & maker->index.beginning_mask;
    maker->beginning[slot] = (struct nf_beginning){key, {(uint32_t)from, (uint32_t)(to - from)}};
    maker->beginning_bits[nf_index_beginning_word(hash)] |= nf_index_beginning_bits(hash);
    maker->index.lengths |= 1u << entry->len;
}

/* How common a byte is in most texts, roughly; windows of uncommon bytes are met less often. */
static unsigned commonness(unsigned char c)
{
    static const char rows[] = "etaoinsr hldcumpgfwybv,.-kxjqz";
    const char *found = c ? strchr(rows, c) : NULL;
    return found ? (unsigned)(sizeof rows - (size_t)(found - rows)) : c >= 0x80 ? 12 : 4;
}

/* Words and endings that nearly every paragraph of English has some of. */
static const char common_text[] =
    " the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you"
    " were her all she there would their we him been has when who will more no if out so said what up its about into than"
    " them can only other new some could time these two may then do first any my now such like our over me even most made"
    " after also did many before must through back years where much your way well down should because each just those"
    " people how too state good very make world still own see work long get here between both being under never day same"
    " another know while last might us great old year off come since against go came right take three's ing ed er ly tion"
    " ation ions ings ers ment ence ance ent ant able ity est al al. ous ive ful an. on. en. s. e. d. t. y. s, d, e, y, ";

unsigned nf_index_window_cost(const char *p)
{
    unsigned cost = 1;
    for (unsigned i = 0; i < 3; i++)
        cost *= commonness((unsigned char)p[i]);
    for (const char *at = common_text; (at = strchr(at, p[0])) && *p; at++)
        if (strncmp(at, p, 3) == 0)
            return cost * COMMON_COST;
    return cost;
}

static size_t rarest_window(const struct nf_index_entry *entry)
{
    size_t best = 0;
    unsigned least = UINT32_MAX;
    for (size_t at = 0; at + 3 <= entry->len; at++) {
        unsigned cost = nf_index_window_cost(entry->text + at);
        if (cost < least) {
            least = cost;
            best = at;
        }
    }
    return best;
}

static uint32_t window_of(const char *p)
{
    return nf_index_window((uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8
                           | (uint64_t)(unsigned char)p[2] << 16);
}

static void set_window(struct nf_index_maker *maker, const char *bytes, uint32_t most)
{
    static const size_t above[NF_TIERS] = NF_TIER_CHARS;
    uint32_t window = window_of(bytes);
    for (size_t tier = 0; tier < NF_TIERS; tier++)
        if (most > above[tier])
            maker->bits[tier][window / 64] |= UINT64_C(1) << window % 64;
}

/* A literal below three bytes may be followed by anything. */
static void set_windows(struct nf_index_maker *maker, const struct nf_index_entry *entry, size_t window, uint32_t most)
{
    char bytes[3];
    if (entry->len >= 3) {
        set_window(maker, entry->text + window, most);
        return;
    }
    bytes[0] = entry->text[0];
    for (unsigned one = 0; one < 256; one++) {
        bytes[1] = entry->len == 2 ? entry->text[1] : (char)one;
        for (unsigned two = 0; two < 256; two++) {
            bytes[2] = (char)two;
            set_window(maker, bytes, most);
        }
        if (entry->len == 2)
            break;
    }
}

static void add_literal(struct nf_index_maker *maker, size_t from, size_t to, uint16_t *literal_most)
{
    const struct nf_index_entry *entry = &maker->entry[from];
    struct nf_literal *literal = &maker->literal[maker->literal_count++];
    size_t window = rarest_window(entry);
    uint32_t *head = entry->len < 3
        ? &maker->short_bucket[(unsigned char)entry->text[0]]
        : &maker->bucket[window_of(entry->text + window) % NF_WINDOW_BUCKETS];
    uint16_t most = 0, reach = 0;
    for (size_t i = from; i < to; i++) {
        most = maker->entry[i].most > most ? maker->entry[i].most : most;
        reach = maker->entry[i].reach > reach ? maker->entry[i].reach : reach;
    }
    literal_most[maker->literal_count - 1] = most;
    maker->index.literal_most = most > maker->index.literal_most ? most : maker->index.literal_most;
    memcpy(maker->text + maker->text_len, entry->text, entry->len);
    *literal = (struct nf_literal){.text = (uint32_t)maker->text_len, .len = entry->len, .window = (uint16_t)window,
                                   .reach = reach, .next = *head, .patterns = {(uint32_t)from, (uint32_t)(to - from)}};
    *head = (uint32_t)maker->literal_count;
    maker->text_len += entry->len;
    set_windows(maker, entry, window, most);
}

static void make_room(struct nf_index_maker *maker)
{
    size_t slots = 4, text_len = 0, literals = 0, beginnings = 0;
    for (size_t i = 0; i < maker->count; i++) {
        bool literal = !maker->entry[i].at_start && maker->entry[i].len;
        literals += literal;
        text_len += literal ? maker->entry[i].len : 0;
        beginnings += maker->entry[i].at_start && (i == 0 || !is_same_text(&maker->entry[i - 1], &maker->entry[i]));
    }
    while (slots < beginnings + beginnings / 2)
        slots *= 2;
    release_index(maker);
    maker->literal_count = maker->text_len = 0;
    maker->numbers = nf_alloc_zero(maker->count + 1, sizeof *maker->numbers);
    maker->beginning = nf_alloc_zero(slots, sizeof *maker->beginning);
    maker->beginning_bits = nf_alloc_zero(NF_BEGINNING_BITS / 64, sizeof *maker->beginning_bits);
    maker->literal = nf_alloc_zero(literals + 1, sizeof *maker->literal);
    maker->text = nf_alloc(text_len + 1);
    maker->bits = nf_alloc_zero(NF_TIERS, sizeof *maker->bits);
    maker->bucket = nf_alloc_zero(NF_WINDOW_BUCKETS, sizeof *maker->bucket);
    maker->short_bucket = nf_alloc_zero(256, sizeof *maker->short_bucket);
    maker->caseless = NULL;
    maker->caseless_count = maker->caseless_capacity = 0;
    maker->kinds = nf_alloc_zero(NF_WINDOW_KINDS, 1);
    maker->caseless_bucket = nf_alloc_zero(NF_WINDOW_BUCKETS, sizeof *maker->caseless_bucket);
    maker->index = (struct nf_index){
        .numbers = maker->numbers, .beginning = maker->beginning, .beginning_bits = maker->beginning_bits,
        .beginning_mask = (uint32_t)(slots - 1),
        .literal = maker->literal, .text = maker->text, .bits = (const uint64_t (*)[NF_WINDOW_BITS / 64])maker->bits,
        .bucket = maker->bucket, .short_bucket = maker->short_bucket,
        .kinds = maker->kinds, .caseless_bucket = maker->caseless_bucket};
}

void nf_index_make(struct nf_index_maker *maker)
{
    uint16_t *most = nf_alloc_zero(maker->count + 1, sizeof *most);
    if (maker->count)
        qsort(maker->entry, maker->count, sizeof *maker->entry, by_text);
    make_room(maker);
    for (size_t i = 0; i < maker->count; i++)
        maker->numbers[i] = maker->entry[i].pattern;
    for (size_t from = 0, to; from < maker->count; from = to) {
        to = end_of_text(maker, from);
        if (!maker->entry[from].len)
            maker->index.always = (struct nf_index_numbers){(uint32_t)from, (uint32_t)(to - from)};
        else if (maker->entry[from].at_start)
            add_beginning(maker, from, to);
        else
            add_literal(maker, from, to, most);
    }
    nf_index_add_caseless(maker, most);
    nf_index_raw_make(maker);
    maker->index.caseless = maker->caseless;
    nf_free(most);
}
