/*
 * test_normalise_ways.c: whatever the processor has, keys are those of the walk by characters.
 */
#include "text/normalise.h"

#include "base/alloc.h"
#include "test.h"
#include "text/utf8.h"

/* What the ways treat each in its own manner, and what surrounds it. */
static const char *const pieces[] = {
    "a", "Bc", "Zz", "@[`{", "word ", "The Port of ALDER ", "0", "19", ".", ",", "1,5", "2.", "-", " -5", "%", "$", "+", "&", "&amp;",
    "&#8217;", "& ", " ", "  ", "\n", "\t", "\x01", "\x7F", "/:;<=>?", "\xC2\xA0", "\xC2\xAD", "\xC2\xA3", "\xC2\xAB", "\xC2\xBB",
    "\xC2\xB5", "\xC3\xA9", "\xC3\x89", "\xC3\x9F", "\xC3\x97", "\xC3\xB7", "\xC3\x83", "\xC3\xA2", "\xC3\xBC", "\xE2\x80\x93",
    "\xE2\x80\x93" "5", " \xE2\x80\x93" "5", "\xE2\x88\x92" "5", " \xE2\x88\x92" "5", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\xA6", "\xE2\x80\x8B",
    "\xE2\x80\xAA", "\xE2\x80\xAF", "\xE2\x80\x83", "\xE2\x82\xAC", "\xE2\x84\xA2", "\xC5\x81", "\xC4\xB0", "\xC4\xB1", "\xCE\x90", "\xCC\x81",
    "\xD0\x96", "\xC5\x82", "\xC4\x85", "\xE1\xBA\xA5", "\xE1\xBB\x86", "\xE0\xB8\x81", "\xE0\xB8\xB3", "\xE0\xA4\x95", "\xE0\xA5\x8D",
    "\xE3\x81\x8B", "\xE3\x80\x80", "\xEF\xBC\x8C", "\xEF\xBC\x85", "\xEF\xBC\x91", "\xD0\xB6", "\xD8\xA3", "\xD9\x8E", "\xE4\xB8\xAD", "\xE3\x80\x82", "\xED\x95\x9C", "\xEF\xAC\x81", "\xEF\xBB\xBF", "\xEF\xBF\xBD",
    "\xF0\x9F\x98\x80", "\xF0\xA0\x80\x80", "\xF0\x90\x90\x80", "caf\xC3\x83\xC2\xA9",
    "All of this is as plain as a text can be, with 64 bytes and more of it, 12 of them digits.",
};

struct ways {
    struct nf_normaliser normaliser[NF_CPU_COUNT];
    struct nf_key key[NF_CPU_COUNT];
    enum nf_cpu best;
};

static void start(struct ways *ways)
{
    *ways = (struct ways){.best = nf_cpu_best()};
    for (int cpu = NF_CPU_REFERENCE; cpu < NF_CPU_COUNT; cpu++)
        ways->normaliser[cpu].cpu = (enum nf_cpu)cpu;
}

static void end(struct ways *ways)
{
    for (int cpu = NF_CPU_REFERENCE; cpu < NF_CPU_COUNT; cpu++) {
        nf_normaliser_release(&ways->normaliser[cpu]);
        nf_key_release(&ways->key[cpu]);
    }
}

/* What is walked for its words is walked a character at a time. */
static bool agrees_with_words(struct ways *ways, struct nf_span text, const struct nf_key *want)
{
    struct nf_key key = {.want_words = true};
    nf_normalise(&ways->normaliser[NF_CPU_REFERENCE], text, &key);
    bool good = CHECK(nf_span_equal(nf_buf_span(&key.bytes), nf_buf_span(&want->bytes)) && key.words == want->words,
                      "'%.*s': '%.*s', %u words, for its words '%.*s', %u", (int)text.len, text.data, (int)want->bytes.len,
                      want->bytes.data, want->words, (int)key.bytes.len, key.bytes.data, key.words);
    nf_key_release(&key);
    return good;
}

/* The text alone in memory, so that a sanitizer sees reads past its end, and with more behind it. */
static bool agree(struct ways *ways, struct nf_span text)
{
    bool good = true;
    struct nf_key *want = &ways->key[NF_CPU_REFERENCE];
    char *alone = nf_alloc(text.len + 1), *within = nf_alloc(text.len + 64);
    memcpy(alone, text.data, text.len);
    memset(within, '7', text.len + 64);
    memcpy(within, text.data, text.len);
    nf_normalise(&ways->normaliser[NF_CPU_REFERENCE], text, want);
    good &= agrees_with_words(ways, text, want);
    for (int cpu = NF_CPU_ANY; cpu <= (int)ways->best; cpu++) {
        struct nf_key *key = &ways->key[cpu];
        for (int more = 0; more < 2; more++) {
            struct nf_span given = nf_span(more ? within : alone, text.len);
            nf_normalise_within(&ways->normaliser[cpu], given, text.len + (more ? 64 : 0), key);
            bool same = nf_span_equal(nf_buf_span(&key->bytes), nf_buf_span(&want->bytes)) && key->words == want->words;
            good &= CHECK(same, "way %d, %d: '%.*s': '%.*s', %u words, want '%.*s', %u", cpu, more, (int)text.len, text.data,
                          (int)key->bytes.len, key->bytes.data, key->words, (int)want->bytes.len, want->bytes.data, want->words);
        }
    }
    nf_free(alone);
    nf_free(within);
    return good;
}

static void test_pieces(struct ways *ways)
{
    uint64_t state = 11;
    struct nf_buf text = {0};
    test_begin("normalise, by every way: pieces");
    for (int round = 0; round < 20000; round++) {
        text.len = 0;
        size_t all = sizeof pieces / sizeof *pieces, first = test_random(&state) % all, kinds = 1 + test_random(&state) % all;
        for (size_t count = test_random(&state) % 80; count; count--)
            nf_buf_add_text(&text, pieces[(first + test_random(&state) % kinds) % all]);
        if (!agree(ways, nf_buf_span(&text)))
            break;
    }
    nf_buf_release(&text);
}

/* Each character at each distance from a block's end, between letters, blanks and digits. */
static void test_characters(struct ways *ways)
{
    static const char *const around[][2] = {{"a", "b"}, {" ", "5"}, {"5", " "}, {"\xC3\xA3", "\xC2\xA9"}};
    struct nf_buf text = {0};
    test_begin("normalise, by every way: characters");
    for (uint32_t c = 0; c < 0x2200; c++) {
        for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
            text.len = 0;
            for (size_t before = (c * 7 + i) % 66; before; before--)
                nf_buf_add_char(&text, before % 5 ? 'x' : ' ');
            nf_buf_add_text(&text, around[i][0]);
            nf_utf8_put(&text, c);
            nf_buf_add_text(&text, around[i][1]);
            if (!agree(ways, nf_buf_span(&text)))
                c = 0x2200;
        }
    }
    nf_buf_release(&text);
}

void test_normalise_ways(void)
{
    struct ways ways;
    start(&ways);
    test_characters(&ways);
    test_pieces(&ways);
    end(&ways);
}
