/*
 * test_normalise.c: which texts have one key, which have not, and what keys look like.
 */
#include "text/normalise.h"

#include "test.h"
#include "text/utf8.h"

static const struct {
    const char *what, *a, *b;
} same[] = {
    {"case", "The Port of ALDER", "the port of alder"},
    {"curly and straight quotes", "\xE2\x80\x9CIt\xE2\x80\x99s late,\xE2\x80\x9D he said", "\"It's late,\" he said"},
    {"German and French quotes", "\xE2\x80\x9EJa\xE2\x80\x9C \xC2\xABoui\xC2\xBB", "\"Ja\" \"oui\""},
    {"em dash, en dash, hyphens", "late \xE2\x80\x94 very late", "late - very late"},
    {"em dash without blanks", "late\xE2\x80\x94very late", "late -- very late"},
    {"no-break space", "US\xC2\xA0trade", "US trade"},
    {"narrow and thin spaces", "a\xE2\x80\xAF" "b\xE2\x80\x89" "c", "a b c"},
    {"soft hyphens", "inter\xC2\xADnation\xC2\xAD" "al", "international"},
    {"zero width characters", "in\xE2\x80\x8Bter\xE2\x80\x8D\xEF\xBB\xBFnal", "internal"},
    {"composed and combining", "caf\xC3\xA9 na\xC3\xAFve", "cafe\xCC\x81 nai\xCC\x88ve"},
    {"Hangul syllables and jamo", "\xED\x95\x9C\xEA\xB5\xAD", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8"},
    {"ligatures", "\xEF\xAC\x81nal o\xEF\xAC\x83" "ce", "final office"},
    {"Greek oxia and tonos", "\xCE\xBA\xE1\xBD\xB1", "\xCE\xBA\xCE\xAC"},
    {"CJK compatibility ideograph", "\xEF\xA4\x80\xE4\xB8\xAD", "\xE8\xB1\x88\xE4\xB8\xAD"},
    {"full width comma", "\xE4\xB8\xAD\xEF\xBC\x8C\xE6\x96\x87", "\xE4\xB8\xAD, \xE6\x96\x87"},
    {"full width letters", "\xEF\xBC\xA1\xEF\xBC\xA2\xEF\xBC\xA3 \xEF\xBC\x91", "abc 1"},
    {"ellipsis", "and so on\xE2\x80\xA6", "and so on..."},
    {"entity", "Smith &amp; Sons", "Smith & Sons"},
    {"numbered entity", "it&#8217;s", "it's"},
    {"entity twice", "it&amp;#8217;s", "it's"},
    {"no-break entity", "a&nbsp;b", "a b"},
    {"mojibake once", "caf\xC3\x83\xC2\xA9", "caf\xC3\xA9"},
    {"mojibake twice", "caf\xC3\x83\xC6\x92\xC3\x82\xC2\xA9", "caf\xC3\xA9"},
    {"mojibake three times", "caf\xC3\x83\xC6\x92\xC3\x86\xE2\x80\x99\xC3\x83\xE2\x80\x9A\xC3\x82\xC2\xA9", "caf\xC3\xA9"},
    {"mojibake quote", "it\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", "it\xE2\x80\x99s"},
    {"mojibake pound", "\xC3\x82\xC2\xA3" "5m", "\xC2\xA3" "5m"},
    {"list marks", "\xE2\x80\xA2 One point more", "- One point more"},
    {"list mark and none", "* One point more", "One point more"},
    {"quote marks", ">> he wrote this", "he wrote this"},
    {"bar as quote mark", "| he wrote this", "he wrote this"},
    {"blanks and line breaks", "  a  long\n line\t here ", "a long line here"},
    {"punctuation at the end", "All is well.", "All is well"},
    {"sharp s", "STRASSE", "Stra\xC3\x9F" "e"},
    {"Greek sigma", "\xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3", "\xCE\xBF\xCE\xB4\xCE\xBF\xCF\x82"},
    {"Turkish i", "\xC4\xB0STANBUL", "istanbul"},
    {"Turkish dotless i", "KIZ", "k\xC4\xB1z"},
    {"Arabic vowels", "\xD9\x85\xD9\x8F\xD8\xAD\xD9\x8E\xD9\x85\xD9\x8E\xD9\x91\xD8\xAF", "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF"},
    {"Arabic alef forms", "\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3", "\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA7"},
    {"Arabic tatweel and bidi marks", "\xE2\x80\xAB\xD8\xA3\xD8\xAE\xD9\x80\xD9\x80\xD8\xA8\xD8\xA7\xD8\xB1\xE2\x80\xAC", "\xD8\xA7\xD8\xAE\xD8\xA8\xD8\xA7\xD8\xB1"},
    {"spaces between CJK characters", "\xE4\xB8\xAD \xE5\x9B\xBD \xE6\x96\xB0\xE9\x97\xBB", "\xE4\xB8\xAD\xE5\x9B\xBD\xE6\x96\xB0\xE9\x97\xBB"},
    {"CJK punctuation", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82\xE6\x96\xB0\xE9\x97\xBB", "\xE4\xB8\xAD\xE5\x9B\xBD\xEF\xBC\x8C\xE6\x96\xB0\xE9\x97\xBB"},
    {"minus signs", "it was \xE2\x88\x92" "5 at night", "it was -5 at night"},
    {"dashes as minus signs", "it was \xE2\x80\x93" "5 at night", "it was -5 at night"},
    {"a dash between numbers", "2019\xE2\x80\x93" "2020", "2019-2020"},
};

static const struct {
    const char *what, *a, *b;
} different[] = {
    {"12 and 15", "12 people died in the fire", "15 people died in the fire"},
    {"a decimal point", "it rose 1.5 percent", "it rose 15 percent"},
    {"a sign", "it was -5 at night", "it was 5 at night"},
    {"a typeset sign", "it was \xE2\x88\x92" "5 at night", "it was 5 at night"},
    {"a range and a sign", "from 2 to -5", "from 2 to 5"},
    {"percent", "5% of them", "5 of them"},
    {"currency", "$5 a day", "\xE2\x82\xAC" "5 a day"},
    {"currency and none", "\xC2\xA3" "5 a day", "5 a day"},
    {"1,5 and 15", "1,5 Prozent", "15 Prozent"},
    {"10 15 and 1015", "10 15", "1015"},
    {"Arabic digits that differ", "\xD9\xA1\xD9\xA2", "\xD9\xA1\xD9\xA5"},
    {"one word more", "he did not go", "he did go"},
    {"joined words", "news fold", "newsfold"},
    {"accents", "ano", "a\xC3\xB1o"},
    {"CJK that differs", "\xE4\xB8\xAD\xE5\x9B\xBD", "\xE4\xB8\xAD\xE6\x96\x87"},
    {"C and C++", "written in C", "written in C++"},
};

static const struct {
    const char *text, *key;
    unsigned words;
} keys[] = {
    {"", "", 0},
    {" ... -- * ", "", 0},
    {"Hello, World!", "hello world", 2},
    {"-5", "-5", 1},
    {"1.5", "1.5", 1},
    {"end of 15.", "end of 15", 3},
    {"1,000 people", "1,000 people", 2},
    {"24.5%", "24.5%", 1},
    {"US$60bn", "us$60bn", 1},
    {"\xE4\xB8\xAD\xE5\x9B\xBD\xE6\x96\xB0\xE9\x97\xBB\xE7\xA4\xBE", "\xE4\xB8\xAD\xE5\x9B\xBD\xE6\x96\xB0\xE9\x97\xBB\xE7\xA4\xBE", 3},
};

static struct nf_span normal(struct nf_normaliser *normaliser, const char *text, struct nf_key *key)
{
    nf_normalise(normaliser, nf_span(text, strlen(text)), key);
    return nf_buf_span(&key->bytes);
}

/* Whether words are wanted must not change the key. */
static void test_marks(struct nf_normaliser *normaliser, struct nf_key *a, struct nf_key *b)
{
    static const char text[] = "President Xi met 12 de\xCC\x81put\xC3\xA9s \xE2\x80\x93 twice.";
    test_begin("normalise: the words of a key");
    b->want_words = true;
    CHECK(nf_span_equal(normal(normaliser, text, a), normal(normaliser, text, b)), "the key is the same");
    if (CHECK(b->word_count == 6 && b->words == 6, "%zu words, weight %u", b->word_count, b->words)) {
        CHECK(b->word[0].name && b->word[1].name && !b->word[2].name, "capitals");
        CHECK(b->word[3].digit && !b->word[2].digit, "digits");
    }
    nf_normalise(normaliser, SPAN("\xE4\xB8\xAD\xE5\x9B\xBD"), b);
    CHECK(b->word_count == 2 && b->words == 1, "unspaced: each character is a word, weight %u", b->words);
    b->want_words = false;
}

/* Full-width signs among what changes their meaning: a text has the key of its composed form, by whichever way. */
static void test_wide_signs(struct nf_normaliser *normaliser, struct nf_key *a, struct nf_key *b)
{
    static const uint32_t alphabet[] = {'1', '5', ' ', '-', '&', '#', ';', '.', ',', 'a', 'm', 'p', 0x4E2D, 0x65E5, 0x2212, 0x2013, 0x3000,
                                        0xFF01, 0xFF03, 0xFF04, 0xFF05, 0xFF06, 0xFF08, 0xFF0B, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF1A, 0xFF1B,
                                        0xFF1F, 0xFF5E, 0x3002, 0x304B, 0x0E01, 0xC3, 0xA9};
    struct nf_buf text = {0}, composed = {0};
    uint64_t state = 5;
    test_begin("normalise: full-width signs as composition has them");
    for (size_t i = 0; i < 100000; i++) {
        text.len = composed.len = 0;
        for (size_t k = 1 + test_random(&state) % 12; k > 0; k--)
            nf_utf8_put(&text, alphabet[test_random(&state) % (sizeof alphabet / sizeof *alphabet)]);
        nf_compose(nf_buf_span(&text), &composed);
        nf_normalise(normaliser, nf_buf_span(&text), a);
        nf_normalise(normaliser, nf_buf_span(&composed), b);
        CHECK(nf_span_equal(nf_key_span(a), nf_key_span(b)) && a->words == b->words, "'%.*s' is '%.*s', composed '%.*s'",
              (int)text.len, text.data, (int)nf_key_span(a).len, nf_key_span(a).data, (int)nf_key_span(b).len, nf_key_span(b).data);
    }
    nf_buf_release(&text);
    nf_buf_release(&composed);
}

void test_normalise(void)
{
    struct nf_normaliser normaliser = {0};
    struct nf_key a = {0}, b = {0};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        test_begin("normalise, same: %s", same[i].what);
        struct nf_span x = normal(&normaliser, same[i].a, &a), y = normal(&normaliser, same[i].b, &b);
        CHECK(nf_span_equal(x, y) && x.len, "'%.*s' and '%.*s'", (int)x.len, x.data, (int)y.len, y.data);
        CHECK(a.words == b.words, "weight %u and %u", a.words, b.words);
    }
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        test_begin("normalise, different: %s", different[i].what);
        struct nf_span x = normal(&normaliser, different[i].a, &a), y = normal(&normaliser, different[i].b, &b);
        CHECK(!nf_span_equal(x, y), "both are '%.*s'", (int)x.len, x.data);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        test_begin("normalise, key: '%s'", keys[i].text);
        CHECK_TEXT(normal(&normaliser, keys[i].text, &a), keys[i].key);
        CHECK(a.words == keys[i].words, "weight %u, want %u", a.words, keys[i].words);
    }
    test_marks(&normaliser, &a, &b);
    test_wide_signs(&normaliser, &a, &b);
    nf_key_release(&a);
    nf_key_release(&b);
    nf_normaliser_release(&normaliser);
}
