/*
 * grow.c: texts that a pattern matches.
 * Used by test_strip_facts.c.
 */
#include "grow.h"

#include <string.h>

#include "test.h"

#define TIMES_MOST 60           /* of what may come again and again */

struct grower {
    struct nf_span pattern;
    size_t at;
    uint64_t *random;
    struct nf_buf *text;
    bool mute;                  /* read on, write nothing */
    bool longest;               /* all as often as can be */
};

static char peek(const struct grower *grower)
{
    return grower->at < grower->pattern.len ? grower->pattern.data[grower->at] : '\0';
}

static bool take(struct grower *grower, const char *text)
{
    size_t len = strlen(text);
    bool here = grower->pattern.len - grower->at >= len && memcmp(grower->pattern.data + grower->at, text, len) == 0;
    grower->at += here ? len : 0;
    return here;
}

static void put(struct grower *grower, const char *text, size_t len)
{
    if (!grower->mute)
        nf_buf_add(grower->text, text, len);
}

static void put_any(struct grower *grower, const char *set)
{
    put(grower, set + test_random(grower->random) % strlen(set), 1);
}

/* The bytes of the character at `at`. */
static size_t width(const struct grower *grower)
{
    size_t len = 1;
    while (grower->at + len < grower->pattern.len && ((unsigned char)grower->pattern.data[grower->at + len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void grow_escape(struct grower *grower)
{
    char c = peek(grower);
    size_t len = width(grower);
    const char *from = grower->pattern.data + grower->at;
    grower->at += len;
    if (c == 'p') {
        bool upper = take(grower, "{Lu}");
        if (!upper && take(grower, "{"))
            while (peek(grower) && !take(grower, "}"))
                grower->at++;
        put_any(grower, upper ? "ABQ" : "abQ");
    } else if (c == 'd') {
        put_any(grower, "0123456789");
    } else if (c == 's') {
        put(grower, " ", 1);
    } else if (strchr("wSD", c)) {
        put_any(grower, "abXY");
    } else if (c == 'W') {
        put_any(grower, "(,");
    } else if (c != 'b' && c != 'B') {
        put(grower, from, len);
    }
}

/* A member of a class; of a negated one a letter or a digit, which may be wrong. */
static void grow_class(struct grower *grower)
{
    size_t from = grower->at, count = 0, chosen;
    bool negated = take(grower, "^");
    for (size_t pass = 0; pass < 2; pass++) {
        chosen = count ? test_random(grower->random) % count : 0;
        grower->at = from + negated;
        for (size_t i = 0; peek(grower) && (peek(grower) != ']' || !i); i++) {
            bool mute = grower->mute;
            grower->mute |= negated || !pass || i != chosen;
            if (take(grower, "\\")) {
                grow_escape(grower);
            } else {
                size_t len = width(grower);
                put(grower, grower->pattern.data + grower->at, len);
                grower->at += len;
            }
            grower->mute = mute;
            count += !pass;
        }
    }
    take(grower, "]");
    if (negated)
        put_any(grower, "aeint7");
}

static void grow_alternatives(struct grower *grower);

static void grow_atom(struct grower *grower)
{
    if (take(grower, "\\")) {
        grow_escape(grower);
    } else if (take(grower, "[")) {
        grow_class(grower);
    } else if (take(grower, "(")) {
        bool look = take(grower, "?=") || take(grower, "?!") || take(grower, "?<=") || take(grower, "?<!"), mute = grower->mute;
        if (!look)
            take(grower, "?:");
        grower->mute |= look;
        grow_alternatives(grower);
        grower->mute = mute;
        take(grower, ")");
    } else if (take(grower, ".")) {
        put_any(grower, "aeoint7,");
    } else if (!take(grower, "^") && !take(grower, "$")) {
        size_t len = width(grower);
        put(grower, grower->pattern.data + grower->at, len);
        grower->at += len;
    }
}

static unsigned read_number(struct grower *grower)
{
    unsigned number = 0;
    for (; peek(grower) >= '0' && peek(grower) <= '9'; grower->at++)
        number = number * 10 + (unsigned)(peek(grower) - '0');
    return number;
}

static void read_times(struct grower *grower, unsigned *least, unsigned *most)
{
    *least = *most = 1;
    if (take(grower, "?")) {
        *least = 0;
    } else if (take(grower, "*") || take(grower, "+")) {
        *least = grower->pattern.data[grower->at - 1] == '+';
        *most = TIMES_MOST;
    } else if (take(grower, "{")) {
        *least = *most = read_number(grower);
        if (take(grower, ","))
            *most = peek(grower) == '}' ? *least + TIMES_MOST : read_number(grower);
        take(grower, "}");
    } else {
        return;
    }
    if (!take(grower, "?"))
        take(grower, "+");
}

static void grow_sequence(struct grower *grower)
{
    while (peek(grower) && peek(grower) != '|' && peek(grower) != ')') {
        size_t from = grower->at, to;
        unsigned least, most, times;
        bool mute = grower->mute;
        grower->mute = true;
        grow_atom(grower);
        read_times(grower, &least, &most);
        grower->mute = mute;
        to = grower->at;
        times = grower->longest ? most : least + (unsigned)(test_random(grower->random) % (most - least + 1));
        for (unsigned i = 0; i < times && !mute; i++) {
            grower->at = from;
            grow_atom(grower);
        }
        grower->at = to;
    }
}

static void grow_alternatives(struct grower *grower)
{
    size_t from = grower->at, count = 1, chosen, end;
    bool mute = grower->mute;
    grower->mute = true;
    grow_sequence(grower);
    for (; take(grower, "|"); count++)
        grow_sequence(grower);
    end = grower->at;
    chosen = test_random(grower->random) % count;
    grower->at = from;
    for (size_t i = 0; i < chosen; i++) {
        grow_sequence(grower);
        take(grower, "|");
    }
    grower->mute = mute;
    if (!mute)
        grow_sequence(grower);
    grower->at = end;
}

void test_grow(struct nf_span pattern, uint64_t *random, struct nf_buf *text)
{
    struct grower grower = {.pattern = pattern, .random = random, .text = text,
                            .longest = test_random(random) % 2};
    grow_alternatives(&grower);
}
