/*
 * unpack.c: packed inputs.
 * Used by the intake.
 */
#include "pipe/unpack.h"

void nf_unpacker_start(struct nf_unpacker *unpacker)
{
    nf_inflater_free(unpacker->inflater);
    unpacker->inflater = NULL;
    unpacker->first_len = 0;
    unpacker->known = false;
}

void nf_unpacker_release(struct nf_unpacker *unpacker)
{
    nf_inflater_free(unpacker->inflater);
    nf_buf_release(&unpacker->out);
    *unpacker = (struct nf_unpacker){0};
}

static enum nf_status unpack(struct nf_unpacker *unpacker, struct nf_span *in, struct nf_span *out,
                             struct nf_error *error)
{
    unpacker->out.len = 0;
    enum nf_status status = nf_inflater_run(unpacker->inflater, in, NF_PIECE_LEN, &unpacker->out, error);
    *out = nf_buf_span(&unpacker->out);
    return status;
}

/* The first bytes are known, and go on their way. */
static enum nf_status pass_first(struct nf_unpacker *unpacker, uint64_t max_expansion, struct nf_span *out,
                                 struct nf_error *error)
{
    struct nf_span first = nf_span(unpacker->first, unpacker->first_len);
    enum nf_packing packing = nf_packing_of(first);
    unpacker->known = true;
    if (packing == NF_PACKING_NONE) {
        *out = first;
        return NF_OK;
    }
    enum nf_status status = nf_inflater_new(packing, max_expansion, &unpacker->inflater, error);
    return status == NF_OK ? unpack(unpacker, &first, out, error) : status;
}

enum nf_status nf_unpacker_take(struct nf_unpacker *unpacker, uint64_t max_expansion, struct nf_span *in,
                                struct nf_span *out, struct nf_error *error)
{
    *out = nf_span("", 0);
    while (!unpacker->known && in->len && unpacker->first_len < NF_PACKING_MAGIC_LEN) {
        unpacker->first[unpacker->first_len++] = in->data[0];
        *in = nf_span(in->data + 1, in->len - 1);
    }
    if (!unpacker->known)
        return unpacker->first_len < NF_PACKING_MAGIC_LEN ? NF_OK : pass_first(unpacker, max_expansion, out, error);
    if (unpacker->inflater)
        return unpack(unpacker, in, out, error);
    *out = nf_span(in->data, in->len < NF_PIECE_LEN ? in->len : NF_PIECE_LEN);
    *in = nf_span(in->data + out->len, in->len - out->len);
    return NF_OK;
}

enum nf_status nf_unpacker_end(struct nf_unpacker *unpacker, struct nf_span *out, struct nf_error *error)
{
    *out = nf_span(unpacker->first, unpacker->known ? 0 : unpacker->first_len);
    unpacker->known = true;
    return unpacker->inflater ? nf_inflater_end(unpacker->inflater, error) : NF_OK;
}
