/*
 * markup.c: one pass over HTML source that keeps text, lines and evidence.
 * Used by the page stage.
 */
#include "text/markup.h"

#include <strings.h>

#include "base/alloc.h"

/* Values of the attributes that are kept say what they say at their start. */
#define VALUE_LEN_MAX 300
#define ADDRESS_LEN_MAX 60

enum attribute {
    ATTRIBUTE_NONE, ATTRIBUTE_KEEP, ATTRIBUTE_ADDRESS, ATTRIBUTE_STYLE, ATTRIBUTE_HIDDEN, ATTRIBUTE_TYPE,
    ATTRIBUTE_SHADOW, ATTRIBUTE_META
};

struct tag {
    enum nf_tag tag;
    enum nf_tag_kind kind;
    size_t name, name_len;      /* in the source */
    size_t out;                 /* where it begins in the output */
    bool json, shadow;
    bool evidence;              /* an attribute was kept */
    bool meta_wanted;
};

void nf_markup_release(struct nf_markup *markup)
{
    nf_buf_release(&markup->out);
    nf_buf_release(&markup->spans);
    nf_free(markup->place);
    nf_free(markup->json);
    *markup = (struct nf_markup){0};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char at_or_nul(struct nf_span source, size_t at)
{
    return at < source.len ? source.data[at] : '\0';
}

static void add_place(struct nf_markup *markup, size_t source)
{
    markup->place = nf_grow(markup->place, &markup->place_capacity, markup->place_count + 1, sizeof *markup->place);
    markup->place[markup->place_count++] =
        (struct nf_markup_place){(uint32_t)markup->out.len, (uint32_t)source};
}

/* A NUL ends text for the parser; for readers it is nothing. */
static void add_text(struct nf_markup *markup, size_t from, size_t to)
{
    const char *p = markup->source.data + from;
    size_t len = to - from;
    if (!len)
        return;
    add_place(markup, from);
    while (len) {
        const char *nul = memchr(p, '\0', len);
        size_t run = nul ? (size_t)(nul - p) : len;
        nf_buf_add(&markup->out, p, run);
        run += nul != NULL;
        p += run;
        len -= run;
    }
}

/* After "<!--": where the comment is over. One without an end is taken to have none but its mark. */
static size_t comment_end(struct nf_markup *markup, size_t from)
{
    struct nf_span source = markup->source;
    if (at_or_nul(source, from) == '>')
        return from + 1;
    if (at_or_nul(source, from) == '-' && at_or_nul(source, from + 1) == '>')
        return from + 2;
    const char *p = source.data + from, *end = source.data + source.len;
    while (!markup->no_comment_end && p < end && (p = memchr(p, '-', (size_t)(end - p)))) {
        if (end - p >= 3 && p[1] == '-' && p[2] == '>')
            return (size_t)(p - source.data) + 3;
        if (end - p >= 4 && p[1] == '-' && p[2] == '!' && p[3] == '>')
            return (size_t)(p - source.data) + 4;
        p++;
    }
    markup->no_comment_end = true;
    markup->unclosed++;
    return from;
}

/* "<!DOCTYPE", "<?xml", "</3": all up to the next '>'. */
static size_t bogus_end(struct nf_span source, size_t from)
{
    const char *end = memchr(source.data + from, '>', source.len - from);
    return end ? (size_t)(end - source.data) + 1 : from + 1;
}

static enum attribute attribute_of(const char *name, size_t len, enum nf_tag tag)
{
    if (len < 2)
        return ATTRIBUTE_NONE;
    static const struct {
        const char *name;
        size_t len;
        enum attribute kind;
    } rows[] = {
#define ROW(name, kind) {name, sizeof name - 1, ATTRIBUTE_##kind}
        ROW("class", KEEP), ROW("id", KEEP), ROW("role", KEEP), ROW("itemprop", KEEP), ROW("itemtype", KEEP),
        ROW("rel", KEEP), ROW("slot", KEEP), ROW("data-role", KEEP), ROW("component", KEEP),
        ROW("data-testid", KEEP), ROW("data-component", KEEP), ROW("aria-label", KEEP), ROW("href", ADDRESS),
        ROW("style", STYLE), ROW("hidden", HIDDEN), ROW("aria-hidden", KEEP), ROW("type", TYPE),
        ROW("shadowrootmode", SHADOW), ROW("property", META), ROW("name", META), ROW("content", META),
#undef ROW
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].len != len || rows[i].name[0] != (name[0] | 0x20) || strncasecmp(rows[i].name, name, len) != 0)
            continue;
        return rows[i].kind == ATTRIBUTE_META && tag != NF_TAG_META ? ATTRIBUTE_NONE : rows[i].kind;
    }
    return ATTRIBUTE_NONE;
}

static bool contains(const char *text, size_t len, const char *word)
{
    size_t word_len = strlen(word);
    for (size_t i = 0; i + word_len <= len; i++)
        if (strncasecmp(text + i, word, word_len) == 0)
            return true;
    return false;
}

/* Cut at a character's start. */
static size_t value_len(const char *value, size_t len, size_t most)
{
    if (len <= most)
        return len;
    while (most && ((unsigned char)value[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static void keep_attribute(struct nf_markup *markup, struct tag *tag, struct nf_span name, struct nf_span value)
{
    enum attribute kind = attribute_of(name.data, name.len, tag->tag);
    if (kind == ATTRIBUTE_TYPE)
        tag->json = contains(value.data, value.len < 40 ? value.len : 40, "ld+json");
    if (kind == ATTRIBUTE_SHADOW)
        tag->shadow = true;
    if (kind == ATTRIBUTE_STYLE) {
        size_t len = value.len < 1000 ? value.len : 1000;
        if (!contains(value.data, len, "display:none") && !contains(value.data, len, "display: none"))
            return;
        name = nf_span("hidden", 6), value = nf_span("style", 5);
    } else if (kind == ATTRIBUTE_NONE || kind == ATTRIBUTE_TYPE || kind == ATTRIBUTE_SHADOW) {
        return;
    }
    if (kind == ATTRIBUTE_META && name.len != 7)
        tag->meta_wanted |= contains(value.data, value.len < 80 ? value.len : 80, "og:");
    size_t len = value_len(value.data, value.len, kind == ATTRIBUTE_ADDRESS ? ADDRESS_LEN_MAX : VALUE_LEN_MAX);
    char quote = memchr(value.data, '"', len) ? '\'' : '"';
    nf_buf_add_char(&markup->out, ' ');
    nf_buf_add(&markup->out, name.data, name.len);
    nf_buf_add_char(&markup->out, '=');
    nf_buf_add_char(&markup->out, quote);
    char *copy = nf_buf_reserve(&markup->out, len);
    for (size_t i = 0; i < len; i++)
        copy[i] = value.data[i] && value.data[i] != quote ? value.data[i] : ' ';
    markup->out.len += len;
    nf_buf_add_char(&markup->out, quote);
    tag->evidence = true;
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

static size_t read_attribute(struct nf_markup *markup, struct tag *tag, size_t at)
{
    struct nf_span source = markup->source, value = nf_span("", 0);
    size_t name = at;
    while (at < source.len && !is_space(source.data[at]) && source.data[at] != '>' && source.data[at] != '/'
           && (source.data[at] != '=' || at == name))
        at++;
    size_t name_len = at - name, after = at;
    while (after < source.len && is_space(source.data[after]))
        after++;
    if (at_or_nul(source, after) == '=') {
        at = after + 1;
        while (at < source.len && is_space(source.data[at]))
            at++;
        size_t from = at;
        char quote = at_or_nul(source, at);
        if (quote == '"' || quote == '\'') {
            from++;
            at = quoted_end(markup, from, quote);
            value = nf_span(source.data + from, at - from);
            at += at_or_nul(source, at) == quote;
        } else {
            while (at < source.len && !is_space(source.data[at]) && source.data[at] != '>')
                at++;
            value = nf_span(source.data + from, at - from);
        }
    }
    keep_attribute(markup, tag, nf_span(source.data + name, name_len), value);
    return at;
}

/* From the tag's name on; gives the place after its '>'. */
static size_t read_attributes(struct nf_markup *markup, struct tag *tag, size_t at)
{
    struct nf_span source = markup->source;
    while (at < source.len && source.data[at] != '>') {
        if (is_space(source.data[at]) || source.data[at] == '/')
            at++;
        else
            at = read_attribute(markup, tag, at);
    }
    return at < source.len ? at + 1 : at;
}

/* Where "</name" of a CODE or RAW element stands; SIZE_MAX if nowhere. */
static size_t find_end_tag(struct nf_markup *markup, const struct tag *tag, size_t from)
{
    struct nf_span source = markup->source;
    const char *name = source.data + tag->name;
    const char *p = source.data + from, *end = source.data + source.len;
    if (markup->no_more[tag->tag])
        return SIZE_MAX;
    while ((size_t)(end - p) > tag->name_len + 2 && (p = memchr(p, '<', (size_t)(end - p)))) {
        if ((size_t)(end - p) > tag->name_len + 2 && p[1] == '/' && strncasecmp(p + 2, name, tag->name_len) == 0
            && !is_letter(p[2 + tag->name_len]))
            return (size_t)(p - source.data);
        p++;
    }
    markup->no_more[tag->tag] = true;
    return SIZE_MAX;
}

static void add_json(struct nf_markup *markup, struct nf_span text)
{
    markup->json = nf_grow(markup->json, &markup->json_capacity, markup->json_count + 1, sizeof *markup->json);
    markup->json[markup->json_count++] = text;
}

/* An element whose content is not markup. Without an end tag it is taken to be empty: its text stays. */
static size_t skip_content(struct nf_markup *markup, const struct tag *tag, size_t at)
{
    size_t end = find_end_tag(markup, tag, at);
    if (end == SIZE_MAX) {
        markup->unclosed++;
        return at;
    }
    if (tag->json)
        add_json(markup, nf_span(markup->source.data + at, end - at));
    return bogus_end(markup->source, end);
}

static size_t copy_raw_content(struct nf_markup *markup, const struct tag *tag, size_t at)
{
    size_t end = find_end_tag(markup, tag, at);
    if (end == SIZE_MAX) {
        markup->unclosed++;
        return at;
    }
    for (size_t from = at; from < end;) {
        const char *p = memchr(markup->source.data + from, '<', end - from);
        size_t to = p ? (size_t)(p - markup->source.data) : end;
        add_text(markup, from, to);
        if (p)
            nf_buf_add_text(&markup->out, "&lt;");
        from = to + (p != NULL);
    }
    nf_buf_add_text(&markup->out, tag->tag == NF_TAG_TITLE ? "</title>" : "</pre>");
    return bogus_end(markup->source, end);
}

/* Bare spans say nothing and cost the parser most. */
static bool passes_on(struct nf_markup *markup, const struct tag *tag)
{
    if (tag->tag == NF_TAG_SPAN)
        nf_buf_add_char(&markup->spans, tag->evidence);
    if (tag->tag == NF_TAG_SPAN || tag->tag == NF_TAG_LABEL || tag->tag == NF_TAG_Q)
        return tag->evidence && tag->tag == NF_TAG_SPAN;
    if (tag->kind == NF_TAG_IS_META)
        return tag->meta_wanted;
    return tag->kind != NF_TAG_IS_PLAIN && tag->kind != NF_TAG_IS_EMPTY && tag->kind != NF_TAG_IS_CODE;
}

static size_t read_start_tag(struct nf_markup *markup, size_t at)
{
    struct nf_span source = markup->source;
    struct tag tag = {.name = at, .out = markup->out.len};
    while (at < source.len && !is_space(source.data[at]) && source.data[at] != '>' && source.data[at] != '/'
           && source.data[at])
        at++;
    tag.name_len = at - tag.name;
    tag.tag = nf_tag_find(source.data + tag.name, tag.name_len);
    tag.kind = nf_tag_kind(tag.tag);
    const char *name = tag.tag == NF_TAG_OTHER ? "section" : tag.tag == NF_TAG_XMP ? "pre" : nf_tag_name(tag.tag);
    nf_buf_add_char(&markup->out, '<');
    nf_buf_add_text(&markup->out, name);
    at = read_attributes(markup, &tag, at);
    nf_buf_add_char(&markup->out, '>');
    if (!passes_on(markup, &tag))
        markup->out.len = tag.out;
    if (tag.kind == NF_TAG_IS_CODE && !tag.shadow)
        return skip_content(markup, &tag, at);
    return tag.kind == NF_TAG_IS_RAW ? copy_raw_content(markup, &tag, at) : at;
}

static bool end_passes_on(struct nf_markup *markup, enum nf_tag tag)
{
    enum nf_tag_kind kind = nf_tag_kind(tag);
    if (tag == NF_TAG_SPAN)
        return markup->spans.len && markup->spans.data[--markup->spans.len];
    return kind == NF_TAG_IS_BLOCK || tag == NF_TAG_A || tag == NF_TAG_TIME || tag == NF_TAG_CITE;
}

static size_t read_end_tag(struct nf_markup *markup, size_t at)
{
    struct nf_span source = markup->source;
    size_t name = at;
    while (at < source.len && !is_space(source.data[at]) && source.data[at] != '>' && source.data[at] != '/'
           && source.data[at])
        at++;
    enum nf_tag tag = nf_tag_find(source.data + name, at - name);
    if (tag == NF_TAG_BR) {
        nf_buf_add_text(&markup->out, "<br>");
    } else if (end_passes_on(markup, tag)) {
        nf_buf_add_text(&markup->out, "</");
        nf_buf_add_text(&markup->out, tag == NF_TAG_OTHER ? "section" : nf_tag_name(tag));
        nf_buf_add_char(&markup->out, '>');
    }
    return bogus_end(source, at);
}

/* At a '<'. */
static size_t read_tag(struct nf_markup *markup, size_t at)
{
    struct nf_span source = markup->source;
    char next = at_or_nul(source, at + 1);
    if (is_letter(next))
        return read_start_tag(markup, at + 1);
    if (next == '/' && is_letter(at_or_nul(source, at + 2)))
        return read_end_tag(markup, at + 2);
    if (next == '!' && at_or_nul(source, at + 2) == '-' && at_or_nul(source, at + 3) == '-')
        return comment_end(markup, at + 4);
    if (next == '!' || next == '?' || next == '/')
        return bogus_end(source, at + 2);
    nf_buf_add_text(&markup->out, "&lt;");
    return at + 1;
}

void nf_markup_read(struct nf_markup *markup, struct nf_span source)
{
    markup->source = source;
    markup->out.len = markup->spans.len = markup->place_count = markup->json_count = 0;
    markup->unclosed = 0;
    memset(markup->no_more, 0, sizeof markup->no_more);
    markup->no_comment_end = markup->no_quote = markup->no_apostrophe = false;
    for (size_t at = 0; at < source.len;) {
        const char *p = memchr(source.data + at, '<', source.len - at);
        size_t to = p ? (size_t)(p - source.data) : source.len;
        add_text(markup, at, to);
        at = p ? read_tag(markup, to) : to;
    }
}

size_t nf_markup_source(const struct nf_markup *markup, size_t at, size_t *hint)
{
    if (!markup->place_count)
        return 0;
    while (*hint + 1 < markup->place_count && markup->place[*hint + 1].out <= at)
        ++*hint;
    const struct nf_markup_place *place = &markup->place[*hint];
    return place->source + (at > place->out ? at - place->out : 0);
}
