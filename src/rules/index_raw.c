/*
 * index_raw.c: which pieces of literals can be told from a line as it was read.
 * Used by index_make.c.
 *
 * Of the lines that nf_glance_at takes, the plain form changes letter case, quotes, dashes and ellipses. What
 * is none of these stands in the line as it stands in the literal.
 */
#include "rules/index_raw.h"

#include "base/alloc.h"
#include "rules/index_hash.h"

static const uint16_t above[NF_TIERS] = NF_TIER_CHARS;

static bool is_kept(char c)
{
    return c >= ' ' && c < 0x7F && !strchr("'\"-.", c);
}

/* Other characters than ASCII and Latin-1 letters are in no line that is glanced at. */
static bool is_of_other_lines(struct nf_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0xC4 || (unsigned char)text.data[i] == 0xC2)
            return true;
    return false;
}

static struct nf_span longest_piece(struct nf_span text)
{
    struct nf_span best = nf_span(text.data, 0);
    for (size_t from = 0, to; from < text.len; from = to + 1) {
        for (to = from; to < text.len && is_kept(text.data[to]); to++)
            ;
        if (to - from > best.len)
            best = nf_span(text.data + from, to - from);
    }
    return best;
}

static uint32_t window_of(const char *p)
{
    uint64_t bytes = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8
                     | (uint64_t)(unsigned char)p[2] << 16;
    return nf_index_window(nf_index_caseless(bytes));
}

/* Where the rarest windows in a row begin, as many as the stride, so that one of them is met. */
static size_t rarest(struct nf_span piece, size_t stride)
{
    size_t best = 0;
    unsigned least = UINT32_MAX;
    for (size_t at = 0; at + stride + 2 <= piece.len; at++) {
        unsigned cost = 0;
        for (size_t i = at; i < at + stride; i++)
            cost += nf_index_commonness((unsigned char)piece.data[i])
                    * nf_index_commonness((unsigned char)piece.data[i + 1])
                    * nf_index_commonness((unsigned char)piece.data[i + 2]);
        if (cost < least) {
            least = cost;
            best = at;
        }
    }
    return best;
}

static void add_piece(struct nf_index_maker *maker, struct nf_span piece, size_t tier, size_t stride)
{
    size_t from = rarest(piece, stride);
    for (size_t at = from; at < from + stride; at++) {
        uint32_t window = window_of(piece.data + at), *head = &maker->piece_bucket[window % NF_WINDOW_BUCKETS];
        maker->piece_bits[tier][window / 64] |= UINT64_C(1) << window % 64;
        maker->piece = nf_grow(maker->piece, &maker->piece_capacity, maker->piece_count + 1, sizeof *maker->piece);
        maker->piece[maker->piece_count++] = (struct nf_raw_piece){
            (uint32_t)(piece.data - maker->text), (uint16_t)piece.len, (uint16_t)at, *head};
        *head = (uint32_t)maker->piece_count;
    }
}

static struct nf_span literal_text(const struct nf_index_maker *maker, size_t literal)
{
    return nf_span(maker->text + maker->literal[literal].text, maker->literal[literal].len);
}

/* The widest stride at which each piece has a window; 0 if a piece is too short for any. */
static uint8_t stride_of(const struct nf_index_maker *maker, const uint16_t *most, size_t tier)
{
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < maker->literal_count; i++) {
        struct nf_span text = literal_text(maker, i);
        if (most[i] <= above[tier] || is_of_other_lines(text))
            continue;
        size_t len = longest_piece(text).len;
        shortest = len < shortest ? len : shortest;
    }
    return shortest >= 6 ? 4 : shortest >= 4 ? 2 : shortest >= 3 ? 1 : 0;
}

/* Short lines are made plain anyway: the first tier has no pieces. */
void nf_index_add_pieces(struct nf_index_maker *maker, const uint16_t *most)
{
    for (size_t tier = 1; tier < NF_TIERS; tier++) {
        uint8_t stride = stride_of(maker, most, tier);
        maker->index.stride[tier] = stride;
        for (size_t i = 0; stride && i < maker->literal_count; i++) {
            struct nf_span text = literal_text(maker, i);
            if (most[i] > above[tier] && !is_of_other_lines(text))
                add_piece(maker, longest_piece(text), tier, stride);
        }
    }
}
