/*
 * normalise_masks.h: what the blocks of a paragraph are told apart by, a bit for each byte.
 * Used by normalise_blocks.h and the files that include it.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_MASKS_H
#define NEWSFOLD_TEXT_NORMALISE_MASKS_H

#include <stddef.h>
#include <stdint.h>

/* ASCII. letter: and digits and signs that keys keep; point: also commas; amp: what may begin an entity */
struct nf_masks {
    uint64_t letter, digit, point, minus, blank, amp, wide;
};

/* First bytes of characters, then what a second (c2, c3) or third byte (e2, after 80) makes of them. */
struct nf_wide {
    uint64_t lead, c2, c3, e2, is_80;
    uint64_t c2_letter, c2_break, c2_skip;
    uint64_t c3_break, c3_upper, c3_sharp;
    uint64_t e2_break, e2_skip, e2_dash;        /* e2_dash: an en dash, which may be a minus sign */
};

/* The same for a byte of 80 to BF, by its low six bits: a bit for each of the masks that hang on one byte. */
enum {
    NF_C2_LETTER = 1, NF_C2_BREAK = 2, NF_C2_SKIP = 4, NF_C3_BREAK = 8, NF_C3_UPPER = 16, NF_C3_SHARP = 32,
    NF_E2_BREAK = 64, NF_E2_SKIP = 128
};

/* By the low six bits of a byte: what it makes of C2, C3, E2 80 before it. */
extern const uint8_t nf_wide_classes[64];

/* The classes of ASCII: letters in one bit or more of four, for they are found by the halves of a byte. */
enum {
    NF_ASCII_LETTER = 0x0F, NF_ASCII_DIGIT_BIT = 2, NF_ASCII_POINT_BIT = 4, NF_ASCII_MINUS_BIT = 5, NF_ASCII_BLANK_BIT = 6,
    NF_ASCII_AMP_BIT = 7
};

/* The class of a byte: bit 0 for every letter, digit and sign. */
extern const uint8_t nf_classes[256];

/* The same, where both halves have a bit; then letters may have another bit of their four. */
extern const uint8_t nf_low_half[16], nf_high_half[16];

static inline uint64_t nf_first_bits(size_t count)
{
    return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

/* For each mask of eight bytes, the places of those to keep, one a byte. */
extern const uint64_t nf_shuffles[256];

#endif
