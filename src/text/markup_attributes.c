/*
 * markup_attributes.c: attributes that say what an element is, kept in sets; each set once, as far as that is cheap.
 * Used by markup.c.
 */
#include "text/markup_attributes.h"

#include <strings.h>

#include "base/alloc.h"

/* Values of the attributes that are kept say what they say at their start. */
#define VALUE_LEN_MAX 300

enum kind { KIND_KEEP, KIND_ADDRESS, KIND_STYLE, KIND_TYPE, KIND_SHADOW, KIND_META, KIND_NONE };

/* By length. */
static const struct {
    const char *name;
    enum kind kind;
} rows[] = {
    {"id", KIND_KEEP}, {"rel", KIND_KEEP}, {"href", KIND_ADDRESS}, {"role", KIND_KEEP}, {"slot", KIND_KEEP},
    {"type", KIND_TYPE}, {"name", KIND_META}, {"class", KIND_KEEP}, {"style", KIND_STYLE}, {"hidden", KIND_KEEP},
    {"content", KIND_META}, {"itemprop", KIND_KEEP}, {"itemtype", KIND_KEEP}, {"property", KIND_META},
    {"data-role", KIND_KEEP}, {"component", KIND_KEEP}, {"aria-label", KIND_KEEP}, {"aria-hidden", KIND_KEEP},
    {"data-testid", KIND_KEEP}, {"data-component", KIND_KEEP}, {"shadowrootmode", KIND_SHADOW},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)
#define ROW_HIDDEN 9
#define ROW_CONTENT 10
#define NAME_LEN_MAX 14

_Static_assert(2 * ROW_COUNT + 1 <= NF_MARKUP_ATTRIBUTES_MAX, "a tag has each attribute once");

/* The first row with names of that length or longer. */
static const uint8_t first_row[NAME_LEN_MAX + 2] = {0, 0, 0, 1, 2, 7, 9, 10, 11, 14, 16, 17, 19, 19, 19, 21};

enum { BLANK = 1, NAME_ENDS = 2, VALUE_ENDS = 4 };

static const uint8_t classes[256] = {
    [' '] = BLANK | NAME_ENDS | VALUE_ENDS, ['\n'] = BLANK | NAME_ENDS | VALUE_ENDS,
    ['\t'] = BLANK | NAME_ENDS | VALUE_ENDS, ['\r'] = BLANK | NAME_ENDS | VALUE_ENDS,
    ['\f'] = BLANK | NAME_ENDS | VALUE_ENDS, ['>'] = NAME_ENDS | VALUE_ENDS, ['/'] = NAME_ENDS, ['='] = NAME_ENDS,
};

static size_t skip_until(struct nf_span source, size_t at, uint8_t class)
{
    while (at < source.len && !(classes[(unsigned char)source.data[at]] & class))
        at++;
    return at;
}

static size_t skip_blanks(struct nf_span source, size_t at)
{
    while (at < source.len && classes[(unsigned char)source.data[at]] & BLANK)
        at++;
    return at;
}

/* A row, or ROW_COUNT. */
static size_t row_of(struct nf_span name)
{
    if (name.len > NAME_LEN_MAX)
        return ROW_COUNT;
    for (size_t i = first_row[name.len]; i < first_row[name.len + 1]; i++)
        if (rows[i].name[0] == (name.data[0] | 0x20) && strncasecmp(rows[i].name, name.data, name.len) == 0)
            return i;
    return ROW_COUNT;
}

static bool contains(const char *text, size_t len, const char *word)
{
    size_t word_len = strlen(word);
    for (size_t i = 0; i + word_len <= len; i++)
        if ((text[i] | 0x20) == word[0] && strncasecmp(text + i, word, word_len) == 0)
            return true;
    return false;
}

/* Cut at a character's start. */
static size_t value_len(struct nf_span value)
{
    size_t len = value.len;
    if (len <= VALUE_LEN_MAX)
        return len;
    for (len = VALUE_LEN_MAX; len && ((unsigned char)value.data[len] & 0xC0) == 0x80;)
        len--;
    return len;
}

/* The value with blanks for what may not stand between such quotes. */
static void add_value(struct nf_buf *to, struct nf_span value, char quote)
{
    char *copy = nf_buf_reserve(to, value.len);
    for (size_t i = 0; i < value.len; i++)
        copy[i] = value.data[i] && value.data[i] != quote ? value.data[i] : ' ';
    to->len += value.len;
}

static void keep(struct nf_markup *markup, const struct nf_markup_start *tag, size_t row, struct nf_span value)
{
    value.len = value_len(value);
    char quote = value.len && memchr(value.data, '"', value.len) ? '\'' : '"';
    bool plain = rows[row].kind != KIND_META && !(value.len && memchr(value.data, '&', value.len));
    if (plain) {
        if (markup->sets.len == tag->set)
            nf_buf_add_char(&markup->sets, (char)tag->tag);
        nf_buf_add_char(&markup->sets, (char)(row + 1));
        add_value(&markup->sets, value, quote);
        nf_buf_add_char(&markup->sets, '\0');
        return;
    }
    nf_buf_add_char(&markup->out, ' ');
    nf_buf_add_text(&markup->out, rows[row].name);
    nf_buf_add_char(&markup->out, '=');
    nf_buf_add_char(&markup->out, quote);
    add_value(&markup->out, value, quote);
    nf_buf_add_char(&markup->out, quote);
}

static bool hides(struct nf_span style)
{
    size_t len = style.len < 1000 ? style.len : 1000;
    return contains(style.data, len, "display:none") || contains(style.data, len, "display: none");
}

static void read_value(struct nf_markup *markup, struct nf_markup_start *tag, struct nf_span name, struct nf_span value)
{
    size_t row = row_of(name);
    enum kind kind = row < ROW_COUNT ? rows[row].kind : KIND_NONE;
    if (kind == KIND_TYPE)
        tag->json = contains(value.data, value.len < 40 ? value.len : 40, "ld+json");
    if (kind == KIND_SHADOW)
        tag->shadow = true;
    if (!tag->wanted || kind == KIND_NONE || kind == KIND_TYPE || kind == KIND_SHADOW
        || (kind == KIND_META && tag->tag != NF_TAG_META))
        return;
    if (kind == KIND_STYLE) {
        if (!hides(value))
            return;
        row = ROW_HIDDEN, value = nf_span("style", 5);
    }
    if (kind == KIND_META && row != ROW_CONTENT)
        tag->meta_wanted |= contains(value.data, value.len < 80 ? value.len : 80, "og:");
    tag->evidence = true;
    if (tag->seen >> row & 1)
        return;
    tag->seen |= UINT32_C(1) << row;
    keep(markup, tag, row, kind == KIND_ADDRESS ? nf_span("", 0) : value);
}

/* A quoted value's end; without one, the value ends with its tag. */
static size_t quoted_end(struct nf_markup *markup, size_t from, char quote)
{
    bool *none = quote == '"' ? &markup->no_quote : &markup->no_apostrophe;
    struct nf_span source = markup->source;
    const char *end = *none ? NULL : memchr(source.data + from, quote, source.len - from);
    if (end)
        return (size_t)(end - source.data);
    *none = true;
    markup->unclosed++;
    end = memchr(source.data + from, '>', source.len - from);
    return end ? (size_t)(end - source.data) : source.len;
}

static size_t read_attribute(struct nf_markup *markup, struct nf_markup_start *tag, size_t at)
{
    struct nf_span source = markup->source, name = nf_span(source.data + at, 0), value = nf_span("", 0);
    size_t from = at;
    at = skip_until(source, source.data[at] == '=' ? at + 1 : at, NAME_ENDS);
    name.len = at - from;
    size_t equals = skip_blanks(source, at);
    if (equals < source.len && source.data[equals] == '=') {
        from = skip_blanks(source, equals + 1);
        char quote = from < source.len ? source.data[from] : '\0';
        bool quoted = quote == '"' || quote == '\'';
        from += quoted;
        at = quoted ? quoted_end(markup, from, quote) : skip_until(source, from, VALUE_ENDS);
        value = nf_span(source.data + from, at - from);
        at += quoted && at < source.len && source.data[at] == quote;
    }
    read_value(markup, tag, name, value);
    return at;
}

size_t nf_markup_attributes_read(struct nf_markup *markup, struct nf_markup_start *tag, size_t at)
{
    struct nf_span source = markup->source;
    while (at < source.len && source.data[at] != '>') {
        if (source.data[at] == '/' || classes[(unsigned char)source.data[at]] & BLANK)
            at++;
        else
            at = read_attribute(markup, tag, at);
    }
    return at < source.len ? at + 1 : at;
}

static uint32_t hash_of(const char *p, size_t len)
{
    uint64_t hash = len, word;
    for (; len >= sizeof word; p += sizeof word, len -= sizeof word) {
        memcpy(&word, p, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, p, len);
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> 32);
}

/* An element's attributes are most often those of another before it. */
static size_t set_before(struct nf_markup *markup, size_t set)
{
    const char *sets = markup->sets.data;
    size_t len = markup->sets.len - set;
    uint32_t *known = &markup->known[hash_of(sets + set, len) & (NF_MARKUP_KNOWN - 1)];
    size_t before = *known ? *known - 1 : set;
    if (before + len <= set && memcmp(sets + before, sets + set, len) == 0)
        return before;
    *known = (uint32_t)set + 1;
    return set;
}

void nf_markup_attributes_end(struct nf_markup *markup, const struct nf_markup_start *tag)
{
    if (markup->sets.len == tag->set)
        return;
    nf_buf_add_char(&markup->sets, '\0');
    size_t set = set_before(markup, tag->set);
    if (set != tag->set)
        markup->sets.len = tag->set;
    markup->tag = nf_grow(markup->tag, &markup->tag_capacity, markup->tag_count + 1, sizeof *markup->tag);
    markup->tag[markup->tag_count++] = (struct nf_markup_tag){(uint32_t)markup->out.len, (uint32_t)set};
}

void nf_markup_attributes(const struct nf_markup *markup, uint32_t set, const char *attributes[NF_MARKUP_ATTRIBUTES_MAX])
{
    size_t count = 0;
    for (const char *p = markup->sets.data + set + 1; *p; p += strlen(p) + 1) {
        attributes[count++] = rows[*p - 1].name;
        attributes[count++] = p + 1;
    }
    attributes[count] = NULL;
}
