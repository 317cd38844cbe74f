/*
 * needs.c: the length of a pattern's lines, and texts that they hold.
 * Used by the rule set.
 *
 * A reader of patterns that knows the common parts of PCRE2's syntax; whatever else it meets makes all
 * unknown, which is always safe. The texts follow Google's code search: of what stands in a row the rarest
 * is taken, of what stands for choice all.
 */
#include "rules/needs.h"

#include "text/chars.h"
#include "text/utf8.h"

#define DEPTH_MAX 60

/* Characters; texts that can stand anywhere are looked for in about so many. */
#define LONG_LINE 400

struct reader {
    struct nf_span pattern;
    size_t at;
    unsigned depth;
    bool lost;                  /* something that this reader does not know */
    bool exact;                 /* letters match themselves only */
};

/* One item of a sequence. */
struct atom {
    struct nf_extent extent;
    uint32_t literal;           /* the character it is; 0: it is none */
    bool group;                 /* `needed` says what it needs */
    struct nf_ascii_set ends;   /* its last character, if it is of ASCII */
    uint64_t within, holds;     /* see needs.h */
};

/* What a sequence or a choice is. */
struct part {
    struct nf_extent extent;
    struct nf_ascii_set ends;
    uint64_t within, holds;
};

static const struct nf_ascii_set any_ascii = {{UINT64_MAX, UINT64_MAX}}, no_ascii = {{0, 0}};

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

double nf_text_cost(struct nf_span text)
{
    static const char common[] = " etaoinsrhldcumpfgwybvk";
    static const double often[] = {.17, .1, .08, .07, .065, .06, .06, .055, .055, .045, .035, .035, .025, .025, .02,
                                   .018, .018, .016, .015, .015, .012, .009, .006};
    double cost = 1;
    for (size_t i = 0; i < text.len; i++) {
        const char *found = text.data[i] ? strchr(common, text.data[i]) : NULL;
        cost *= found ? often[found - common] : (unsigned char)text.data[i] >= 0x80 ? .03 : .003;
    }
    return cost;
}

static void forget(struct nf_needed *needed)
{
    needed->count = 0;
    needed->cost = 1;
    needed->reach = NF_EXTENT_MAX;
}

double nf_needed_cost(const struct nf_needed *needed)
{
    return needed->cost * (needed->reach < LONG_LINE ? needed->reach : LONG_LINE);
}

/* The rarer of two needs that both hold; of those far from the line's end, more is seen. */
static void choose(struct nf_needed *needed, const struct nf_needed *other)
{
    if (other->count && (!needed->count || nf_needed_cost(other) < nf_needed_cost(needed)))
        *needed = *other;
}

static bool has_text(const struct nf_needed *needed, const char *text, size_t len)
{
    for (size_t i = 0; i < needed->count; i++)
        if (needed->len[i] == len && memcmp(needed->text[i], text, len) == 0)
            return true;
    return false;
}

/* One of two needs holds. */
static void join(struct nf_needed *needed, const struct nf_needed *other)
{
    bool known = needed->count && other->count;
    for (size_t i = 0; known && i < other->count; i++) {
        if (has_text(needed, other->text[i], other->len[i]))
            continue;
        known = needed->count < NF_NEEDED_MAX;
        if (!known)
            break;
        memcpy(needed->text[needed->count], other->text[i], other->len[i]);
        needed->len[needed->count++] = other->len[i];
        needed->cost += nf_text_cost(nf_span(other->text[i], other->len[i]));
    }
    if (!known) {
        forget(needed);
        return;
    }
    needed->reach = other->reach > needed->reach ? other->reach : needed->reach;
}

/* Letters whose other forms a line's lower case, or its composition, brings back to this one. */
static bool is_sure(uint32_t c)
{
    return (c >= ' ' && c < 0x7F) || c == 0xA9 || (c >= 0xE0 && c <= 0xFE) || (c >= 0xC0 && c <= 0xDE)
           || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x4E00 && c <= 0x9FFF)
           || (c >= 0xAC00 && c <= 0xD7A3);
}

/* Characters in a row that stand once each. */
struct run {
    struct nf_buf text;
    uint32_t chars;
};

static void end_run(struct run *run, struct nf_needed *needed)
{
    struct nf_needed own;
    size_t len = run->text.len < NF_NEEDED_LEN_MAX ? run->text.len : NF_NEEDED_LEN_MAX;
    while (len && len < run->text.len && ((unsigned char)run->text.data[len] & 0xC0) == 0x80)
        len--;                                          /* not in the middle of a character */
    if (len >= 3 || (len == 2 && (unsigned char)run->text.data[0] >= 0x80)) {
        memcpy(own.text[0], run->text.data, len);
        own.len[0] = (uint8_t)len;
        own.count = 1;
        own.cost = nf_text_cost(nf_span(run->text.data, len));
        own.reach = run->chars;
        choose(needed, &own);
    }
    run->text.len = run->chars = 0;
}

/* What an escape in letters matches; all of ASCII where that is not known here. in  property: what \p is of */
static struct nf_ascii_set escaped(char c, char property)
{
    struct nf_ascii_set set = no_ascii;
    if (c == 'd')
        nf_ascii_set_add(&set, '0', '9');
    else if (c == 's')
        nf_ascii_set_add(&set, 0, ' ');
    else if (c == 'w' || (c == 'p' && property == 'L'))
        nf_ascii_set_add(&set, 'A', 'Z'), nf_ascii_set_add(&set, 'a', 'z');
    else
        return any_ascii;
    nf_ascii_set_add_beyond(&set);
    if (c == 'w')
        nf_ascii_set_add(&set, '0', '9'), nf_ascii_set_add(&set, '_', '_');
    return set;
}

/* The letter behind \p, perhaps in a brace. */
static char property_at(struct nf_span text, size_t at)
{
    at += at < text.len && text.data[at] == '{';
    return at < text.len ? text.data[at] : '\0';
}

static void skip_braces(struct reader *reader)
{
    while (peek(reader) && peek(reader) != '}')
        reader->at++;
    reader->at += peek(reader) == '}';
}

static void read_escape(struct reader *reader, struct atom *atom)
{
    char c = peek(reader);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || !c;
    if (!letter) {
        atom->literal = nf_utf8_next(reader->pattern, &reader->at);
        return;
    }
    reader->at += c != '\0';
    atom->ends = escaped(c, property_at(reader->pattern, reader->at));
    if (c == 'b' || c == 'B') {
        atom->extent = nothing;
        atom->ends = no_ascii;
    } else if (c == 'p' || c == 'P') {
        if (peek(reader) == '{')
            skip_braces(reader);
        else
            reader->at += peek(reader) != '\0';
    } else {
        reader->lost |= !c || !strchr("dDsSwWhHvVtnr", c);
    }
}

/* The one character that a class of it in both cases stands for; 0 for other classes. in  text: between brackets */
static uint32_t only_letter(struct nf_span text)
{
    uint32_t letter = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        if (c < 0x80 && (c | 0x20) - 'a' >= 26)         /* a range, an escape, a sign */
            return 0;
        if (letter && letter != nf_lower(c))
            return 0;
        letter = nf_lower(c);
    }
    return letter;
}

/* Characters beyond ASCII, and those of it that are the other case of two of them: the sign of Kelvin, the long s. */
static void add_beyond(struct nf_ascii_set *set, uint32_t first, uint32_t last)
{
    if (last < 0x80)
        return;
    nf_ascii_set_add_beyond(set);
    if (first <= 0x212A && last >= 0x212A)
        nf_ascii_set_add(set, 'k', 'k');
    if (first <= 0x17F && last >= 0x17F)
        nf_ascii_set_add(set, 's', 's');
}

/* One member of a class, or a range; what it is not sure of is left out of a negated one. */
static void add_member(struct nf_span text, size_t *at, bool negated, struct nf_ascii_set *set)
{
    bool escape = text.data[*at] == '\\' && *at + 1 < text.len;
    uint32_t first, last;
    *at += escape;
    char c = text.data[*at];
    if (escape && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
        if (!negated)
            nf_ascii_set_join(set, escaped(c, property_at(text, *at + 1)));
        ++*at;
        for (bool brace = *at < text.len && text.data[*at] == '{'; brace && *at < text.len; ++*at)
            brace = text.data[*at] != '}';
        return;
    }
    first = last = nf_utf8_next(text, at);
    if (*at + 1 < text.len && text.data[*at] == '-') {
        ++*at;
        *at += text.data[*at] == '\\' && *at + 1 < text.len;
        last = nf_utf8_next(text, at);
    }
    nf_ascii_set_add(set, first, last);
    if (!negated)
        add_beyond(set, first, last);
}

/* An escape of more characters than `add_member` knows. */
static bool has_numbers(struct nf_span text)
{
    for (size_t at = 0; at + 1 < text.len; at++) {
        if (text.data[at] != '\\')
            continue;
        char c = text.data[++at];
        bool property = (c == 'p' || c == 'P') && at + 1 < text.len && text.data[at + 1] == '{';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter && !property && !strchr("dswDSW", c))
            return true;
    }
    return false;
}

/* in  text: between brackets */
static struct nf_ascii_set class_set(struct nf_span text)
{
    struct nf_ascii_set set = no_ascii;
    bool negated = text.len && text.data[0] == '^';
    if (has_numbers(text))
        return any_ascii;
    for (size_t at = negated; at < text.len;)
        add_member(text, &at, negated, &set);
    return negated ? (struct nf_ascii_set){{~set.bits[0], ~set.bits[1]}} : nf_ascii_set_caseless(set);
}

/* A class is one character, whatever is in it. */
static void read_class(struct reader *reader, struct atom *atom)
{
    size_t from = reader->at;
    take(reader, "^");
    for (bool first = true; peek(reader) && (first || peek(reader) != ']'); first = false) {
        char c = peek(reader);
        reader->at++;
        if (c == '[' && peek(reader) && strchr(":.=", peek(reader)))
            reader->lost = true;                        /* [[:digit:]] */
        if (c == '\\') {
            reader->lost |= peek(reader) == 'Q' || peek(reader) == 'E' || peek(reader) == 'c';
            reader->at += peek(reader) != '\0';
        }
    }
    struct nf_span inside = nf_span(reader->pattern.data + from, reader->at - from);
    atom->literal = only_letter(inside);
    atom->ends = class_set(inside);
    reader->lost |= !take(reader, "]");
}

static struct part read_alternatives(struct reader *reader, struct nf_needed *needed);

static void read_group(struct reader *reader, struct atom *atom, struct nf_needed *needed)
{
    bool look = take(reader, "?=") || take(reader, "?!") || take(reader, "?<=") || take(reader, "?<!");
    if (!look && take(reader, "?")) {
        reader->exact &= peek(reader) == ':';
        while (peek(reader) && strchr("ismn-", peek(reader)))
            reader->at++;
        reader->lost |= !take(reader, ":");
    }
    reader->lost |= peek(reader) == '*' || ++reader->depth > DEPTH_MAX;
    if (reader->lost)
        return;
    struct part inside = read_alternatives(reader, needed);
    reader->depth--;
    reader->lost |= !take(reader, ")");
    atom->extent = look ? nothing : inside.extent;
    atom->ends = look ? no_ascii : inside.ends;
    atom->within = look ? 0 : inside.within;
    atom->holds = look ? 0 : inside.holds;
    atom->group = !look;
}

static void read_atom(struct reader *reader, struct atom *atom, struct nf_needed *needed)
{
    *atom = (struct atom){.extent = one, .ends = no_ascii};
    if (take(reader, "\\"))
        read_escape(reader, atom);
    else if (take(reader, "["))
        read_class(reader, atom);
    else if (take(reader, "("))
        read_group(reader, atom, needed);
    else if (take(reader, "^") || take(reader, "$"))
        atom->extent = nothing;
    else if (take(reader, "."))
        atom->ends = any_ascii;
    else
        atom->literal = nf_utf8_next(reader->pattern, &reader->at);
    if (atom->literal) {
        nf_ascii_set_add(&atom->ends, atom->literal, atom->literal);
        add_beyond(&atom->ends, atom->literal, atom->literal);
        atom->ends = nf_ascii_set_caseless(atom->ends);
    }
    if (atom->group)
        return;
    /* A digit, or a character beyond ASCII: the first may be beyond ASCII too. */
    atom->within = nf_classes_of_set(&atom->ends);
    if (atom->within && !(atom->within & ~(NF_CLASS_BEYOND | NF_CLASS_DIGITS)))
        atom->holds = nf_ascii_set_is_beyond(&atom->ends) ? atom->within : NF_CLASS_DIGITS;
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

/*
 * What one item adds to the need of its sequence; a literal that stands once goes on with the run before it.
 * Of a group that is repeated the last time counts.
 */
static void add_atom(const struct atom *atom, struct nf_extent times, const struct nf_needed *inside, struct run *run,
                     struct nf_needed *needed)
{
    bool once = times.least == 1 && times.most == 1;
    if (atom->literal && once) {
        nf_utf8_put(&run->text, nf_lower(atom->literal));
        run->chars++;
        needed->reach = sum(needed->reach, 1);
        return;
    }
    if (!atom->extent.most && !atom->group)             /* \b and its like stand between */
        return;
    end_run(run, needed);
    needed->reach = sum(needed->reach, product(atom->extent.most, times.most));
    if (atom->group && times.least)
        choose(needed, inside);
}

/* What stands there once at least. */
static uint64_t held_by(const struct atom *atom)
{
    return atom->holds | (atom->literal && atom->literal < 0x80 ? nf_class_of[atom->literal] : 0);
}

static struct part read_sequence(struct reader *reader, struct nf_needed *needed)
{
    struct part all = {nothing, no_ascii, 0, 0};
    struct run run = {{0}, 0};
    forget(needed);
    while (!reader->lost && peek(reader) && peek(reader) != '|' && peek(reader) != ')') {
        struct nf_needed inside = {.count = 0};
        struct atom atom;
        read_atom(reader, &atom, &inside);
        if (!reader->exact && !is_sure(atom.literal))
            atom.literal = 0;
        struct nf_extent times = read_quantifier(reader);
        if (product(atom.extent.least, times.least))    /* else what stands before may be the last */
            all.ends = no_ascii;
        nf_ascii_set_join(&all.ends, atom.ends);
        all.within |= atom.within;
        all.holds |= times.least ? held_by(&atom) : 0;
        all.extent.least = sum(all.extent.least, product(atom.extent.least, times.least));
        all.extent.most = sum(all.extent.most, product(atom.extent.most, times.most));
        add_atom(&atom, times, &inside, &run, needed);
    }
    end_run(&run, needed);
    nf_buf_release(&run.text);
    return all;
}

static struct part read_alternatives(struct reader *reader, struct nf_needed *needed)
{
    struct part all = read_sequence(reader, needed);
    while (!reader->lost && take(reader, "|")) {
        struct nf_needed more;
        struct part other = read_sequence(reader, &more);
        all.extent.least = other.extent.least < all.extent.least ? other.extent.least : all.extent.least;
        all.extent.most = other.extent.most > all.extent.most ? other.extent.most : all.extent.most;
        nf_ascii_set_join(&all.ends, other.ends);
        all.within |= other.within;
        all.holds &= other.holds;
        join(needed, &more);
    }
    return all;
}

void nf_needs_of(struct nf_span pattern, bool exact, struct nf_needs *needs)
{
    struct reader reader = {.pattern = pattern, .exact = exact};
    struct part all = read_alternatives(&reader, &needs->needed);
    needs->extent = all.extent;
    needs->ends = all.ends;
    needs->within = all.within;
    needs->holds = all.holds;
    if (reader.lost || reader.at != pattern.len) {
        needs->extent = (struct nf_extent){0, NF_EXTENT_MAX};
        needs->ends = any_ascii;
        needs->within = NF_CLASSES_ALL;
        needs->holds = 0;
        forget(&needs->needed);
    }
}
