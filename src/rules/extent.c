/*
 * extent.c: how long a line can be that a pattern matches, read from the pattern's text.
 * Used by the rule set, so that most rules are never tried on a line.
 *
 * A reader of patterns that knows the common parts of PCRE2's syntax; whatever else it meets makes the
 * extent unknown, which is always safe.
 */
#include "rules/extent.h"

#include "text/utf8.h"

#define DEPTH_MAX 60

struct reader {
    struct nf_span pattern;
    size_t at;
    unsigned depth;
    bool lost;                  /* something that this reader does not know */
};

static const struct nf_extent nothing = {0, 0}, one = {1, 1};

static char peek(const struct reader *reader)
{
    return reader->at < reader->pattern.len ? reader->pattern.data[reader->at] : '\0';
}

static bool take(struct reader *reader, const char *text)
{
    size_t len = strlen(text);
    bool here = reader->pattern.len - reader->at >= len && memcmp(reader->pattern.data + reader->at, text, len) == 0;
    reader->at += here ? len : 0;
    return here;
}

static uint32_t sum(uint32_t a, uint32_t b)
{
    return a > NF_EXTENT_MAX - b ? NF_EXTENT_MAX : a + b;
}

static uint32_t product(uint32_t a, uint32_t b)
{
    uint64_t out = (uint64_t)a * b;
    return out > NF_EXTENT_MAX ? NF_EXTENT_MAX : (uint32_t)out;
}

/* To behind the brace that closes \x{..} or \p{..}. */
static void skip_braces(struct reader *reader)
{
    while (peek(reader) && peek(reader) != '}')
        reader->at++;
    reader->at += peek(reader) == '}';
}

static struct nf_extent read_escape(struct reader *reader)
{
    char c = peek(reader);
    if ((unsigned char)c >= 0x80) {
        nf_utf8_next(reader->pattern, &reader->at);
        return one;
    }
    reader->at += c != '\0';
    if (c == 'b' || c == 'B')
        return nothing;
    if (c == 'p' || c == 'P') {
        if (peek(reader) == '{')
            skip_braces(reader);
        else
            reader->at++;
        return one;
    }
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || !c;
    reader->lost |= letter && !strchr("dDsSwWhHvVtnr", c ? c : '#');
    return one;
}

/* A class is one character, whatever is in it. */
static struct nf_extent read_class(struct reader *reader)
{
    take(reader, "^");
    for (bool first = true; peek(reader) && (first || peek(reader) != ']'); first = false) {
        char c = peek(reader);
        reader->at++;
        if (c == '[' && strchr(":.=", peek(reader) ? peek(reader) : '#'))
            reader->lost = true;                        /* [[:digit:]] */
        if (c == '\\') {
            reader->lost |= peek(reader) == 'Q' || peek(reader) == 'E' || peek(reader) == 'c';
            reader->at += peek(reader) != '\0';
        }
    }
    reader->lost |= peek(reader) != ']';
    reader->at++;
    return one;
}

static struct nf_extent read_alternatives(struct reader *reader);

static struct nf_extent read_group(struct reader *reader)
{
    bool look = take(reader, "?=") || take(reader, "?!") || take(reader, "?<=") || take(reader, "?<!");
    if (!look && take(reader, "?")) {
        while (peek(reader) && strchr("ismn-", peek(reader)))
            reader->at++;
        reader->lost |= !take(reader, ":");
    }
    reader->lost |= peek(reader) == '*' || ++reader->depth > DEPTH_MAX;
    struct nf_extent inside = reader->lost ? nothing : read_alternatives(reader);
    reader->depth--;
    reader->lost |= !take(reader, ")");
    return look ? nothing : inside;
}

static struct nf_extent read_atom(struct reader *reader)
{
    if (take(reader, "\\"))
        return read_escape(reader);
    if (take(reader, "["))
        return read_class(reader);
    if (take(reader, "("))
        return read_group(reader);
    if (take(reader, "^") || take(reader, "$"))
        return nothing;
    nf_utf8_next(reader->pattern, &reader->at);
    return one;
}

static bool read_number(struct reader *reader, uint32_t *number)
{
    size_t from = reader->at;
    for (*number = 0; peek(reader) >= '0' && peek(reader) <= '9'; reader->at++)
        *number = sum(product(*number, 10), (uint32_t)(peek(reader) - '0'));
    return reader->at > from;
}

/* {n}, {n,} and {n,m}; anything else behind a brace may be literal, and makes this reader give up. */
static struct nf_extent read_times(struct reader *reader)
{
    struct nf_extent times = one;
    reader->lost |= !read_number(reader, &times.least);
    times.most = times.least;
    if (take(reader, ",") && !read_number(reader, &times.most))
        times.most = NF_EXTENT_MAX;
    reader->lost |= !take(reader, "}");
    return times;
}

static struct nf_extent read_quantifier(struct reader *reader)
{
    struct nf_extent times;
    if (take(reader, "?"))
        times = (struct nf_extent){0, 1};
    else if (take(reader, "*"))
        times = (struct nf_extent){0, NF_EXTENT_MAX};
    else if (take(reader, "+"))
        times = (struct nf_extent){1, NF_EXTENT_MAX};
    else if (take(reader, "{"))
        times = read_times(reader);
    else
        return one;
    if (!take(reader, "?"))
        take(reader, "+");                              /* lazy or possessive */
    return times;
}

static struct nf_extent read_sequence(struct reader *reader)
{
    struct nf_extent all = nothing;
    while (!reader->lost && peek(reader) && peek(reader) != '|' && peek(reader) != ')') {
        struct nf_extent atom = read_atom(reader), times = read_quantifier(reader);
        all.least = sum(all.least, product(atom.least, times.least));
        all.most = sum(all.most, product(atom.most, times.most));
    }
    return all;
}

static struct nf_extent read_alternatives(struct reader *reader)
{
    struct nf_extent all = read_sequence(reader);
    while (!reader->lost && take(reader, "|")) {
        struct nf_extent other = read_sequence(reader);
        all.least = other.least < all.least ? other.least : all.least;
        all.most = other.most > all.most ? other.most : all.most;
    }
    return all;
}

struct nf_extent nf_extent_of(struct nf_span pattern)
{
    struct reader reader = {.pattern = pattern};
    struct nf_extent extent = read_alternatives(&reader);
    bool known = !reader.lost && reader.at == pattern.len;
    return known ? extent : (struct nf_extent){0, NF_EXTENT_MAX};
}
