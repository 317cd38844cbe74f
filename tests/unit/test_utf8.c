/*
 * test_utf8.c: decoding in one block, in two at every place, and byte by byte gives the same.
 */
#include "text/utf8.h"

#include "test.h"
#include "text/utf8_valid.h"

#define R "\xEF\xBF\xBD"        /* U+FFFD */

static const struct {
    const char *what;
    struct nf_span bytes;
    const char *want;
    unsigned replaced;
} inputs[] = {
    {"nothing", {"", 0}, "", 0},
    {"one letter", {"a", 1}, "a", 0},
    {"two letters", {"ab", 2}, "ab", 0},
    {"ascii", {"plain text, more than eight bytes of it", 39}, "plain text, more than eight bytes of it", 0},
    {"two, three and four bytes", {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82z", 10}, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82z", 0},
    {"least and most of each length", {"\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 18},
     "\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 0},
    {"either side of the surrogates", {"\xED\x9F\xBF\xEE\x80\x80", 6}, "\xED\x9F\xBF\xEE\x80\x80", 0},
    {"a stray continuation byte", {"a\x80z", 3}, "a" R "z", 1},
    {"latin-1", {"caf\xE9 noir", 9}, "caf" R " noir", 1},
    {"overlong slash, two bytes", {"\xC0\xAF.", 3}, R R ".", 2},
    {"overlong slash, three bytes", {"\xE0\x80\xAF.", 4}, R R R ".", 3},
    {"overlong, four bytes", {"\xF0\x82\x82\xAC.", 5}, R R R R ".", 4},
    {"a surrogate", {"\xED\xA0\x80.", 4}, R R R ".", 3},
    {"past U+10FFFF", {"\xF4\x90\x80\x80.", 5}, R R R R ".", 4},
    {"never a lead byte", {"\xF5\xFE\xFF.", 4}, R R R ".", 3},
    {"maximal subparts, Unicode table 3-8", {"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", 13},
     "a" R R R "b" R "c" R R "d", 6},
    {"cut short, two", {"ab\xC3", 3}, "ab" R, 1},
    {"cut short, three", {"ab\xE2\x82", 4}, "ab" R, 1},
    {"cut short, four", {"ab\xF0\x9F\x99", 5}, "ab" R, 1},
    {"only a lead byte", {"\xE2", 1}, R, 1},
    {"byte order mark", {"\xEF\xBB\xBFtext", 7}, "text", 0},
    {"byte order mark alone", {"\xEF\xBB\xBF", 3}, "", 0},
    {"a second one is text", {"\xEF\xBB\xBF\xEF\xBB\xBF.", 7}, "\xEF\xBB\xBF.", 0},
    {"half a byte order mark", {"\xEF\xBB", 2}, R, 1},
    {"not quite a byte order mark", {"\xEF\xBB\xBE.", 4}, "\xEF\xBB\xBE.", 0},
    {"UTF-16 LE", {"\xFF\xFEh\0\xE9\0\xAC\x20", 8}, "h\xC3\xA9\xE2\x82\xAC", 0},
    {"UTF-16 BE", {"\xFE\xFF\0h\0\xE9\x20\xAC", 8}, "h\xC3\xA9\xE2\x82\xAC", 0},
    {"UTF-16 LE pair", {"\xFF\xFE\x3D\xD8\x42\xDE.\0", 8}, "\xF0\x9F\x99\x82.", 0},
    {"UTF-16 BE pair", {"\xFE\xFF\xD8\x3D\xDE\x42\0.", 8}, "\xF0\x9F\x99\x82.", 0},
    {"UTF-16 nothing", {"\xFF\xFE", 2}, "", 0},
    {"UTF-16 high alone", {"\xFF\xFE\x3D\xD8.\0", 6}, R ".", 1},
    {"UTF-16 high, high, low", {"\xFE\xFF\xD8\x3D\xD8\x3D\xDE\x42", 8}, R "\xF0\x9F\x99\x82", 1},
    {"UTF-16 low alone", {"\xFE\xFF\xDE\x42\0.", 6}, R ".", 1},
    {"UTF-16 odd byte", {"\xFF\xFEh\0i", 5}, "h" R, 1},
    {"UTF-16 high at the end", {"\xFE\xFF\0h\xD8\x3D", 6}, "h" R, 1},
    {"UTF-16 high and half a low", {"\xFE\xFF\0h\xD8\x3D\xDE", 7}, "h" R, 1},
};

#define INPUTS (sizeof inputs / sizeof *inputs)

/* Every other block is put where the decoder has room for it. */
static void decode_block(struct nf_decoder *decoder, struct nf_span block, bool in_place, struct nf_buf *out)
{
    char *room = in_place ? nf_decode_room(decoder, block.len, out) : NULL;
    if (room)
        memcpy(room, block.data, block.len);
    nf_decode(decoder, room ? room : block.data, block.len, out);
}

/* Decode in pieces: of `step` bytes, after a first one of `first`. */
static void check_decoded(size_t i, size_t first, size_t step)
{
    struct nf_decoder decoder = {0};
    struct nf_buf out = {0};
    struct nf_span bytes = inputs[i].bytes;
    nf_decode(&decoder, bytes.data, first, &out);
    for (size_t at = first; at < bytes.len; at += step)
        decode_block(&decoder, nf_span(bytes.data + at, bytes.len - at < step ? bytes.len - at : step), step % 2, &out);
    nf_decode_end(&decoder, &out);
    CHECK(nf_span_is(nf_buf_span(&out), inputs[i].want), "got '%.*s', want '%s', first block %zu, others %zu",
          (int)out.len, out.len ? out.data : "", inputs[i].want, first, step);
    CHECK(decoder.replaced == inputs[i].replaced, "%u replaced, want %u, first block %zu, others %zu",
          (unsigned)decoder.replaced, inputs[i].replaced, first, step);
    nf_buf_release(&out);
}

static void test_characters(void)
{
    static const uint32_t edges[] = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    struct nf_buf out = {0};
    test_begin("utf8: put and next are each other's reverse");
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        size_t at = 0;
        out.len = 0;
        nf_utf8_put(&out, edges[i]);
        CHECK(nf_utf8_next(nf_buf_span(&out), &at) == edges[i] && at == out.len, "U+%04X", (unsigned)edges[i]);
        CHECK(nf_utf8_count(nf_buf_span(&out)) == 1, "U+%04X is one character", (unsigned)edges[i]);
    }
    test_begin("utf8: what is no character is put as U+FFFD");
    static const uint32_t none[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        out.len = 0;
        nf_utf8_put(&out, none[i]);
        CHECK_TEXT(nf_buf_span(&out), R);
    }
    nf_buf_release(&out);
}

/* Bytes as they come, with long runs of good text between the bad. */
static void add_bytes(struct nf_buf *bytes, uint64_t *state)
{
    static const char *const good[] = {"a", "plain text of some length, ", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x99\x82",
                                       "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80"};
    static const char *const bad[] = {"\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x99", "\xC0\xAF", "\xC1", "\xE0\x80", "\xED\xA0\x80",
                                      "\xF4\x90", "\xF5", "\xF8", "\xFF", "\xBF\xBF", "\xF0\x82", "\xE2\x28", "\xF1\x80\xE1\x80\xC2"};
    size_t wrong = test_random(state) % 4;
    for (size_t count = test_random(state) % 60; count; count--)
        nf_buf_add_text(bytes, good[test_random(state) % (sizeof good / sizeof *good)]);
    for (; wrong > 1; wrong--)
        nf_buf_add_text(bytes, bad[test_random(state) % (sizeof bad / sizeof *bad)]);
    for (size_t count = test_random(state) % 30; count; count--)
        nf_buf_add_text(bytes, good[test_random(state) % (sizeof good / sizeof *good)]);
}

static bool is_well_formed(struct nf_span text)
{
    for (size_t at = 0, width; at < text.len; at += width) {
        width = nf_utf8_sequence((const unsigned char *)text.data + at, text.len - at);
        if (!width)
            return false;
    }
    return true;
}

static void decode_in_place(struct nf_span bytes, uint64_t *state, struct nf_decoder *decoder, struct nf_buf *out)
{
    for (size_t at = 0, len; at < bytes.len; at += len) {
        len = 1 + test_random(state) % (test_random(state) % 4 ? 20 : bytes.len);
        len = len < bytes.len - at ? len : bytes.len - at;
        decode_block(decoder, nf_span(bytes.data + at, len), test_random(state) % 4, out);
    }
    nf_decode_end(decoder, out);
}

/* Every way to validate says what the characters say; a long block gives what its bytes give one by one, and in place. */
static void test_random_bytes(void)
{
    struct nf_buf bytes = {0}, whole = {0}, single = {0}, placed = {0};
    uint64_t state = 3;
    size_t good = 0;
    test_begin("utf8: random bytes");
    for (int round = 0; round < 4000; round++) {
        bytes.len = whole.len = single.len = placed.len = 0;
        add_bytes(&bytes, &state);
        if (round % 100 == 0)
            for (int more = 0; more < 600; more++)
                add_bytes(&bytes, &state);
        bool want = is_well_formed(nf_buf_span(&bytes));
        good += want;
        for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++)
            CHECK(nf_utf8_is_valid((enum nf_cpu)cpu, bytes.data, bytes.len) == want, "round %d, way %d", round, cpu);
        struct nf_decoder one = {.encoding = NF_UTF8}, other = one, third = one;
        nf_decode(&one, bytes.data, bytes.len, &whole);
        nf_decode_end(&one, &whole);
        for (size_t i = 0; i < bytes.len; i++)
            nf_decode(&other, bytes.data + i, 1, &single);
        nf_decode_end(&other, &single);
        CHECK(nf_span_equal(nf_buf_span(&whole), nf_buf_span(&single)) && one.replaced == other.replaced
              && want == !one.replaced, "round %d, %zu bytes", round, bytes.len);
        decode_in_place(nf_buf_span(&bytes), &state, &third, &placed);
        CHECK(nf_span_equal(nf_buf_span(&whole), nf_buf_span(&placed)) && one.replaced == third.replaced,
              "round %d, %zu bytes, in place", round, bytes.len);
    }
    CHECK(good > 1000 && good < 3000, "%zu of 4000 are well-formed", good);
    nf_buf_release(&bytes);
    nf_buf_release(&whole);
    nf_buf_release(&single);
    nf_buf_release(&placed);
}

void test_utf8(void)
{
    test_random_bytes();
    for (size_t i = 0; i < INPUTS; i++) {
        test_begin("utf8: %s", inputs[i].what);
        for (size_t first = 0; first <= inputs[i].bytes.len; first++)
            for (size_t step = 1; step <= 8; step++)
                check_decoded(i, first, step);
    }
    test_characters();
}
