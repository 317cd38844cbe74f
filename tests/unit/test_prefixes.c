/*
 * test_prefixes.c: the literal beginnings of patterns, and finding literals in lines.
 */
#include "base/alloc.h"
#include "rules/literals.h"
#include "test.h"

/* The beginnings in order, joined by `|`; `*` stands for the empty one that says nothing is known. */
static const struct {
    const char *pattern, *want;
} patterns[] = {
    {"share", "share"},
    {"Share", "share"},
    {"share|tweet", "share|tweet"},
    {"(?:share|tweet) this", "share this|tweet this"},
    {"(share) it", "share it"},
    {"colou?r", "colo|colou|"},
    {"ab*c", "abc|ab|ac|"},
    {"\\[x\\]", "[x]"},
    {"[ab]c", "ac|bc"},
    {"\\d", "0|1|2|3|4|5|6|7|8|9"},
    {"a{2}b", "a"},
    {"a{0,2}b", "ab|a|b|"},
    {"^x$", "x"},
    {"(?=y)x", "x"},
    {".x", "*"},
    {"\\p{Lu}x", "*"},
    {"[^a]x", "*"},
    {"", "*"},
};

/* Whether every beginning in `want` that has a closed end is there is left to the property in test_rules.c. */
static bool covers(const struct nf_prefixes *prefixes, const char *line)
{
    for (size_t i = 0; i < prefixes->count; i++)
        if (prefixes->item[i].len <= strlen(line)
            && memcmp(prefixes->item[i].text, line, prefixes->item[i].len) == 0)
            return true;
    return false;
}
