/*
 * read_fields.c: header fields.
 * Used by the WARC and the HTTP reader.
 */
#include "stage/read_fields.h"

#include <strings.h>

#include "base/buf.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct nf_span trim(struct nf_span text)
{
    while (text.len && is_blank(text.data[0]))
        text = nf_span(text.data + 1, text.len - 1);
    while (text.len && is_blank(text.data[text.len - 1]))
        text.len--;
    return text;
}

/* The line at `from`, without its end; *next is where the one after it begins, or 0 if this one has no end. */
static struct nf_span line_at(struct nf_span text, size_t from, size_t *next)
{
    const char *end = memchr(text.data + from, '\n', text.len - from);
    size_t len = (end ? (size_t)(end - text.data) : text.len) - from;
    *next = end ? from + len + 1 : 0;
    len -= len && text.data[from + len - 1] == '\r';
    return nf_span(text.data + from, len);
}

struct nf_span nf_fields_head(struct nf_span bytes, size_t max)
{
    struct nf_span most = nf_span(bytes.data, bytes.len < max ? bytes.len : max);
    size_t from = 0, next;
    while (from < most.len) {
        struct nf_span line = line_at(most, from, &next);
        if (!next)
            break;
        if (!line.len)
            return nf_span(bytes.data, next);
        from = next;
    }
    return nf_span("", 0);
}

struct nf_span nf_fields_get(struct nf_span head, const char *name)
{
    size_t len = strlen(name);
    for (size_t from = 0, next; from < head.len; from = next) {
        struct nf_span line = line_at(head, from, &next);
        if (line.len > len && line.data[len] == ':' && strncasecmp(line.data, name, len) == 0)
            return trim(nf_span(line.data + len + 1, line.len - len - 1));
        if (!next)
            break;
    }
    return nf_span("", 0);
}

struct nf_span nf_fields_first_word(struct nf_span value)
{
    size_t len = 0;
    while (len < value.len && !is_blank(value.data[len]) && value.data[len] != ';' && value.data[len] != ',')
        len++;
    return nf_span(value.data, len);
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

static struct nf_span unquoted(struct nf_span word)
{
    if (word.len && is_quote(word.data[0]))
        word = nf_span(word.data + 1, word.len - 1);
    word.len -= word.len && is_quote(word.data[word.len - 1]);
    return word;
}

struct nf_span nf_fields_parameter(struct nf_span value, const char *name)
{
    size_t len = strlen(name);
    const char *end = value.data + value.len, *p = value.data;
    while ((p = memchr(p, ';', (size_t)(end - p)))) {
        struct nf_span rest = trim(nf_span(p + 1, (size_t)(end - p - 1)));
        if (rest.len > len && rest.data[len] == '=' && strncasecmp(rest.data, name, len) == 0) {
            rest = nf_span(rest.data + len + 1, rest.len - len - 1);
            return unquoted(nf_fields_first_word(rest));
        }
        p++;
    }
    return nf_span("", 0);
}

static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c = (char)(c | ' ');
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

bool nf_fields_number(struct nf_span digits, unsigned base, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned value = digit_value(digits.data[i]);
        if (value >= base || *number >> 56)
            return false;
        *number = *number * base + value;
    }
    return digits.len > 0;
}
