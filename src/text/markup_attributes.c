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

static const struct {
    const char *name;
    enum kind kind;
} rows[] = {
#define ATTRIBUTE(id, name, kind) {name, KIND_##kind},
#include "text/html_attributes.def"
#undef ATTRIBUTE
};

#define NAME_LEN_MAX 14

/* The first row with names of that length or longer. */
static const uint8_t first_row[NAME_LEN_MAX + 2] = {
    NF_ATTRIBUTE_ID, NF_ATTRIBUTE_ID, NF_ATTRIBUTE_ID, NF_ATTRIBUTE_REL, NF_ATTRIBUTE_HREF, NF_ATTRIBUTE_CLASS, NF_ATTRIBUTE_HIDDEN,
    NF_ATTRIBUTE_CONTENT, NF_ATTRIBUTE_ITEMPROP, NF_ATTRIBUTE_DATA_ROLE, NF_ATTRIBUTE_ARIA_LABEL, NF_ATTRIBUTE_ARIA_HIDDEN,
    NF_ATTRIBUTE_DATA_COMPONENT, NF_ATTRIBUTE_DATA_COMPONENT, NF_ATTRIBUTE_DATA_COMPONENT, NF_ATTRIBUTE_COUNT,
};

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

const char *nf_attribute_name(enum nf_attribute attribute)
{
    return rows[attribute].name;
}

enum nf_attribute nf_attribute_find(struct nf_span name)
{
    if (name.len > NAME_LEN_MAX)
        return NF_ATTRIBUTE_COUNT;
    for (unsigned i = first_row[name.len]; i < first_row[name.len + 1]; i++)
        if (rows[i].name[0] == (name.data[0] | 0x20) && strncasecmp(rows[i].name, name.data, name.len) == 0)
            return (enum nf_attribute)i;
    return NF_ATTRIBUTE_COUNT;
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

/* The value with blanks for what may not stand between such quotes; room is there. */
static void add_value(const struct nf_markup *markup, struct nf_buf *to, struct nf_span value, char quote)
{
    char *copy = to->data + to->len;
    memcpy(copy, value.data, value.len);
    to->len += value.len;
    if (quote == '"' && !markup->has_nul)       /* it is the quote of those without any inside */
        return;
    for (size_t i = 0; i < value.len; i++)
        if (!copy[i] || copy[i] == quote)
            copy[i] = ' ';
}

static void keep_in_set(struct nf_markup *markup, const struct nf_markup_start *tag, enum nf_attribute name,
                        struct nf_span value, char quote)
{
    struct nf_buf *sets = &markup->sets;
    nf_buf_reserve(sets, value.len + 3);
    if (sets->len == tag->set)
        sets->data[sets->len++] = (char)tag->tag;
    sets->data[sets->len++] = (char)(name + 1);
    add_value(markup, sets, value, quote);
    sets->data[sets->len++] = '\0';
}

static void keep(struct nf_markup *markup, const struct nf_markup_start *tag, enum nf_attribute name, struct nf_span value)
{
    struct nf_buf *out = &markup->out;
    value.len = value_len(value);
    char quote = value.len && memchr(value.data, '"', value.len) ? '\'' : '"';
    if (rows[name].kind != KIND_META && !(value.len && memchr(value.data, '&', value.len))) {
        keep_in_set(markup, tag, name, value, quote);
        return;
    }
    nf_buf_add_char(out, ' ');
    nf_buf_add_text(out, rows[name].name);
    nf_buf_add_char(out, '=');
    nf_buf_add_char(out, quote);
    nf_buf_reserve(out, value.len);
    add_value(markup, out, value, quote);
    nf_buf_add_char(out, quote);
}

static bool hides(struct nf_span style)
{
    size_t len = style.len < 1000 ? style.len : 1000;
    return contains(style.data, len, "display:none") || contains(style.data, len, "display: none");
}

static void read_value(struct nf_markup *markup, struct nf_markup_start *tag, struct nf_span text, struct nf_span value)
{
    if (!tag->wanted && tag->kind != NF_TAG_IS_CODE)
        return;
    enum nf_attribute name = nf_attribute_find(text);
    enum kind kind = name < NF_ATTRIBUTE_COUNT ? rows[name].kind : KIND_NONE;
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
        name = NF_ATTRIBUTE_HIDDEN, value = nf_span("style", 5);
    }
    if (kind == KIND_META && name != NF_ATTRIBUTE_CONTENT) {
        struct nf_span start = nf_span(value.data, value.len < 80 ? value.len : 80);
        tag->meta_wanted |= contains(start.data, start.len, "og:");
        tag->meta_read |= contains(start.data, start.len, "og:t");
    }
    tag->evidence = true;
    if (tag->seen >> name & 1)
        return;
    tag->seen |= UINT32_C(1) << name;
    keep(markup, tag, name, kind == KIND_ADDRESS ? nf_span("", 0) : value);
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

size_t nf_markup_attributes_set(struct nf_markup *markup, const struct nf_markup_start *tag)
{
    if (markup->sets.len == tag->set)
        nf_buf_add_char(&markup->sets, (char)tag->tag);
    nf_buf_add_char(&markup->sets, '\0');
    size_t set = set_before(markup, tag->set);
    if (set != tag->set)
        markup->sets.len = tag->set;
    return set;
}

void nf_markup_tag_add(struct nf_markup *markup, size_t out, size_t set)
{
    markup->tag = nf_grow(markup->tag, &markup->tag_capacity, markup->tag_count + 1, sizeof *markup->tag);
    markup->tag[markup->tag_count++] = (struct nf_markup_tag){(uint32_t)out, (uint32_t)set};
}

void nf_markup_attributes_end(struct nf_markup *markup, const struct nf_markup_start *tag)
{
    if (markup->sets.len > tag->set)
        nf_markup_tag_add(markup, markup->out.len, nf_markup_attributes_set(markup, tag));
}

size_t nf_markup_attributes(const struct nf_markup *markup, uint32_t set,
                            struct nf_markup_attribute attributes[NF_ATTRIBUTE_COUNT])
{
    size_t count = 0;
    for (const char *p = markup->sets.data + set + 1; *p; count++) {
        size_t len = strlen(p + 1);
        attributes[count] = (struct nf_markup_attribute){(enum nf_attribute)(*p - 1), nf_span(p + 1, len)};
        p += len + 2;
    }
    return count;
}
