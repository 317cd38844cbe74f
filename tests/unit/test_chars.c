/*
 * test_chars.c: what single characters count for.
 */
#include "text/chars.h"

#include "test.h"

static const struct {
    const char *what;
    uint32_t c, folded;
} folds[] = {
    {"A", 'A', 'a'}, {"a", 'a', 'a'}, {"7", '7', '7'}, {"blank", ' ', NF_CHAR_BREAK}, {"comma", ',', NF_CHAR_BREAK},
    {"percent", '%', '%'}, {"euro", 0x20AC, 0x20AC}, {"pound", 0xA3, 0xA3},
    {"A umlaut", 0xC4, 0xE4}, {"Cyrillic", 0x0416, 0x0436}, {"Greek final sigma", 0x03C2, 0x03C3},
    {"Turkish dotted I", 0x0130, 'i'}, {"Turkish dotless i", 0x0131, 'i'},
    {"alef with hamza above", 0x0623, 0x0627}, {"alef madda", 0x0622, 0x0627}, {"alef maqsura", 0x0649, 0x064A},
    {"tatweel", 0x0640, NF_CHAR_SKIP}, {"fatha", 0x064E, NF_CHAR_SKIP}, {"shadda", 0x0651, NF_CHAR_SKIP},
    {"soft hyphen", 0xAD, NF_CHAR_SKIP}, {"zero width space", 0x200B, NF_CHAR_SKIP},
    {"zero width joiner", 0x200D, NF_CHAR_SKIP}, {"left-to-right mark", 0x200E, NF_CHAR_SKIP},
    {"byte order mark", 0xFEFF, NF_CHAR_SKIP}, {"variation selector", 0xFE0F, NF_CHAR_SKIP},
    {"no-break space", 0xA0, NF_CHAR_BREAK}, {"ellipsis", 0x2026, NF_CHAR_BREAK}, {"em dash", 0x2014, NF_CHAR_BREAK},
    {"right quote", 0x2019, NF_CHAR_BREAK}, {"ideographic full stop", 0x3002, NF_CHAR_BREAK},
    {"sharp s", 0xDF, NF_CHAR_EXPAND}, {"combining acute", 0x0301, NF_CHAR_COMPOSE},
    {"ligature fi", 0xFB01, NF_CHAR_COMPOSE}, {"full width A", 0xFF21, NF_CHAR_COMPOSE},
    {"Greek alpha with oxia, one more of alpha with tonos", 0x1F71, NF_CHAR_COMPOSE}, {"alpha with tonos", 0x03AC, 0x03AC},
    {"CJK compatibility ideograph", 0xF900, NF_CHAR_COMPOSE}, {"full width comma", 0xFF0C, NF_CHAR_WIDE_SIGN},
    {"full width per cent", 0xFF05, '%'},
    {"CJK", 0x4E2D, 0x4E2D}, {"Hangul", 0xD55C, 0xD55C}, {"Deseret, beyond 16 bits", 0x10400, 0x10428},
};

static void test_unspaced(void)
{
    unsigned per_word;
    test_begin("chars: scripts without blanks");
    CHECK(nf_is_unspaced(0x4E2D, &per_word) && per_word == 2, "Chinese, %u a word", per_word);
    CHECK(nf_is_unspaced(0x3042, &per_word) && per_word == 2, "Hiragana, %u a word", per_word);
    CHECK(nf_is_unspaced(0x0E01, &per_word) && per_word == 5, "Thai, %u a word", per_word);
    CHECK(!nf_is_unspaced('a', &per_word) && !nf_is_unspaced(0xD55C, &per_word), "Latin and Korean have blanks");
}

static void test_expand(void)
{
    uint32_t folded[4];
    test_begin("chars: letters that fold to several");
    CHECK(nf_chars_expand(0xDF, folded) == 2 && folded[0] == 's' && folded[1] == 's', "sharp s");
    CHECK(nf_chars_expand('q', folded) == 1 && folded[0] == 'q', "one stays one");
    CHECK(nf_chars_expand(0x10400, folded) == 1 && folded[0] == 0x10428, "Deseret long I");
}

void test_chars(void)
{
    struct nf_chars chars = {0};
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        test_begin("chars: %s", folds[i].what);
        uint32_t folded = nf_chars_fold(&chars, folds[i].c);
        CHECK(folded == folds[i].folded, "U+%04X folds to %X, want %X", (unsigned)folds[i].c, (unsigned)folded,
              (unsigned)folds[i].folded);
    }
    test_unspaced();
    test_expand();
    nf_chars_release(&chars);
}
