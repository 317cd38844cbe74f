/*
 * index_caseless.c: literals to be told from a line in any case.
 * Used by index_make.c.
 *
 * The letters of ASCII and Latin-1 differ between their cases in one bit, wherever it is; others that have
 * two cases are in no line that is asked about.
 */
#include "rules/index_caseless.h"

#include "base/alloc.h"
#include "rules/index_hash.h"
#include "text/plain_line.h"
#include "text/utf8.h"

static const uint16_t above[NF_TIERS] = NF_TIER_CHARS;

static bool is_of_other_lines(struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        if (c >= 0x100 && !nf_has_one_case(c))
            return true;
    }
    return false;
}

static uint32_t window_of(const char *p)
{
    uint64_t bytes = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8
                     | (uint64_t)(unsigned char)p[2] << 16;
    return nf_index_window(nf_index_caseless(bytes));
}

/* Where the rarest windows in a row begin, as many as the stride, so that one of them is met. */
static size_t rarest(struct nf_span text, size_t stride)
{
    size_t best = 0;
    unsigned least = UINT32_MAX;
    for (size_t at = 0; at + stride + 2 <= text.len; at++) {
        unsigned cost = 0;
        for (size_t i = at; i < at + stride; i++)
            cost += nf_index_commonness((unsigned char)text.data[i])
                    * nf_index_commonness((unsigned char)text.data[i + 1])
                    * nf_index_commonness((unsigned char)text.data[i + 2]);
        if (cost < least) {
            least = cost;
            best = at;
        }
    }
    return best;
}

static void add_windows(struct nf_index_maker *maker, const struct nf_literal *literal, size_t tier, size_t stride)
{
    struct nf_span text = nf_span(maker->text + literal->text, literal->len);
    size_t from = rarest(text, stride);
    for (size_t at = from; at < from + stride; at++) {
        uint32_t window = window_of(text.data + at), *head = &maker->caseless_bucket[window % NF_WINDOW_BUCKETS];
        maker->caseless_bits[tier][window / 64] |= UINT64_C(1) << window % 64;
        maker->caseless = nf_grow(maker->caseless, &maker->caseless_capacity, maker->caseless_count + 1, sizeof *maker->caseless);
        maker->caseless[maker->caseless_count++] = (struct nf_caseless){
            literal->text, literal->len, (uint16_t)at, literal->reach, *head};
        *head = (uint32_t)maker->caseless_count;
    }
}

static struct nf_span literal_text(const struct nf_index_maker *maker, size_t literal)
{
    return nf_span(maker->text + maker->literal[literal].text, maker->literal[literal].len);
}

static bool is_asked(const struct nf_index_maker *maker, const uint16_t *most, size_t literal, size_t tier)
{
    return most[literal] > above[tier] && !is_of_other_lines(literal_text(maker, literal));
}

/* The widest stride at which each literal has a window; 0 if one is too short for any. */
static uint8_t stride_of(const struct nf_index_maker *maker, const uint16_t *most, size_t tier)
{
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < maker->literal_count; i++) {
        size_t len = maker->literal[i].len;
        if (len != 2 && len < shortest && is_asked(maker, most, i, tier))
            shortest = len;
    }
    return shortest >= 6 ? 4 : shortest >= 4 ? 2 : shortest >= 3 ? 1 : 0;
}

/* False: there are too many. */
static bool add_short(struct nf_index_maker *maker, const uint16_t *most)
{
    struct nf_index *index = &maker->index;
    for (size_t i = 0; i < maker->literal_count; i++) {
        struct nf_span text = literal_text(maker, i);
        if (text.len != 2)
            continue;
        if (index->short_count == NF_SHORT_MAX)
            return false;
        memcpy(index->short_text[index->short_count], text.data, 2);
        index->short_reach[index->short_count] = maker->literal[i].reach;
        index->short_most[index->short_count++] = most[i];
    }
    return true;
}

void nf_index_add_caseless(struct nf_index_maker *maker, const uint16_t *most)
{
    bool good = add_short(maker, most);
    for (size_t tier = 0; tier < NF_TIERS; tier++) {
        uint8_t stride = good ? stride_of(maker, most, tier) : 0;
        maker->index.stride[tier] = stride;
        for (size_t i = 0; stride && i < maker->literal_count; i++)
            if (maker->literal[i].len > 2 && is_asked(maker, most, i, tier))
                add_windows(maker, &maker->literal[i], tier, stride);
    }
}
