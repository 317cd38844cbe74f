/*
 * normalise_any.c: paragraphs to keys in plain C, eight bytes at a time.
 * Used by the normaliser where there are no vector instructions that it knows.
 */
#include <string.h>

#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#define NF_LEVEL

enum { LOADS_VALID_ONLY = 0 };

#define ONES UINT64_C(0x0101010101010101)

struct block {
    uint8_t bytes[64];
    uint64_t class[8];          /* of eight bytes each */
};

static inline size_t count(uint64_t bits)
{
    bits -= bits >> 1 & ONES * 0x55;
    bits = (bits & ONES * 0x33) + (bits >> 2 & ONES * 0x33);
    bits = (bits + (bits >> 4)) & ONES * 0x0F;
    return (size_t)(bits * ONES >> 56);
}

static inline struct block load(const char *p, uint64_t valid)
{
    struct block block;
    (void)valid;
    memcpy(block.bytes, p, sizeof block.bytes);
    return block;
}

/* Eight bytes in the order of a little-endian machine. */
static inline uint64_t eight(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void put_eight(char *p, uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(p, &word, 8);
}

/* Bit n of each of eight bytes, as eight bits. */
static inline uint64_t bits(uint64_t word, unsigned n)
{
    return (word >> n & ONES) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t bit_if(bool is, unsigned at)
{
    return (uint64_t)is << at;
}

/* The class of a byte beyond ASCII, by those before it in the block. */
static inline unsigned wide_class(const uint8_t *bytes, unsigned at)
{
    unsigned before = at ? bytes[at - 1] : 0, low = bytes[at] & 0x3F;
    if (bytes[at] >= 0xC0)
        return 0;
    if (before == 0x80 && at > 1 && bytes[at - 2] == 0xE2)
        return nf_e2_classes[low];
    return before == 0xC2 ? nf_c2_classes[low] : before == 0xC3 ? nf_c3_classes[low] : 0;
}

/* Eight classes, from a byte of the block on. */
static inline uint64_t classes(const uint8_t *bytes, unsigned from)
{
    uint64_t word = 0;
    for (unsigned k = from; k < from + 8; k++)
        word |= (uint64_t)(bytes[k] < 0x80 ? nf_classes[bytes[k]] : wide_class(bytes, k)) << 8 * (k - from);
    return word;
}

static inline void classify(struct block *block, struct nf_masks *masks)
{
    *masks = (struct nf_masks){0};
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t word = classes(block->bytes, i), wide = bits(eight(block->bytes + i), 7);
        block->class[i / 8] = word;
        masks->letter |= bits(word, 0) << i;
        masks->digit |= bits(word, 1) << i;
        masks->wide |= wide << i;
        if (wide)
            masks->known |= bits(word, 6) << i;
        if (!(word & ONES * (NF_SIGN | NF_ODD)))
            continue;
        masks->sign |= (bits(word, 2) | bits(word, 3)) << i;
        masks->odd |= bits(word, 4) << i;
    }
}

static inline void tell_signs(const struct block *block, struct nf_signs *signs)
{
    *signs = (struct nf_signs){0};
    for (unsigned i = 0; i < 64; i += 8) {
        signs->point |= bits(block->class[i / 8], 2) << i;
        signs->minus |= bits(block->class[i / 8], 3) << i;
    }
}

static inline uint64_t equal(const struct block *block, uint8_t byte)
{
    uint64_t same = 0;
    for (unsigned i = 0; i < 64; i++)
        same |= bit_if(block->bytes[i] == byte, i);
    return same;
}

/* FF for each bit of eight that is set. */
static inline uint64_t bytes_of(uint64_t bits)
{
    uint64_t spread = (bits & 0xFF) * ONES & UINT64_C(0x8040201008040201);
    return (((spread + ONES * 0x7F) | spread) >> 7 & ONES) * 0xFF;
}

/* Letters in lower case, blanks for the others. */
static inline uint64_t folded(uint64_t word, uint64_t class, uint64_t letters)
{
    uint64_t kept = bytes_of(letters);
    return ((word + (class & ONES * NF_UPPER)) & kept) | (ONES * ' ' & ~kept);
}

/* Eight bytes are written at once, those that go on over the ones that do not. */
static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (unsigned i = 0; keep; keep >>= 8, letters >>= 8, i++) {
        uint64_t word = folded(eight(block->bytes + 8 * i), block->class[i], letters), shuffle = nf_shuffles[keep & 0xFF], packed = word;
        if ((keep & 0xFF) != 0xFF) {
            packed = 0;
            for (unsigned k = 0; k < 64; k += 8)
                packed |= (word >> 8 * (shuffle >> k & 7) & 0xFF) << k;
        }
        put_eight(p, packed);
        p += count(keep & 0xFF);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

enum nf_outcome nf_walk_any(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
