/*
 * page_json.c: names and strings found in JSON, without building it.
 * Used by page.c.
 */
#include "stage/page_json.h"

#include "text/utf8.h"

void nf_page_json_release(struct nf_page_json *json)
{
    nf_buf_release(&json->text);
    *json = (struct nf_page_json){0};
}

/* At an opening quote: the place of the closing one, or the text's end. */
static size_t string_end(struct nf_span text, size_t at)
{
    for (at++; at < text.len && text.data[at] != '"'; at++)
        at += text.data[at] == '\\';
    return at < text.len ? at : text.len;
}

/* At what should be four digits; UINT32_MAX if they are not. */
static uint32_t hex(const char *digits, size_t len)
{
    uint32_t value = 0;
    if (len < 4)
        return UINT32_MAX;
    for (size_t i = 0; i < 4; i++) {
        char c = digits[i];
        if (!((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')))
            return UINT32_MAX;
        value = value << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
}

/* At a backslash: adds what it stands for; gives the bytes it took. */
static size_t add_escape(struct nf_buf *out, const char *p, size_t left)
{
    if (left < 2)
        return left;
    uint32_t c = p[1] == 'u' ? hex(p + 2, left - 2) : UINT32_MAX;
    if (c == UINT32_MAX) {
        nf_buf_add_char(out, p[1] == 'n' || p[1] == 'r' ? '\n' : p[1] == 't' ? ' ' : p[1]);
        return 2;
    }
    uint32_t low = left >= 12 && p[6] == '\\' && p[7] == 'u' ? hex(p + 8, left - 8) : UINT32_MAX;
    bool pair = c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000;
    if (pair)
        c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
    nf_utf8_put(out, c ? c : ' ');
    return pair ? 12 : 6;
}

/* Tags inside the string make lines; words are counted. */
static void add_string(struct nf_page_json *json, struct nf_span string)
{
    bool in_tag = false, in_word = false;
    for (size_t i = 0; i < string.len;) {
        char c = string.data[i];
        if (in_tag || c == '<') {
            in_tag = c != '>';
            if (!in_tag)
                nf_buf_add_char(&json->text, '\n');
            i++;
            continue;
        }
        bool space = c == ' ' || c == '\n';
        json->words += !space && !in_word;
        in_word = !space;
        if (c == '\\') {
            i += add_escape(&json->text, string.data + i, string.len - i);
            continue;
        }
        nf_buf_add_char(&json->text, c);
        i++;
    }
    nf_buf_add_char(&json->text, '\n');
}

static void note_type(struct nf_page_json *json, struct nf_span type)
{
    static const char *const articles[] = {"Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle"};
    json->thread |= nf_span_is(type, "DiscussionForumPosting") || nf_span_is(type, "QAPage");
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        json->article |= nf_span_is(type, articles[i]);
}

static size_t skip_space(struct nf_span text, size_t at)
{
    while (at < text.len && (text.data[at] == ' ' || (text.data[at] >= '\t' && text.data[at] <= '\r')))
        at++;
    return at;
}

/* Strings that are values of a name we know; types also in lists. */
static void read_text(struct nf_page_json *json, struct nf_span text)
{
    struct nf_span name = nf_span("", 0);
    for (size_t at = 0; at < text.len;) {
        if (text.data[at] != '"') {
            at++;
            continue;
        }
        size_t end = string_end(text, at);
        struct nf_span string = nf_span(text.data + at + 1, end - at - 1);
        at = skip_space(text, end < text.len ? end + 1 : end);
        if (at < text.len && text.data[at] == ':') {
            name = string;
            at++;
        } else if (nf_span_is(name, "@type")) {
            note_type(json, string);
        } else if (nf_span_is(name, "headline") && !json->has_headline && !json->text.len) {
            json->has_headline = true;
            add_string(json, string);
        } else if (nf_span_is(name, "articleBody") || (json->thread && nf_span_is(name, "text"))) {
            add_string(json, string);
        }
    }
}

void nf_page_json_read(struct nf_page_json *json, const struct nf_markup *markup)
{
    json->thread = json->article = json->has_headline = false;
    json->text.len = json->words = 0;
    for (size_t i = 0; i < markup->json_count; i++)
        read_text(json, markup->json[i]);
}
