/*
 * normalise_walk.c: paragraphs to keys, one character at a time.
 * Used by the normaliser: what this makes is what every faster way must make.
 */
#include "text/normalise_walk.h"

#include "base/alloc.h"
#include "text/repair.h"
#include "text/utf8.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void begin_word(struct nf_key *key, bool name)
{
    key->word = nf_grow(key->word, &key->word_capacity, key->word_count + 1, sizeof *key->word);
    key->word[key->word_count++] = (struct nf_word){.name = name};
}

static void mark_word(struct nf_key *key, bool name, bool digit)
{
    key->word[key->word_count - 1].name |= name;
    key->word[key->word_count - 1].digit |= digit;
}

/* One character; there is nearly always room. */
static void append(struct nf_buf *out, const char *bytes, size_t len)
{
    if (out->capacity - out->len <= 4)
        nf_buf_reserve(out, 4);
    for (size_t i = 0; i < len; i++)
        out->data[out->len + i] = bytes[i];
    out->len += len;
}

/* A letter of a script with blanks between words. */
static void put_spaced(struct nf_walk *walk, const char *bytes, size_t len, bool name)
{
    struct nf_key *key = walk->key;
    bool begins = key->bytes.len == key->from, starts = walk->gap || walk->unspaced || begins;
    if (starts) {
        if (!begins && !walk->unspaced)
            append(&key->bytes, " ", 1);
        key->words++;
        if (key->want_words)
            begin_word(key, name);
    }
    if (key->want_words)
        mark_word(key, name, is_digit(bytes[0]));
    append(&key->bytes, bytes, len);
    walk->gap = walk->unspaced = false;
}

static void put_unspaced(struct nf_walk *walk, const char *bytes, size_t len, unsigned per_word)
{
    walk->weight += 10 / per_word;
    if (walk->key->want_words)
        begin_word(walk->key, true);
    append(&walk->key->bytes, bytes, len);
    walk->gap = false;
    walk->unspaced = true;
}

static void put_code_point(struct nf_walk *walk, uint32_t folded, bool name)
{
    char room[8];                       /* a code point is 4 bytes at most; it never grows */
    struct nf_buf one = {.data = room, .capacity = sizeof room};
    unsigned per_word;
    if (folded >= 0x80 && folded < 0x800) {
        char two[2] = {(char)(0xC0 | folded >> 6), (char)(0x80 | (folded & 0x3F))};
        put_spaced(walk, two, 2, name);
        return;
    }
    nf_utf8_put(&one, folded);
    if (nf_is_unspaced(folded, &per_word))
        put_unspaced(walk, room, one.len, per_word);
    else
        put_spaced(walk, room, one.len, name);
}

/* Points and commas count between digits, a minus sign before one where nothing stands before it. */
static bool belongs_to_number(struct nf_span text, size_t at, char c)
{
    bool before = at > 0 && is_digit(text.data[at - 1]);
    bool after = at + 1 < text.len && is_digit(text.data[at + 1]);
    if (c == '.' || c == ',')
        return before && after;
    return c == '-' && after && (at == 0 || text.data[at - 1] == ' ');
}

static enum nf_outcome walk_ascii(struct nf_walk *walk, size_t at)
{
    char c = walk->text.data[at];
    char lower = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    if ((lower >= 'a' && lower <= 'z') || is_digit(c) || c == '%' || c == '$' || c == '+'
        || belongs_to_number(walk->text, at, c))
        put_spaced(walk, &lower, 1, lower != c);
    else if (c == '&' && !walk->repaired && nf_is_entity(walk->text, at))
        return NF_WALK_REPAIR;
    else
        walk->gap = true;
    return NF_WALK_DONE;
}

/* Dashes before a digit are minus signs in typeset text. */
static bool is_minus(struct nf_walk *walk, uint32_t c, size_t at, size_t next)
{
    return (c == 0x2212 || c == 0x2013) && next < walk->text.len && is_digit(walk->text.data[next])
           && (at == 0 || walk->text.data[at - 1] == ' ');
}

#define ENTITY_MOST 40          /* bytes; longer ones are not known */

/* Whether a full-width sign stays a break when those around it are made plain too: no number's, no entity's, no blank before a minus. */
static bool is_break(const struct nf_walk *walk, uint32_t c, size_t at, size_t next)
{
    struct nf_span text = walk->text;
    char behind = next < text.len ? text.data[next] : ' ';
    size_t from = at > ENTITY_MOST ? at - ENTITY_MOST : 0;
    switch (c) {
    case 0xFF0C: case 0xFF0E: return !(is_digit(behind) && at > 0 && is_digit(text.data[at - 1]));
    case 0xFF0D: return !is_digit(behind);
    case 0x3000: return behind != '-' && behind != '\xE2';
    case 0xFF03: case 0xFF1B: return walk->repaired || !memchr(text.data + from, '&', at - from);
    default: return true;
    }
}

static enum nf_outcome walk_wide(struct nf_walk *walk, size_t at, size_t *next)
{
    uint32_t c = nf_utf8_next(walk->text, next);
    if (!walk->repaired && c >= 0xC2 && c <= 0xF4 && nf_is_mojibake(walk->text, at))
        return NF_WALK_REPAIR;
    uint32_t folded = nf_chars_fold(&walk->normaliser->chars, c);
    if (folded == NF_CHAR_WIDE_SIGN)
        folded = is_break(walk, c, at, *next) ? NF_CHAR_BREAK : NF_CHAR_COMPOSE;
    if (folded == NF_CHAR_COMPOSE && !walk->composed)
        return NF_WALK_COMPOSE;
    if (is_minus(walk, c, at, *next)) {
        put_spaced(walk, "-", 1, false);
    } else if (folded == NF_CHAR_BREAK) {
        walk->gap = true;
    } else if (folded == NF_CHAR_EXPAND || folded == NF_CHAR_COMPOSE) {
        uint32_t several[4];
        size_t count = nf_chars_expand(c, several);
        for (size_t i = 0; i < count; i++)
            put_code_point(walk, several[i], nf_may_be_name(c));
    } else if (folded != NF_CHAR_SKIP) {
        put_code_point(walk, folded, walk->key->want_words && nf_may_be_name(c));
    }
    return NF_WALK_DONE;
}

/* A letter's word begins, or goes on. out  where the letter goes */
static unsigned char *begin_letter(struct nf_walk *walk, unsigned char *out)
{
    bool begins = out == (unsigned char *)walk->key->bytes.data + walk->key->from;
    if (walk->gap || walk->unspaced || begins) {
        if (!begins && !walk->unspaced)
            *out++ = ' ';
        walk->key->words++;
    }
    walk->gap = walk->unspaced = false;
    return out;
}

/* A letter beyond ASCII that folds to one of as many bytes; 0: it must be looked at, as what follows or composition may change it. */
static uint32_t simple_letter(struct nf_walk *walk, size_t at, size_t *next)
{
    const unsigned char *p = (const unsigned char *)walk->text.data + at;
    if (p[0] < 0xC3 || p[0] >= 0xF0 || at + 3 > walk->text.len || (p[0] == 0xC3 && p[2] >= 0x80))
        return 0;
    uint32_t folded = nf_chars_fold(&walk->normaliser->chars, nf_utf8_next(walk->text, next));
    return p[0] < 0xE0 ? (folded >= 0x80 && folded < 0x800 ? folded : 0) : folded >= 0x800 ? folded : 0;
}

/* Letters and blanks: most of what a text in another script is made of. */
static void walk_letters(struct nf_walk *walk, size_t *at, size_t end)
{
    struct nf_buf *bytes = &walk->key->bytes;
    unsigned char *out = (unsigned char *)nf_buf_reserve(bytes, end - *at + 4);     /* none is longer, and a blank for the first gap */
    unsigned per_word;
    for (size_t next; *at < end; *at = next) {
        unsigned char c = (unsigned char)walk->text.data[*at], lower = c | 0x20;
        next = *at + 1;
        if (c == ' ') {
            walk->gap = true;
            continue;
        }
        if (lower >= 'a' && lower <= 'z') {
            out = begin_letter(walk, out);
            *out++ = lower;
            continue;
        }
        next = *at;
        uint32_t folded = simple_letter(walk, *at, &next);
        if (!folded)
            break;
        if (folded >= 0xE00 && nf_is_unspaced(folded, &per_word)) {
            walk->weight += 10 / per_word;
            walk->gap = false;
            walk->unspaced = true;
        } else {
            out = begin_letter(walk, out);
        }
        if (folded < 0x800) {
            *out++ = (unsigned char)(0xC0 | folded >> 6);
        } else {
            *out++ = (unsigned char)(0xE0 | folded >> 12);
            *out++ = (unsigned char)(0x80 | (folded >> 6 & 0x3F));
        }
        *out++ = (unsigned char)(0x80 | (folded & 0x3F));
    }
    bytes->len = (size_t)(out - (unsigned char *)bytes->data);
}

enum nf_outcome nf_walk_chars(struct nf_walk *walk, size_t *at, size_t end)
{
    enum nf_outcome outcome = NF_WALK_DONE;
    while (*at < end && outcome == NF_WALK_DONE) {
        if (!walk->key->want_words)
            walk_letters(walk, at, end);
        if (*at >= end)
            break;
        size_t next = *at;
        if ((unsigned char)walk->text.data[*at] < 0x80)
            outcome = walk_ascii(walk, next++);
        else
            outcome = walk_wide(walk, *at, &next);
        *at = next;
    }
    return outcome;
}

enum nf_outcome nf_walk_reference(struct nf_walk *walk)
{
    size_t at = 0;
    enum nf_outcome outcome = nf_walk_chars(walk, &at, walk->text.len);
    nf_buf_reserve(&walk->key->bytes, NF_KEY_PADDING);
    return outcome;
}
