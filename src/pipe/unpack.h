/*
 * unpack.h: an input's bytes as they are meant: packed ones are unpacked, others passed on.
 * Used by the intake.
 */
#ifndef NEWSFOLD_PIPE_UNPACK_H
#define NEWSFOLD_PIPE_UNPACK_H

#include <stdbool.h>

#include <newsfold/status.h>

#include "adapt/inflate.h"

/* Bytes are passed on in pieces of about so many. */
#define NF_PIECE_LEN ((size_t)256 << 10)

struct nf_unpacker {
    char first[NF_PACKING_MAGIC_LEN];   /* until they tell whether the input is packed */
    size_t first_len;
    bool known;
    struct nf_inflater *inflater;       /* NULL: it is not packed */
    struct nf_buf out;
};

/* Begin an input. */
void nf_unpacker_start(struct nf_unpacker *unpacker);
void nf_unpacker_release(struct nf_unpacker *unpacker);

/*
 * The next piece. To be called until neither `in` changes nor anything comes.
 *
 * in      in: shortened by what was taken
 * out     out: perhaps empty. lives: until the next call, and as long as what `in` views
 * fails   as nf_inflater_new and _run; what came before is in out
 */
NF_MUST_CHECK enum nf_status nf_unpacker_take(struct nf_unpacker *unpacker, uint64_t max_expansion, struct nf_span *in,
                                              struct nf_span *out, struct nf_error *error);

/* The input is over. out: what was held. fails: as nf_inflater_end */
NF_MUST_CHECK enum nf_status nf_unpacker_end(struct nf_unpacker *unpacker, struct nf_span *out, struct nf_error *error);

#endif
