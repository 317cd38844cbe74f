/*
 * prefixes.c: the literal beginnings of a pattern, read from its text.
 * Used by the rule set, to index rules without compiling them.
 */
#include "base/alloc.h"
#include "rules/prefixes.h"
#include "text/chars.h"
#include "text/utf8.h"

/* More beginnings than this are cut short instead: \d\d\d alone would be a thousand. */
#define PREFIXES_MAX 160

/* A reader over the pattern; `set` in the functions below is all that can stand before the place it is at. */
struct reader {
    struct nf_span pattern;
    size_t at;
};

static void add(struct nf_prefixes *set, const struct nf_prefix *prefix)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct nf_prefix *old = &set->item[i];
        if (old->len == prefix->len && old->closed == prefix->closed
            && memcmp(old->text, prefix->text, prefix->len) == 0)
            return;
    }
    set->item = nf_grow(set->item, &set->capacity, set->count + 1, sizeof *set->item);
    set->item[set->count++] = *prefix;
}

static void add_all(struct nf_prefixes *set, const struct nf_prefixes *more)
{
    for (size_t i = 0; i < more->count; i++)
        add(set, &more->item[i]);
}

static void close_all(struct nf_prefixes *set)
{
    for (size_t i = 0; i < set->count; i++)
        set->item[i].closed = true;
}

void nf_prefixes_release(struct nf_prefixes *prefixes)
{
    nf_free(prefixes->item);
    *prefixes = (struct nf_prefixes){0};
}

static struct nf_prefix joined(const struct nf_prefix *a, const struct nf_prefix *b)
{
    struct nf_prefix out = *a;
    size_t len = b->len;
    if (a->len + len > NF_PREFIX_MAX)
        len = NF_PREFIX_MAX - a->len;
    memcpy(out.text + a->len, b->text, len);
    out.len = (uint8_t)(a->len + len);
    out.closed = b->closed || len < b->len;
    return out;
}

/* Every open beginning, followed by each of `atom`. */
static void append(struct nf_prefixes *set, const struct nf_prefixes *atom)
{
    struct nf_prefixes out = {0};
    if (set->count * atom->count > PREFIXES_MAX) {
        close_all(set);
        return;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (set->item[i].closed) {
            add(&out, &set->item[i]);
            continue;
        }
        for (size_t k = 0; k < atom->count; k++) {
            struct nf_prefix prefix = joined(&set->item[i], &atom->item[k]);
            add(&out, &prefix);
        }
    }
    nf_prefixes_release(set);
    *set = out;
}

static void add_code_point(struct nf_prefixes *set, uint32_t c)
{
    struct nf_buf bytes = {0};
    struct nf_prefix prefix = {0};
    nf_utf8_put(&bytes, nf_lower(c));
    memcpy(prefix.text, bytes.data, bytes.len);
    prefix.len = (uint8_t)bytes.len;
    add(set, &prefix);
    nf_buf_release(&bytes);
}

static void add_digits(struct nf_prefixes *set)
{
    for (uint32_t c = '0'; c <= '9'; c++)
        add_code_point(set, c);
}

static void add_unknown(struct nf_prefixes *set)
{
    struct nf_prefix nothing = {.closed = true};
    add(set, &nothing);
}

static char peek(const struct reader *reader)
{
    return reader->at < reader->pattern.len ? reader->pattern.data[reader->at] : '\0';
}

/* The braces of \x{..} and \p{..}. */
static void skip_braces(struct reader *reader)
{
    if (peek(reader) != '{')
        return;
    while (peek(reader) && peek(reader) != '}')
        reader->at++;
    reader->at += peek(reader) == '}';
}

/* A backslash and what follows it, outside or inside a class. */
static void read_escape(struct reader *reader, struct nf_prefixes *atom)
{
    reader->at++;
    char c = peek(reader);
    if (c == '\0')
        return;
    if (c == 'd') {
        add_digits(atom);
        reader->at++;
    } else if (c == 's') {
        add_code_point(atom, ' ');
        reader->at++;
    } else if (c == 'b') {
        struct nf_prefix nothing = {0};
        add(atom, &nothing);
        reader->at++;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        add_unknown(atom);
        reader->at++;
        skip_braces(reader);
    } else {
        add_code_point(atom, nf_utf8_next(reader->pattern, &reader->at));
    }
}

static void read_class_member(struct reader *reader, struct nf_prefixes *atom)
{
    const char *rest = reader->pattern.data + reader->at;
    const char *end = rest[0] == '[' ? memchr(rest, ']', reader->pattern.len - reader->at) : NULL;
    if (end && reader->pattern.len - reader->at > 1 && strchr(":.=", rest[1])) {    /* [:digit:] and its like */
        add_unknown(atom);
        reader->at += (size_t)(end - rest) + 1;
        return;
    }
    if (peek(reader) == '\\') {
        read_escape(reader, atom);
        return;
    }
    uint32_t first = nf_utf8_next(reader->pattern, &reader->at), last = first;
    if (peek(reader) == '-' && reader->at + 1 < reader->pattern.len && reader->pattern.data[reader->at + 1] != ']') {
        reader->at++;
        last = nf_utf8_next(reader->pattern, &reader->at);
    }
    if (last < first || last - first > 40) {
        add_unknown(atom);
        return;
    }
    for (uint32_t c = first; c <= last; c++)
        add_code_point(atom, c);
}

static void read_class(struct reader *reader, struct nf_prefixes *atom)
{
    reader->at++;
    bool negated = peek(reader) == '^';
    if (negated)
        add_unknown(atom);
    reader->at += negated;
    for (bool first = true; peek(reader) && (first || peek(reader) != ']'); first = false)
        read_class_member(reader, atom);
    reader->at++;
}

static void read_alternatives(struct reader *reader, struct nf_prefixes *set);

static bool begins(const struct reader *reader, const char *text)
{
    size_t len = strlen(text);
    return reader->pattern.len - reader->at >= len && memcmp(reader->pattern.data + reader->at, text, len) == 0;
}

static void skip_sequence(struct reader *reader);

/* To behind the parenthesis that closes a group that is open. */
static void skip_group(struct reader *reader)
{
    while (peek(reader) && peek(reader) != ')') {
        skip_sequence(reader);
        reader->at += peek(reader) == '|';
    }
    reader->at += peek(reader) == ')';
}

/* The length of `?:`, perhaps with flags that leave the literal text what it is; 0 for another kind of group. */
static size_t flags_len(const struct reader *reader)
{
    size_t at = reader->at;
    if (!begins(reader, "?"))
        return 0;
    for (at++; at < reader->pattern.len && strchr("ismn-", reader->pattern.data[at]); at++)
        ;
    return at < reader->pattern.len && reader->pattern.data[at] == ':' ? at + 1 - reader->at : 0;
}

/* (?:...) and plain groups are followed, looks around are stepped over, other kinds are unknown. */
static void read_group(struct reader *reader, struct nf_prefixes *atom)
{
    struct nf_prefix nothing = {0};
    reader->at++;
    bool look = begins(reader, "?=") || begins(reader, "?!") || begins(reader, "?<=") || begins(reader, "?<!");
    size_t flags = flags_len(reader);
    bool known = flags || !(begins(reader, "?") || begins(reader, "*"));
    if (!known) {
        skip_group(reader);
        if (look)
            add(atom, &nothing);
        else
            add_unknown(atom);
        return;
    }
    reader->at += flags;
    struct nf_prefixes inside = {0};
    read_alternatives(reader, &inside);
    reader->at += peek(reader) == ')';
    add_all(atom, &inside);
    nf_prefixes_release(&inside);
}

static void read_atom(struct reader *reader, struct nf_prefixes *atom)
{
    switch (peek(reader)) {
    case '\\': read_escape(reader, atom); return;
    case '[': read_class(reader, atom); return;
    case '(': read_group(reader, atom); return;
    case '.': add_unknown(atom); reader->at++; return;
    case '^': case '$': reader->at++; struct nf_prefix nothing = {0}; add(atom, &nothing); return;
    default: add_code_point(atom, nf_utf8_next(reader->pattern, &reader->at)); return;
    }
}

/* ?, *, +, {n,m}: whether the atom may be missing, and whether it may come again. */
static void read_quantifier(struct reader *reader, bool *optional, bool *again)
{
    char c = peek(reader);
    *optional = c == '?' || c == '*';
    *again = c == '*' || c == '+';
    if (c == '{' && reader->at + 1 < reader->pattern.len && reader->pattern.data[reader->at + 1] >= '0'
        && reader->pattern.data[reader->at + 1] <= '9') {
        *optional = reader->pattern.data[reader->at + 1] == '0';
        *again = true;
        while (peek(reader) && peek(reader) != '}')
            reader->at++;
        c = '?';
        reader->at++;
    } else if (*optional || *again) {
        reader->at++;
    }
    if ((*optional || *again) && (peek(reader) == '?' || peek(reader) == '+'))
        reader->at++;                                           /* lazy or possessive */
}

static bool all_closed(const struct nf_prefixes *set)
{
    bool closed = true;
    for (size_t i = 0; i < set->count; i++)
        closed &= set->item[i].closed;
    return closed;
}

/* The rest of a sequence says nothing about beginnings any more. */
static void skip_sequence(struct reader *reader)
{
    for (unsigned depth = 0; peek(reader); reader->at++) {
        char c = peek(reader);
        if (c == '\\')
            reader->at += reader->at + 1 < reader->pattern.len;
        else if (c == '[')
            while (reader->at + 1 < reader->pattern.len && reader->pattern.data[reader->at + 1] != ']')
                reader->at += 1 + (size_t)(reader->pattern.data[reader->at + 1] == '\\');
        else if (!depth && (c == '|' || c == ')'))
            return;
        else
            depth += c == '(', depth -= c == ')';
    }
}

static void read_sequence(struct reader *reader, struct nf_prefixes *set)
{
    struct nf_prefix nothing = {0};
    add(set, &nothing);
    while (peek(reader) && peek(reader) != '|' && peek(reader) != ')') {
        struct nf_prefixes atom = {0};
        bool optional, again;
        read_atom(reader, &atom);
        read_quantifier(reader, &optional, &again);
        if (again)
            close_all(&atom);
        if (optional)
            add(&atom, &nothing);
        append(set, &atom);
        nf_prefixes_release(&atom);
        if (all_closed(set))
            skip_sequence(reader);
    }
}

static void read_alternatives(struct reader *reader, struct nf_prefixes *set)
{
    for (;;) {
        struct nf_prefixes one = {0};
        read_sequence(reader, &one);
        add_all(set, &one);
        nf_prefixes_release(&one);
        if (peek(reader) != '|')
            return;
        reader->at++;
    }
}

void nf_prefixes_of(struct nf_span pattern, struct nf_prefixes *prefixes)
{
    struct reader reader = {.pattern = pattern};
    prefixes->count = 0;
    read_alternatives(&reader, prefixes);
    if (prefixes->count > PREFIXES_MAX * 2) {
        prefixes->count = 0;
        add_unknown(prefixes);
    }
}
