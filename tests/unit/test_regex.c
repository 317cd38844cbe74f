/*
 * test_regex.c: whole lines, flags, errors, and the limits that keep a bad pattern cheap.
 */
#include "adapt/regex.h"

#include <time.h>

#include "base/alloc.h"
#include "test.h"

static const struct {
    const char *pattern, *line;
    unsigned flags;
    enum nf_match want;
} matches[] = {
    {"share", "Share", 0, NF_MATCH_YES},
    {"share", "Share this", 0, NF_MATCH_NO},
    {"share", "We share", 0, NF_MATCH_NO},
    {"share", "Share", NF_REGEX_CASE, NF_MATCH_NO},
    {"hare", "We share it", NF_REGEX_SEARCH, NF_MATCH_YES},
    {"^hare", "We share it", NF_REGEX_SEARCH, NF_MATCH_NO},
    {"a|b", "b", 0, NF_MATCH_YES},
    {"a|b", "ab", 0, NF_MATCH_NO},
    {"\xC3\xA4pfel", "\xC3\x84PFEL", 0, NF_MATCH_YES},
    {".", "\xE4\xB8\xAD", 0, NF_MATCH_YES},
    {"\\d", "\xD9\xA3", 0, NF_MATCH_YES},
    {"", "", 0, NF_MATCH_YES},
    {"", "x", 0, NF_MATCH_NO},
};

static enum nf_match match(const char *pattern, unsigned flags, struct nf_span line, unsigned times)
{
    struct nf_regex *regex = NULL;
    struct nf_error error = {0};
    enum nf_match result = NF_MATCH_NO;
    if (!CHECK(nf_regex_new(nf_span(pattern, strlen(pattern)), flags, &regex, &error) == NF_OK, "%s", error.text))
        return NF_MATCH_LIMIT;
    for (unsigned i = 0; i < times; i++)
        result = nf_regex_match(regex, line);
    nf_regex_free(regex);
    return result;
}

static void test_errors(void)
{
    static const char *const bad[] = {"(", "[", "a{2,1}", "*", "\\C", "(?<n>a", "\\", "(?P>x)"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct nf_regex *regex = NULL;
        struct nf_error error = {0};
        test_begin("regex: '%s' is refused with words", bad[i]);
        CHECK(nf_regex_new(nf_span(bad[i], strlen(bad[i])), 0, &regex, &error) == NF_ESYNTAX, "status");
        CHECK(error.status == NF_ESYNTAX && error.text[0], "error is filled");
        CHECK(!regex, "nothing is given");
        nf_regex_free(regex);
    }
}

/* Interpreted at first, machine code from some match on: one gives up on what is easy for the other, but the answer stays. */
static void test_steady(void)
{
    static const char *const deep[] = {"(?:a|b)*", "(?:[ab]|c)+", "(?:a?b?)*", "(a|b)*?", "(?:a(?:b|a))*a?", "(?:.|x)*b"};
    char line[1500];
    memset(line, 'a', sizeof line);
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++)
        for (size_t len = 10; len <= sizeof line; len += 298) {
            struct nf_span span = nf_span(line, len);
            test_begin("regex: %s on %zu letters, first and later", deep[i], len);
            CHECK(match(deep[i], 0, span, 1) == match(deep[i], 0, span, 100), "the same");
        }
}

/* Interpreted at first, machine code from some match on: both must stop. */
static void test_limits(void)
{
    static const char *const greedy[] = {"(a+)+$b", "(a|aa)+b", "(?:.*?.*?.*?)*x", "(a?){40}a{40}b"};
    char line[NF_REGEX_SUBJECT_MAX + 1];
    memset(line, 'a', sizeof line);
    for (size_t i = 0; i < sizeof greedy / sizeof *greedy; i++) {
        test_begin("regex: %s ends soon", greedy[i]);
        clock_t began = clock();
        enum nf_match result = match(greedy[i], 0, nf_span(line, 60), 100);
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        CHECK(result != NF_MATCH_YES, "no match");
        CHECK(seconds < 10, "100 matches took %.1f s", seconds);
    }
    test_begin("regex: the longest subject, and one byte more");
    CHECK(match("a+", 0, nf_span(line, NF_REGEX_SUBJECT_MAX), 1) == NF_MATCH_YES, "longest");
    CHECK(match("a+", 0, nf_span(line, NF_REGEX_SUBJECT_MAX + 1), 1) == NF_MATCH_LIMIT, "longer");
    test_begin("regex: deep nesting of groups ends");
    CHECK(match("(((((((((((a)*)*)*)*)*)*)*)*)*)*)*b", 0, nf_span(line, 500), 70) != NF_MATCH_YES, "no match");
}

void test_regex(void)
{
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        test_begin("regex: /%s/ on '%s'", matches[i].pattern, matches[i].line);
        struct nf_span line = nf_span(matches[i].line, strlen(matches[i].line));
        CHECK(match(matches[i].pattern, matches[i].flags, line, 1) == matches[i].want, "interpreted");
        CHECK(match(matches[i].pattern, matches[i].flags, line, 200) == matches[i].want, "compiled");
    }
    test_errors();
    test_steady();
    test_limits();
}
