/*
 * inflate.c: zlib and libzstd, loaded when first needed.
 * Used by the pipeline and the WARC reader.
 *
 * Both are optional: NF_HAVE_ZLIB and NF_HAVE_ZSTD tell whether their headers were there.
 */
#include "adapt/inflate.h"

#include <dlfcn.h>

#include "base/alloc.h"

#ifdef NF_HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef NF_HAVE_ZSTD
#include <zstd.h>
#endif

/* Output is asked for in pieces of this. */
#define ROOM_LEN ((size_t)64 << 10)

#ifdef __APPLE__
#define NF_LIBZ "libz.1.dylib"
#define NF_LIBZSTD "libzstd.1.dylib"
#else
#define NF_LIBZ "libz.so.1"
#define NF_LIBZSTD "libzstd.so.1"
#endif

/* Behind a member there may be another one, or zeros, which are padding, or garbage. */
enum state { MEMBER, BETWEEN, BEHIND };

struct nf_inflater {
    enum nf_packing packing;
    enum state state;
    uint64_t max_expansion;
    uint64_t taken, given, garbage;     /* bytes */
    char held[NF_PACKING_MAGIC_LEN];    /* BETWEEN: what may begin a member */
    size_t held_len;
    enum nf_status (*run)(struct nf_inflater *, struct nf_span *, size_t, struct nf_buf *, struct nf_error *);
    void (*restart)(struct nf_inflater *);      /* another member begins */
    void (*release)(struct nf_inflater *);
#ifdef NF_HAVE_ZLIB
    z_stream stream;
    int (*init)(z_stream *, int, const char *, int);
    int (*inflate)(z_stream *, int);
    int (*reset)(z_stream *);
    int (*end)(z_stream *);
#endif
#ifdef NF_HAVE_ZSTD
    ZSTD_DStream *zstd;
    ZSTD_DStream *(*zstd_new)(void);
    size_t (*zstd_free)(ZSTD_DStream *);
    size_t (*zstd_run)(ZSTD_DStream *, ZSTD_outBuffer *, ZSTD_inBuffer *);
    unsigned (*zstd_failed)(size_t);
    const char *(*zstd_error)(size_t);
#endif
};

enum nf_packing nf_packing_of(struct nf_span first)
{
    const unsigned char *p = (const unsigned char *)first.data;
    if (first.len >= 3 && p[0] == 0x1F && p[1] == 0x8B && p[2] == 8)
        return NF_PACKING_GZIP;
    bool frame = first.len >= 4 && p[0] == 0x28 && p[1] == 0xB5 && p[2] == 0x2F && p[3] == 0xFD;
    bool skippable = first.len >= 4 && (p[0] & 0xF0) == 0x50 && p[1] == 0x2A && p[2] == 0x4D && p[3] == 0x18;
    return frame || skippable ? NF_PACKING_ZSTD : NF_PACKING_NONE;
}

#if defined NF_HAVE_ZLIB || defined NF_HAVE_ZSTD
/* POSIX wants this cast to work; ISO C has no word for it. */
static bool find(void *handle, const char *name, void *function)
{
    void *found = dlsym(handle, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static enum nf_status damaged(struct nf_error *error, const char *packing, const char *what)
{
    return nf_fail(error, NF_ESYNTAX, 0, "the %s data are damaged: %s", packing, what);
}

static void count(struct nf_inflater *inflater, size_t taken, size_t given)
{
    inflater->taken += taken;
    inflater->given += given;
}
#endif

#ifdef NF_HAVE_ZLIB
static void release_zlib(struct nf_inflater *inflater)
{
    inflater->end(&inflater->stream);
}

static enum nf_status run_zlib(struct nf_inflater *inflater, struct nf_span *in, size_t room, struct nf_buf *out,
                               struct nf_error *error)
{
    z_stream *stream = &inflater->stream;
    uInt len = in->len < (1u << 30) ? (uInt)in->len : 1u << 30;
    stream->next_in = (Bytef *)(uintptr_t)in->data;     /* zlib does not write there */
    stream->avail_in = len;
    stream->next_out = (Bytef *)nf_buf_reserve(out, room);
    stream->avail_out = (uInt)room;
    int result = inflater->inflate(stream, Z_NO_FLUSH);
    count(inflater, len - stream->avail_in, room - stream->avail_out);
    out->len += room - stream->avail_out;
    *in = nf_span(in->data + (len - stream->avail_in), in->len - (len - stream->avail_in));
    if (result == Z_STREAM_END)
        inflater->state = inflater->packing == NF_PACKING_GZIP ? BETWEEN : BEHIND;
    if (result == Z_STREAM_END || result == Z_OK || result == Z_BUF_ERROR)
        return NF_OK;
    if (result == Z_MEM_ERROR)
        nf_out_of_memory();
    return damaged(error, inflater->packing == NF_PACKING_GZIP ? "gzip" : "deflate",
                   stream->msg ? stream->msg : "a dictionary is asked for");
}

static bool load_zlib(struct nf_inflater *inflater)
{
    void *handle = dlopen(NF_LIBZ, RTLD_NOW | RTLD_LOCAL);
    return handle && find(handle, "inflateInit2_", &inflater->init) && find(handle, "inflate", &inflater->inflate)
           && find(handle, "inflateReset", &inflater->reset) && find(handle, "inflateEnd", &inflater->end);
}

static void restart_zlib(struct nf_inflater *inflater)
{
    inflater->reset(&inflater->stream);
}

/* in  bits: 31 for gzip, 15 for a zlib header, -15 for none */
static enum nf_status new_zlib(struct nf_inflater *inflater, int bits, struct nf_error *error)
{
    if (!load_zlib(inflater))
        return nf_fail(error, NF_EREAD, 0, "%s is not there to unpack this with", NF_LIBZ);
    inflater->run = run_zlib;
    inflater->restart = restart_zlib;
    if (inflater->init(&inflater->stream, bits, ZLIB_VERSION, (int)sizeof inflater->stream) != Z_OK)
        nf_out_of_memory();
    inflater->release = release_zlib;
    return NF_OK;
}
#else
static enum nf_status new_zlib(struct nf_inflater *inflater, int bits, struct nf_error *error)
{
    (void)inflater, (void)bits;
    return nf_fail(error, NF_EREAD, 0, "gzip data, and this newsfold was built without zlib");
}
#endif

#ifdef NF_HAVE_ZSTD
static void release_zstd(struct nf_inflater *inflater)
{
    inflater->zstd_free(inflater->zstd);
}

static enum nf_status run_zstd(struct nf_inflater *inflater, struct nf_span *in, size_t room, struct nf_buf *out,
                               struct nf_error *error)
{
    ZSTD_inBuffer from = {in->data, in->len, 0};
    ZSTD_outBuffer to = {nf_buf_reserve(out, room), room, 0};
    size_t result = inflater->zstd_run(inflater->zstd, &to, &from);
    count(inflater, from.pos, to.pos);
    out->len += to.pos;
    *in = nf_span(in->data + from.pos, in->len - from.pos);
    if (result == 0)
        inflater->state = BETWEEN;
    if (!inflater->zstd_failed(result))
        return NF_OK;
    return damaged(error, "zstd", inflater->zstd_error(result));
}

static bool load_zstd(struct nf_inflater *inflater)
{
    void *handle = dlopen(NF_LIBZSTD, RTLD_NOW | RTLD_LOCAL);
    return handle && find(handle, "ZSTD_createDStream", &inflater->zstd_new)
           && find(handle, "ZSTD_freeDStream", &inflater->zstd_free)
           && find(handle, "ZSTD_decompressStream", &inflater->zstd_run)
           && find(handle, "ZSTD_isError", &inflater->zstd_failed)
           && find(handle, "ZSTD_getErrorName", &inflater->zstd_error);
}

static void restart_zstd(struct nf_inflater *inflater)
{
    (void)inflater;             /* libzstd goes on by itself */
}

static enum nf_status new_zstd(struct nf_inflater *inflater, struct nf_error *error)
{
    if (!load_zstd(inflater))
        return nf_fail(error, NF_EREAD, 0, "%s is not there to unpack this with", NF_LIBZSTD);
    inflater->run = run_zstd;
    inflater->restart = restart_zstd;
    inflater->zstd = inflater->zstd_new();
    if (!inflater->zstd)
        nf_out_of_memory();
    inflater->release = release_zstd;
    return NF_OK;
}
#else
static enum nf_status new_zstd(struct nf_inflater *inflater, struct nf_error *error)
{
    (void)inflater;
    return nf_fail(error, NF_EREAD, 0, "zstd data, and this newsfold was built without libzstd");
}
#endif

enum nf_status nf_inflater_new(enum nf_packing packing, uint64_t max_expansion, struct nf_inflater **inflater,
                               struct nf_error *error)
{
    struct nf_inflater *made = nf_alloc_zero(1, sizeof *made);
    made->packing = packing;
    made->max_expansion = max_expansion;
    enum nf_status status;
    switch (packing) {
    case NF_PACKING_ZSTD: status = new_zstd(made, error); break;
    case NF_PACKING_GZIP: status = new_zlib(made, 15 + 16, error); break;
    case NF_PACKING_DEFLATE_RAW: status = new_zlib(made, -15, error); break;
    default: status = new_zlib(made, 15, error); break;
    }
    if (status == NF_OK)
        *inflater = made;
    else
        nf_free(made);
    return status;
}

bool nf_can_inflate(enum nf_packing packing)
{
    struct nf_inflater *inflater = NULL;
    bool can = nf_inflater_new(packing, 0, &inflater, NULL) == NF_OK;
    nf_inflater_free(inflater);
    return can;
}

void nf_inflater_free(struct nf_inflater *inflater)
{
    if (inflater)
        inflater->release(inflater);
    nf_free(inflater);
}

static void count_garbage(struct nf_inflater *inflater, struct nf_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        inflater->garbage += bytes.data[i] != '\0';
}

/* Another member, if its first bytes say so. */
static enum nf_status look_behind(struct nf_inflater *inflater, struct nf_span *in, size_t room, struct nf_buf *out,
                                  struct nf_error *error)
{
    while (in->len && inflater->held_len < NF_PACKING_MAGIC_LEN) {
        inflater->held[inflater->held_len++] = in->data[0];
        *in = nf_span(in->data + 1, in->len - 1);
    }
    if (inflater->held_len < NF_PACKING_MAGIC_LEN)
        return NF_OK;
    struct nf_span held = nf_span(inflater->held, inflater->held_len);
    inflater->held_len = 0;
    if (nf_packing_of(held) != inflater->packing) {
        count_garbage(inflater, held);
        inflater->state = BEHIND;
        return NF_OK;
    }
    inflater->state = MEMBER;
    inflater->restart(inflater);
    return inflater->run(inflater, &held, room, out, error);    /* a header is longer: all of it is taken */
}

enum nf_status nf_inflater_run(struct nf_inflater *inflater, struct nf_span *in, size_t room, struct nf_buf *out,
                               struct nf_error *error)
{
    enum nf_status status = NF_OK;
    if (inflater->state == BETWEEN)
        status = look_behind(inflater, in, room, out, error);
    else if (inflater->state == MEMBER)
        status = inflater->run(inflater, in, room, out, error);
    if (inflater->state == BEHIND) {
        count_garbage(inflater, *in);
        *in = nf_span(in->data + in->len, 0);
    }
    if (status != NF_OK || !inflater->max_expansion || inflater->given <= NF_EXPANSION_FREE
        || inflater->given / inflater->max_expansion < inflater->taken)
        return status;
    return nf_fail(error, NF_ELIMIT, 0, "it unpacks to more than %llu times its size, see --max-expansion",
                   (unsigned long long)inflater->max_expansion);
}

enum nf_status nf_inflater_end(const struct nf_inflater *inflater, struct nf_error *error)
{
    return inflater->state == MEMBER ? nf_fail(error, NF_ESYNTAX, 0, "the packed data end too soon") : NF_OK;
}

uint64_t nf_inflater_garbage(const struct nf_inflater *inflater)
{
    return inflater->garbage + (inflater->state == BETWEEN ? inflater->held_len : 0);
}

enum nf_status nf_inflate_all(enum nf_packing packing, struct nf_span in, uint64_t max_expansion, uint64_t limit,
                              struct nf_buf *out, struct nf_error *error)
{
    struct nf_inflater *inflater;
    size_t before = out->len, left = SIZE_MAX, given = SIZE_MAX;
    enum nf_status status = nf_inflater_new(packing, max_expansion, &inflater, error);
    if (status != NF_OK)
        return status;
    while (status == NF_OK && (left != in.len || given != out->len)) {
        left = in.len;
        given = out->len;
        status = nf_inflater_run(inflater, &in, ROOM_LEN, out, error);
        if (status == NF_OK && out->len - before > limit)
            status = nf_fail(error, NF_ELIMIT, 0, "it unpacks to more than %llu bytes", (unsigned long long)limit);
    }
    if (status == NF_OK)
        status = nf_inflater_end(inflater, error);
    nf_inflater_free(inflater);
    return status;
}
