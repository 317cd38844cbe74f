/*
 * test_inflate.c: gzip and zstd in blocks of any size, cut short, damaged, and with something behind.
 * The bytes were made by gzip, zstd and Python's zlib.
 */
#include "adapt/inflate.h"

#include "test.h"

static const unsigned char gzip_two[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0xcb, 0x2c, 0x2a, 0x2e, 0x51,
    0xc8, 0x4d, 0xcd, 0x4d, 0x4a, 0x2d, 0xe2, 0x02, 0x00, 0xa7, 0xf4, 0x85, 0x0a, 0x0d, 0x00, 0x00,
    0x00, 0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2b, 0x4e, 0x4d, 0xce, 0xcf,
    0x4b, 0x51, 0xc8, 0x4d, 0xcd, 0x4d, 0x4a, 0x2d, 0xe2, 0x02, 0x00, 0x36, 0x18, 0x4b, 0x0e, 0x0e,
    0x00, 0x00, 0x00,
};
static const unsigned char zstd_two[] = {
    0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x69, 0x00, 0x00, 0x66, 0x69, 0x72, 0x73, 0x74, 0x20, 0x6d,
    0x65, 0x6d, 0x62, 0x65, 0x72, 0x0a, 0x75, 0x8d, 0x02, 0x14, 0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x68,
    0x71, 0x00, 0x00, 0x73, 0x65, 0x63, 0x6f, 0x6e, 0x64, 0x20, 0x6d, 0x65, 0x6d, 0x62, 0x65, 0x72,
    0x0a, 0x39, 0xba, 0xcc, 0xb2,
};
static const unsigned char deflate[] = {
    0x78, 0x9c, 0x4b, 0x54, 0x48, 0xca, 0x4f, 0xa9, 0xe4, 0x02, 0x00, 0x09, 0x3c, 0x02, 0x3a,
};
static const unsigned char deflate_raw[] = {
    0x4b, 0x54, 0x48, 0xca, 0x4f, 0xa9, 0xe4, 0x02, 0x00,
};

#define GZIP_FIRST 33
#define ZSTD_FIRST 26
#define TEXT "first member\nsecond member\n"

struct outcome {
    enum nf_status status;
    uint64_t garbage;
};

static struct outcome unpack(enum nf_packing packing, struct nf_span in, size_t block, struct nf_buf *out)
{
    struct nf_inflater *inflater;
    struct outcome outcome = {nf_inflater_new(packing, 200, &inflater, NULL), 0};
    out->len = 0;
    if (outcome.status != NF_OK)
        return outcome;
    while (in.len && outcome.status == NF_OK) {
        struct nf_span piece = nf_span(in.data, in.len < block ? in.len : block);
        in = nf_span(in.data + piece.len, in.len - piece.len);
        for (size_t left = SIZE_MAX, len = SIZE_MAX; outcome.status == NF_OK && (left != piece.len || len != out->len);) {
            left = piece.len;
            len = out->len;
            outcome.status = nf_inflater_run(inflater, &piece, 5, out, NULL);
        }
    }
    if (outcome.status == NF_OK)
        outcome.status = nf_inflater_end(inflater, NULL);
    outcome.garbage = nf_inflater_garbage(inflater);
    nf_inflater_free(inflater);
    return outcome;
}

static void check_packing(enum nf_packing packing, struct nf_span whole, size_t first)
{
    struct nf_buf out = {0}, bytes = {0};
    for (size_t block = 1; block <= whole.len; block += block < 20 ? 1 : 7) {
        struct outcome good = unpack(packing, whole, block, &out);
        CHECK(good.status == NF_OK && !good.garbage, "blocks of %zu: %s", block, nf_status_text(good.status));
        CHECK_TEXT(nf_buf_span(&out), TEXT);
    }
    for (size_t len = 1; len < whole.len; len++) {
        struct outcome cut = unpack(packing, nf_span(whole.data, len), 3, &out);
        bool between = len >= first && len < first + NF_PACKING_MAGIC_LEN;     /* the rest may be anything */
        CHECK(between ? cut.status == NF_OK && cut.garbage == len - first : cut.status == NF_ESYNTAX, "cut at %zu: %s", len,
              nf_status_text(cut.status));
        CHECK(len < first || out.len >= 13, "cut at %zu: what came before is there", len);
    }
    nf_buf_add(&bytes, whole.data, whole.len);
    nf_buf_add(&bytes, "\0\0\0\0\0", 5);
    CHECK(unpack(packing, nf_buf_span(&bytes), 4, &out).garbage == 0, "zeros behind the data are padding");
    nf_buf_add_text(&bytes, "no member");
    struct outcome behind = unpack(packing, nf_buf_span(&bytes), 4, &out);
    CHECK(behind.status == NF_OK && behind.garbage == 9, "%d bytes of garbage", (int)behind.garbage);
    CHECK_TEXT(nf_buf_span(&out), TEXT);
    nf_buf_release(&bytes);
    nf_buf_release(&out);
}

static void check_damage(enum nf_packing packing, struct nf_span whole, size_t at)
{
    struct nf_buf out = {0}, bytes = {0};
    nf_buf_add(&bytes, whole.data, whole.len);
    bytes.data[at] ^= 1;
    CHECK(unpack(packing, nf_buf_span(&bytes), 64, &out).status == NF_ESYNTAX, "a wrong byte at %zu is seen", at);
    nf_buf_release(&bytes);
    nf_buf_release(&out);
}

static void check_all(enum nf_packing packing, struct nf_span packed)
{
    struct nf_buf out = {0};
    CHECK(nf_inflate_all(packing, packed, 200, 100, &out, NULL) == NF_OK, "a whole body");
    CHECK_TEXT(nf_buf_span(&out), "a body\n");
    out.len = 0;
    CHECK(nf_inflate_all(packing, packed, 200, 3, &out, NULL) == NF_ELIMIT, "a body past the limit");
    nf_buf_release(&out);
}

#define BYTES(array) nf_span((const char *)(array), sizeof(array))

void test_inflate(void)
{
    test_begin("inflate: told by the first bytes");
    CHECK(nf_packing_of(BYTES(gzip_two)) == NF_PACKING_GZIP, "gzip");
    CHECK(nf_packing_of(BYTES(zstd_two)) == NF_PACKING_ZSTD, "zstd");
    CHECK(nf_packing_of(SPAN("\x50\x2A\x4D\x18")) == NF_PACKING_ZSTD, "a skippable frame");
    CHECK(nf_packing_of(SPAN("text")) == NF_PACKING_NONE && nf_packing_of(SPAN("")) == NF_PACKING_NONE, "text");
    if (nf_can_inflate(NF_PACKING_GZIP)) {
        test_begin("inflate: gzip");
        check_packing(NF_PACKING_GZIP, BYTES(gzip_two), GZIP_FIRST);
        check_damage(NF_PACKING_GZIP, BYTES(gzip_two), GZIP_FIRST - 6);
        check_damage(NF_PACKING_GZIP, BYTES(gzip_two), sizeof gzip_two - 1);
        test_begin("inflate: deflate with a header and without");
        check_all(NF_PACKING_DEFLATE, BYTES(deflate));
        check_all(NF_PACKING_DEFLATE_RAW, BYTES(deflate_raw));
    }
    if (nf_can_inflate(NF_PACKING_ZSTD)) {
        test_begin("inflate: zstd");
        check_packing(NF_PACKING_ZSTD, BYTES(zstd_two), ZSTD_FIRST);
        check_damage(NF_PACKING_ZSTD, BYTES(zstd_two), ZSTD_FIRST - 2);
    }
}
