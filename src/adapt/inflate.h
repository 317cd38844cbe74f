/*
 * inflate.h: gzip, deflate and zstd, undone as the bytes come.
 * Used by the pipeline for inputs and by the WARC reader for bodies; the only door to zlib and libzstd.
 */
#ifndef NEWSFOLD_ADAPT_INFLATE_H
#define NEWSFOLD_ADAPT_INFLATE_H

#include <stdbool.h>

#include <newsfold/status.h>

#include "base/buf.h"

/* DEFLATE has a zlib header, DEFLATE_RAW none: HTTP calls both deflate. These two are not told by their first bytes. */
enum nf_packing { NF_PACKING_NONE, NF_PACKING_GZIP, NF_PACKING_ZSTD, NF_PACKING_DEFLATE, NF_PACKING_DEFLATE_RAW };

/* So many first bytes tell. */
#define NF_PACKING_MAGIC_LEN ((size_t)4)

/* Output up to this is no bomb, whatever it came from. */
#define NF_EXPANSION_FREE (UINT64_C(16) << 20)

/* By the first bytes. in  first: NF_PACKING_MAGIC_LEN of them, or all there are */
enum nf_packing nf_packing_of(struct nf_span first);

/* Whether the library is there, loading it. */
bool nf_can_inflate(enum nf_packing packing);

struct nf_inflater;

/*
 * in      max_expansion: output of more than so many times the input, past NF_EXPANSION_FREE, is refused; 0: never
 * fails   NF_EREAD when this newsfold was built without the library, or it is not there
 * cost    the library is loaded when it is first needed: runs that need none start faster
 */
NF_MUST_CHECK enum nf_status nf_inflater_new(enum nf_packing packing, uint64_t max_expansion,
                                             struct nf_inflater **inflater, struct nf_error *error);
void nf_inflater_free(struct nf_inflater *inflater);

/*
 * Take input, give output. To be called until neither `in` nor `out` changes.
 *
 * in      in: shortened by what was taken; room: about so much output at most
 * out     out: output is added. Members behind each other are one text. What is behind the last one and is none
 *         is taken, and counted as garbage
 * fails   NF_ESYNTAX for damaged data, NF_ELIMIT past max_expansion; what came before was added
 * source  RFC 1952 (CRC and length are checked by zlib), RFC 8878
 */
NF_MUST_CHECK enum nf_status nf_inflater_run(struct nf_inflater *inflater, struct nf_span *in, size_t room,
                                             struct nf_buf *out, struct nf_error *error);

/* There is no more input. fails: NF_ESYNTAX in the middle of a member */
NF_MUST_CHECK enum nf_status nf_inflater_end(const struct nf_inflater *inflater, struct nf_error *error);

/* Bytes behind the end of the data that are no data. */
uint64_t nf_inflater_garbage(const struct nf_inflater *inflater);

/*
 * All of a text in memory.
 *
 * in      limit: bytes of output at most
 * fails   as nf_inflater_run and _end, and NF_ELIMIT; out has what could be had
 */
NF_MUST_CHECK enum nf_status nf_inflate_all(enum nf_packing packing, struct nf_span in, uint64_t max_expansion,
                                            uint64_t limit, struct nf_buf *out, struct nf_error *error);

#endif
