/*
 * test_prefixes.c: every line a pattern matches begins with one of its prefixes.
 */
#include "adapt/regex.h"
#include "rules/prefixes.h"
#include "test.h"

/* Lines, in lower case, that the pattern matches; `known`: whether each prefix says something. */
static const struct {
    const char *pattern;
    bool known;
    const char *lines[5];
} patterns[] = {
    {"share", true, {"share"}},
    {"Share", true, {"share"}},
    {"share|tweet|\\+1", true, {"share", "tweet", "+1"}},
    {"(?:share|tweet) this", true, {"share this", "tweet this"}},
    {"(share|tweet)+ it", true, {"share it", "sharetweet it"}},
    {"(?i:share|tweet) it", false, {"share it", "tweet it"}},
    {"colou?r", true, {"color", "colour"}},
    {"a?b", true, {"ab", "b"}},
    {"ab*c", true, {"ac", "abc", "abbbc"}},
    {"a+b", true, {"ab", "aaab"}},
    {"a*?b", true, {"b", "ab", "aab"}},
    {"a++b", true, {"ab", "aab"}},
    {"\\[x\\]\\.", true, {"[x]."}},
    {"[ab]c", true, {"ac", "bc"}},
    {"[a-c]d", true, {"ad", "bd", "cd"}},
    {"[]a]b", true, {"]b", "ab"}},
    {"[a\\]]b", true, {"]b", "ab"}},
    {"[a-]b", true, {"ab", "-b"}},
    {"\\d\\d", true, {"12", "90"}},
    {"\\d{1,2}:\\d\\d", true, {"1:23", "12:34"}},
    {"a{2}b", true, {"aab"}},
    {"a{0,2}b", true, {"b", "ab", "aab"}},
    {"a{b", true, {"a{b"}},
    {"(?:a{0}|x)b", false, {"b", "xb"}},
    {"^x$", true, {"x"}},
    {"\\bx", true, {"x"}},
    {"(?=xy)xyz", true, {"xyz"}},
    {"(?!a)b", true, {"b"}},
    {"(?=a)[^b]", false, {"a"}},
    {"(?<name>ab)c", false, {"abc"}},
    {"(?P<name>ab)c", false, {"abc"}},
    {"(?>ab)c", false, {"abc"}},
    {"(?|ab|cd)e", false, {"abe", "cde"}},
    {"(?i)ab", false, {"ab"}},
    {"(?<=)ab", false, {"ab"}},
    {"[[:digit:]]x", false, {"1x"}},
    {"[[:alpha:]_]x", false, {"ax", "_x"}},
    {"[a[:digit:]]x", false, {"1x", "ax"}},
    {"(?:ab)?+c", true, {"abc", "c"}},
    {"(?:ab){0}c", true, {"c"}},
    {"(?:a(?#x)b)c", false, {"abc"}},
    {"(?#remark)ab", false, {"ab"}},
    {"a(?:b(?:c|d)?)?e", true, {"ae", "abe", "abce", "abde"}},
    {"(?:|a)b", true, {"b", "ab"}},
    {"(?:a|)b", true, {"b", "ab"}},
    {"a.c", true, {"abc", "a c"}},
    {".x", false, {"ax", "xx"}},
    {".*x", false, {"x", "ax"}},
    {"[^a]x", false, {"bx", "xx"}},
    {"\\p{L}x", false, {"ax", "xx"}},
    {"\\x{61}b", false, {"ab"}},
    {"\\Qa.b\\E", false, {"a.b"}},
    {"\\W?a", false, {"a", "!a"}},
    {"\xC3\x84pfel", true, {"\xC3\xA4pfel"}},
    {"[\xC3\x84\xC3\x96]l", true, {"\xC3\xA4l", "\xC3\xB6l"}},
    {"[\xD0\xB0-\xD1\x8F]x", true, {"\xD0\xB1x", "\xD1\x8Fx"}},
    {"\\d\\d\\d\\d", true, {"1234", "9999"}},
    {"(?:a|b|c|d)(?:e|f|g|h)(?:i|j|k|l)(?:m|n|o|p)", true, {"aeim", "dhlp"}},
    {"a very long beginning of a line", true, {"a very long beginning of a line"}},
    {"\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2 x", true, {"\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2 x"}},
    {"(?:se)?enter(?:ed)?", true, {"enter", "seenter", "entered"}},
};

static bool begins(const struct nf_prefixes *prefixes, const char *line)
{
    for (size_t i = 0; i < prefixes->count; i++)
        if (strncmp(prefixes->item[i].text, line, prefixes->item[i].len) == 0)
            return true;
    return false;
}

static void check_lines(size_t i, const struct nf_prefixes *prefixes)
{
    struct nf_regex *regex = NULL;
    struct nf_span pattern = nf_span(patterns[i].pattern, strlen(patterns[i].pattern));
    if (!CHECK(nf_regex_new(pattern, 0, &regex, NULL) == NF_OK, "the pattern compiles"))
        return;
    for (size_t k = 0; k < 5 && patterns[i].lines[k]; k++) {
        struct nf_span line = nf_span(patterns[i].lines[k], strlen(patterns[i].lines[k]));
        CHECK(nf_regex_match(regex, line) == NF_MATCH_YES, "'%s' should match: the test is wrong", line.data);
        CHECK(begins(prefixes, line.data), "no prefix of '%s'", line.data);
    }
    nf_regex_free(regex);
}

static void test_patterns(void)
{
    struct nf_prefixes prefixes = {0};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        test_begin("prefixes: %s", patterns[i].pattern);
        nf_prefixes_of(nf_span(patterns[i].pattern, strlen(patterns[i].pattern)), &prefixes);
        bool known = prefixes.count > 0;
        for (size_t k = 0; k < prefixes.count; k++)
            known &= prefixes.item[k].len > 0;
        CHECK(prefixes.count > 0, "some prefix");
        CHECK(known || !patterns[i].known, "an empty prefix: the rule would be tried on every line");
        check_lines(i, &prefixes);
    }
    nf_prefixes_release(&prefixes);
}

void test_prefixes(void)
{
    test_patterns();
}
