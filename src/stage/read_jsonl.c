/*
 * read_jsonl.c: JSON checked and passed over, with an eye on a few names.
 * Used by the pipeline. No tree is made: what is not asked for is only looked through.
 */
#include "stage/read_jsonl.h"

#include "base/buf.h"
#include "text/json_string.h"

/* What may come next. */
enum expect { VALUE, FIRST_VALUE, NAME, FIRST_NAME, COMMA, NOTHING };

struct scan {
    struct nf_span line;
    size_t at;
    enum expect expect;
    size_t depth;
    unsigned char is_object[NF_JSONL_DEPTH_MAX / 8];    /* a bit for each open bracket */
    const char *const *names;
    struct nf_jsonl_value *value;
    unsigned fields;            /* a bit for each that asks for the value to come */
    const char *complaint;
};

static bool complain(struct scan *scan, const char *complaint)
{
    scan->complaint = complaint;
    return false;
}

static void skip_blanks(struct scan *scan)
{
    const char *p = scan->line.data;
    while (scan->at < scan->line.len && (p[scan->at] == ' ' || p[scan->at] == '\t' || p[scan->at] == '\n' || p[scan->at] == '\r'))
        scan->at++;
}

static bool in_object(const struct scan *scan)
{
    return scan->depth && scan->is_object[(scan->depth - 1) / 8] >> (scan->depth - 1) % 8 & 1;
}

static bool open_bracket(struct scan *scan, bool object)
{
    size_t bit = scan->depth;
    if (bit == NF_JSONL_DEPTH_MAX)
        return complain(scan, NULL);
    scan->is_object[bit / 8] = (unsigned char)((scan->is_object[bit / 8] & ~(1u << bit % 8)) | (unsigned)object << bit % 8);
    scan->depth++;
    scan->at++;
    scan->expect = object ? FIRST_NAME : FIRST_VALUE;
    return true;
}

static bool close_bracket(struct scan *scan, char c)
{
    if (in_object(scan) != (c == '}'))
        return complain(scan, "the wrong bracket");
    scan->depth--;
    scan->at++;
    scan->expect = scan->depth ? COMMA : NOTHING;
    return true;
}

/* A string, its quotes passed over. */
static bool take_string(struct scan *scan, struct nf_span *string)
{
    size_t from = scan->at + 1, wrong = 0;
    struct nf_span rest = nf_span(scan->line.data + from, scan->line.len - from);
    size_t len = nf_json_string_end(rest, &wrong);
    if (len == SIZE_MAX) {
        scan->at = from + wrong;
        if (scan->at == scan->line.len)
            return complain(scan, "a string without an end");
        return complain(scan, scan->line.data[scan->at] == '\\' ? "no such escape" : "a control character in a string");
    }
    *string = nf_span(rest.data, len);
    scan->at = from + len + 1;
    return true;
}

static bool is_name(struct nf_span string, const char *name)
{
    if (!name)
        return false;
    if (!memchr(string.data, '\\', string.len))
        return nf_span_is(string, name);
    struct nf_buf text = {0};
    nf_json_string_decode(string, &text);
    bool same = nf_span_is(nf_buf_span(&text), name);
    nf_buf_release(&text);
    return same;
}

static bool take_name(struct scan *scan)
{
    struct nf_span name;
    if (!take_string(scan, &name))
        return false;
    scan->fields = 0;
    for (unsigned i = 0; scan->depth == 1 && i < NF_JSONL_FIELDS; i++)
        scan->fields |= (unsigned)is_name(name, scan->names[i]) << i;
    skip_blanks(scan);
    if (scan->at == scan->line.len || scan->line.data[scan->at] != ':')
        return complain(scan, "a colon is missing");
    scan->at++;
    scan->expect = VALUE;
    return true;
}

static size_t digits(const struct scan *scan, size_t at)
{
    size_t from = at;
    while (at < scan->line.len && scan->line.data[at] >= '0' && scan->line.data[at] <= '9')
        at++;
    return at - from;
}

static char char_at(const struct scan *scan, size_t at)
{
    return at < scan->line.len ? scan->line.data[at] : '\0';
}

/* The bytes of the number here, or 0. */
static size_t number_len(const struct scan *scan)
{
    size_t at = scan->at, len;
    at += char_at(scan, at) == '-';
    len = digits(scan, at);
    if (!len || (len > 1 && char_at(scan, at) == '0'))
        return 0;
    at += len;
    if (char_at(scan, at) == '.') {
        if (!(len = digits(scan, at + 1)))
            return 0;
        at += 1 + len;
    }
    if (char_at(scan, at) == 'e' || char_at(scan, at) == 'E') {
        at++;
        at += char_at(scan, at) == '+' || char_at(scan, at) == '-';
        if (!(len = digits(scan, at)))
            return 0;
        at += len;
    }
    return at - scan->at;
}

static size_t word_len(const struct scan *scan)
{
    static const char *const words[] = {"true", "false", "null", "NaN", "Infinity", "-Infinity"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if (scan->line.len - scan->at >= len && memcmp(scan->line.data + scan->at, words[i], len) == 0)
            return len;
    }
    return number_len(scan);
}

static void keep_value(struct scan *scan, struct nf_span raw, bool string)
{
    for (unsigned i = 0; scan->depth == 1 && in_object(scan) && i < NF_JSONL_FIELDS; i++)
        if (scan->fields >> i & 1)
            scan->value[i] = (struct nf_jsonl_value){raw, string};
}

static bool take_value(struct scan *scan)
{
    char c = scan->line.data[scan->at];
    struct nf_span raw = nf_span(scan->line.data + scan->at, 1);
    if (c == '{' || c == '[') {
        keep_value(scan, raw, false);
        return open_bracket(scan, c == '{');
    }
    if (c == '"') {
        if (!take_string(scan, &raw))
            return false;
    } else {
        raw.len = word_len(scan);
        if (!raw.len)
            return complain(scan, "a value is missing");
        scan->at += raw.len;
    }
    keep_value(scan, raw, c == '"');
    scan->expect = scan->depth ? COMMA : NOTHING;
    return true;
}

static bool step(struct scan *scan)
{
    char c = scan->line.data[scan->at];
    switch (scan->expect) {
    case FIRST_VALUE:
        return c == ']' ? close_bracket(scan, c) : take_value(scan);
    case VALUE:
        return take_value(scan);
    case FIRST_NAME:
        if (c == '}')
            return close_bracket(scan, c);
        /* fall through */
    case NAME:
        return c == '"' ? take_name(scan) : complain(scan, "a name in quotes is missing");
    case COMMA:
        if (c == '}' || c == ']')
            return close_bracket(scan, c);
        if (c != ',')
            return complain(scan, "a comma is missing");
        scan->at++;
        scan->expect = in_object(scan) ? NAME : VALUE;
        return true;
    default:
        return complain(scan, "something behind the end");
    }
}

enum nf_status nf_jsonl_read(struct nf_span line, const char *const names[NF_JSONL_FIELDS],
                             struct nf_jsonl_value value[NF_JSONL_FIELDS], struct nf_error *error)
{
    struct scan scan = {.line = line, .expect = VALUE, .names = names, .value = value};
    memset(value, 0, NF_JSONL_FIELDS * sizeof *value);
    bool good = true;
    skip_blanks(&scan);
    while (good && scan.at < line.len) {
        good = step(&scan);
        if (good)
            skip_blanks(&scan);
    }
    if (good && scan.expect != NOTHING)
        good = complain(&scan, "it ends too soon");
    if (good)
        return NF_OK;
    if (!scan.complaint)
        return nf_fail(error, NF_ELIMIT, 0, "nested more than %d deep", NF_JSONL_DEPTH_MAX);
    return nf_fail(error, NF_ESYNTAX, 0, "no JSON at byte %zu: %s", scan.at + 1, scan.complaint);
}

bool nf_jsonl_is_blank(struct nf_span line)
{
    struct scan scan = {.line = line};
    skip_blanks(&scan);
    return scan.at == line.len;
}
