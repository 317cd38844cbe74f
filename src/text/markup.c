/*
 * markup.c: one pass over HTML source that keeps text, lines and evidence.
 * Used by the page stage.
 */
#include "text/markup.h"

#include <strings.h>

#include "base/alloc.h"
#include "text/markup_inline.h"

void nf_markup_release(struct nf_markup *markup)
{
    nf_buf_release(&markup->out);
    nf_buf_release(&markup->spans);
    nf_buf_release(&markup->sets);
    nf_free(markup->run);
    nf_free(markup->tag);
    nf_free(markup->place);
    nf_free(markup->json);
    nf_buf_release(&markup->in_link);
    *markup = (struct nf_markup){0};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
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

/* Where blanks count. Without what else is below U+0020: the parser would drop it, or end. */
static void add_blanks(struct nf_markup *markup, size_t from, size_t to)
{
    add_place(markup, from);
    for (size_t i = from; i < to; i++)
        if (is_blank(markup->source.data[i]))
            nf_buf_add_char(&markup->out, markup->source.data[i]);
}

/* Blanks between elements are no news to the parser: they go with the run behind. */
static void add_run(struct nf_markup *markup, size_t from, size_t to)
{
    const char *p = markup->source.data;
    size_t first = from;
    for (; first < to && (unsigned char)p[first] <= ' '; first++)
        markup->space |= !markup->keeps_blanks && is_blank(p[first]);
    if (first == to && markup->keeps_blanks)
        add_blanks(markup, from, to);
    if (first == to)
        return;
    from = markup->keeps_blanks ? from : first;
    markup->run = nf_grow(markup->run, &markup->run_capacity, markup->run_count + 1, sizeof *markup->run);
    markup->run[markup->run_count++] = (struct nf_markup_run){
        .source = (uint32_t)from, .len = (uint32_t)(to - from) & NF_MARKUP_LEN_MASK, .space = markup->space};
    markup->space = false;
    nf_buf_add_char(&markup->out, NF_MARKUP_TEXT);
}

/* After '&': the end of what may be a character's name or number. */
static size_t reference_end(struct nf_span source, size_t at, size_t to)
{
    for (; at < to; at++) {
        char c = source.data[at];
        bool may = is_letter(c) || (c >= '0' && c <= ':') || (unsigned char)c >= 0x80 || c == '#' || c == '.'
                   || c == '_' || c == '-';
        if (!may)
            break;
    }
    return at + (at < to && source.data[at] == ';');
}

/* "&#127;" would look like a run. */
static bool is_mark(const char *p, size_t len)
{
    if (len < 4 || p[1] != '#')
        return false;
    unsigned base = (p[2] | 0x20) == 'x' ? 16 : 10;
    unsigned long code = 0;
    for (size_t i = base == 16 ? 3 : 2; i < len && code <= NF_MARKUP_TEXT; i++) {
        unsigned char c = (unsigned char)p[i];
        unsigned digit = c >= '0' && c <= '9' ? c - '0' + 0u : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20u) - 'a' + 10 : 16;
        if (digit >= base)
            break;
        code = code * base + digit;
    }
    return code == NF_MARKUP_TEXT;
}

/* What characters the names stand for is the parser's to know. */
static void add_reference(struct nf_markup *markup, size_t from, size_t to)
{
    const char *p = markup->source.data + from;
    if (is_mark(p, to - from))
        return;
    if (markup->space)
        nf_buf_add_char(&markup->out, ' ');
    markup->space = false;
    add_place(markup, from);
    nf_buf_add(&markup->out, p, to - from);
}

static void add_text(struct nf_markup *markup, size_t from, size_t to)
{
    for (; !markup->keeps_blanks && from < to && is_blank(markup->source.data[from]); from++)
        markup->space = true;
    while (from < to) {
        const char *and = memchr(markup->source.data + from, '&', to - from);
        size_t end = and ? (size_t)(and - markup->source.data) : to;
        if (end > from)
            add_run(markup, from, end);
        if (!and)
            return;
        from = reference_end(markup->source, end + 1, to);
        add_reference(markup, end, from);
    }
}

/* A '<' that begins no tag. */
static void add_less(struct nf_markup *markup, size_t at)
{
    if (markup->space)
        nf_buf_add_char(&markup->out, ' ');
    markup->space = false;
    add_place(markup, at);
    nf_buf_add_text(&markup->out, "&lt;");
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

/* "<!DOCTYPE", "<?xml", "</3": all up to the next '>'. Without one, what is behind is text. */
static size_t bogus_end(struct nf_span source, size_t from)
{
    const char *end = memchr(source.data + from, '>', source.len - from);
    return end ? (size_t)(end - source.data) + 1 : from;
}

/* Where "</name" of a CODE or RAW element stands; SIZE_MAX if nowhere. */
static size_t find_end_tag(struct nf_markup *markup, const struct nf_markup_start *tag, size_t from)
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
static size_t skip_content(struct nf_markup *markup, const struct nf_markup_start *tag, size_t at)
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

static size_t copy_raw_content(struct nf_markup *markup, const struct nf_markup_start *tag, size_t at)
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
            add_less(markup, to);
        from = to + (p != NULL);
    }
    nf_buf_add_text(&markup->out, tag->tag == NF_TAG_TITLE ? "</title>" : "</pre>");
    return bogus_end(markup->source, end);
}

/* Bare spans say nothing and cost the parser most. */
static bool passes_on(struct nf_markup *markup, const struct nf_markup_start *tag)
{
    if (tag->tag == NF_TAG_SPAN) {
        nf_buf_add_char(&markup->spans, tag->evidence);
        return tag->evidence;
    }
    return tag->kind == NF_TAG_IS_META ? tag->meta_wanted : tag->wanted;
}

/* What may be passed on, and so has attributes to look at. */
static bool is_wanted(enum nf_tag tag, enum nf_tag_kind kind)
{
    if (tag == NF_TAG_LABEL || tag == NF_TAG_Q)
        return false;
    return kind != NF_TAG_IS_PLAIN && kind != NF_TAG_IS_EMPTY && kind != NF_TAG_IS_CODE;
}

static size_t name_end(struct nf_span source, size_t at)
{
    for (; at < source.len; at++) {
        char c = source.data[at];
        if (c == '>' || c == '/' || c == '\0' || (is_blank(c) && c != '\v'))
            break;
    }
    return at;
}

/* Blanks count in what follows the first <pre>, wherever the parser may end it. */
static void keep_blanks(struct nf_markup *markup)
{
    markup->keeps_blanks = true;
    markup->space = false;
}

static void add_tag(struct nf_markup *markup, const char *mark, enum nf_tag tag)
{
    char *to = nf_buf_reserve(&markup->out, 2 + NF_TAG_ROOM);
    size_t len = mark[1] ? 2 : 1;
    memcpy(to, mark, 2);
    markup->out.len += len + nf_tag_put(tag, to + len);
}

static size_t read_start_tag(struct nf_markup *markup, size_t at)
{
    struct nf_span source = markup->source;
    struct nf_markup_start tag = {.name = at, .set = markup->sets.len};
    size_t out = markup->out.len;
    at = name_end(source, at);
    tag.name_len = at - tag.name;
    tag.tag = nf_tag_find(source.data + tag.name, tag.name_len);
    tag.kind = nf_tag_kind(tag.tag);
    tag.wanted = is_wanted(tag.tag, tag.kind);
    if (tag.wanted)
        add_tag(markup, "<", tag.tag == NF_TAG_OTHER ? NF_TAG_SECTION : tag.tag == NF_TAG_XMP ? NF_TAG_PRE : tag.tag);
    at = nf_markup_attributes_read(markup, &tag, at);
    if (tag.tag == NF_TAG_META && !tag.meta_read)
        markup->out.len = out + strlen("<meta");
    if (!passes_on(markup, &tag)) {
        markup->out.len = out;
        markup->sets.len = tag.set;
    } else if (!nf_markup_is_inline(tag.tag) || !nf_markup_inline_open(markup, &tag, out)) {
        nf_markup_inline_settle(markup);
        nf_markup_attributes_end(markup, &tag);
        nf_buf_add_char(&markup->out, '>');
        if (tag.kind == NF_TAG_IS_BLOCK || tag.kind == NF_TAG_IS_INLINE)
            nf_markup_inline_opened(markup, tag.tag == NF_TAG_OTHER ? NF_TAG_SECTION : tag.tag);
        if (tag.tag == NF_TAG_PRE || tag.tag == NF_TAG_XMP)
            keep_blanks(markup);
    }
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
    at = name_end(source, at);
    enum nf_tag tag = nf_tag_find(source.data + name, at - name);
    tag = tag == NF_TAG_OTHER ? NF_TAG_SECTION : tag;
    if (tag == NF_TAG_BR) {
        nf_markup_inline_settle(markup);
        nf_buf_add_text(&markup->out, "<br>");
    } else if (end_passes_on(markup, tag) && !(nf_markup_is_inline(tag) && nf_markup_inline_close(markup, tag))) {
        nf_markup_inline_settle(markup);
        nf_markup_inline_closed(markup, tag);
        add_tag(markup, "</", tag);
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
    add_less(markup, at);
    return at + 1;
}

void nf_markup_read(struct nf_markup *markup, struct nf_span source)
{
    markup->source = source;
    markup->out.len = markup->spans.len = markup->place_count = markup->json_count = 0;
    markup->sets.len = markup->run_count = markup->tag_count = 0;
    markup->unclosed = 0;
    markup->space = markup->keeps_blanks = false;
    markup->has_nul = source.len && memchr(source.data, '\0', source.len);
    memset(markup->known, 0, sizeof markup->known);
    memset(markup->no_more, 0, sizeof markup->no_more);
    markup->no_comment_end = markup->no_quote = markup->no_apostrophe = false;
    markup->waiting_count = 0;
    markup->in_body = false;
    markup->link = NF_MARKUP_LINK_NONE;
    markup->in_link.len = 0;
    for (size_t at = 0; at < source.len;) {
        if (source.data[at] == '<') {
            at = read_tag(markup, at);
            continue;
        }
        const char *p = memchr(source.data + at, '<', source.len - at);
        size_t to = p ? (size_t)(p - source.data) : source.len;
        add_text(markup, at, to);
        at = to;
    }
    nf_markup_inline_settle(markup);
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
