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
            cost += nf_index_window_cost(text.data + i);
        if (cost < least) {
            least = cost;
            best = at;
        }
    }
    return best;
}

static struct nf_span literal_text(const struct nf_index_maker *maker, size_t literal)
{
    return nf_span(maker->text + maker->literal[literal].text, maker->literal[literal].len);
}

/* Which literals are looked for together, and in what. */
struct asked {
    const uint16_t *most;
    size_t tier;
    bool far;                   /* those of long lines that are not near the end; else the others */
};

static bool is_asked(const struct nf_index_maker *maker, const struct asked *asked, size_t literal)
{
    bool far = asked->tier >= NF_TIER_LONG && maker->literal[literal].reach > NF_NEAR_CHARS;
    return far == asked->far && asked->most[literal] > above[asked->tier]
           && !is_of_other_lines(literal_text(maker, literal));
}

static void add_windows(struct nf_index_maker *maker, const struct asked *asked, size_t literal, size_t stride)
{
    struct nf_span text = literal_text(maker, literal);
    size_t from = rarest(text, stride);
    for (size_t at = from; at < from + stride; at++) {
        uint32_t window = window_of(text.data + at), *head = &maker->caseless_bucket[window % NF_WINDOW_BUCKETS];
        maker->kinds[nf_index_kind_at(text.data + at)] |= (uint8_t)NF_KIND(asked->tier, asked->far);
        maker->caseless = nf_grow(maker->caseless, &maker->caseless_capacity, maker->caseless_count + 1, sizeof *maker->caseless);
        maker->caseless[maker->caseless_count++] = (struct nf_caseless){
            (uint32_t)(text.data - maker->text), (uint16_t)text.len, (uint16_t)at, maker->literal[literal].reach, *head};
        *head = (uint32_t)maker->caseless_count;
    }
}

/* The widest stride at which each literal has a window; 0 if one is too short for any. */
static uint8_t stride_of(const struct nf_index_maker *maker, const struct asked *asked)
{
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < maker->literal_count; i++) {
        size_t len = literal_text(maker, i).len;
        if (maker->literal[i].len != 2 && len < shortest && is_asked(maker, asked, i))
            shortest = len;
    }
    if (shortest == SIZE_MAX)
        return NF_STRIDE_NONE;
    return shortest >= 6 ? 4 : shortest >= 4 ? 2 : shortest >= 3 ? 1 : 0;
}

static uint8_t add_asked(struct nf_index_maker *maker, const struct asked *asked)
{
    uint8_t stride = stride_of(maker, asked);
    for (size_t i = 0; stride && i < maker->literal_count; i++)
        if (maker->literal[i].len != 2 && is_asked(maker, asked, i))
            add_windows(maker, asked, i, stride);
    return stride;
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
        struct asked near = {most, tier, false}, far = {most, tier, true};
        maker->index.stride[tier] = good ? add_asked(maker, &near) : 0;
        maker->index.far_stride[tier] = good ? add_asked(maker, &far) : 0;
    }
}
