/*
 * normalise_masks.h: what the blocks of a paragraph are told apart by, a bit for each byte.
 * Used by normalise_blocks.h and the files that include it.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_MASKS_H
#define NEWSFOLD_TEXT_NORMALISE_MASKS_H

#include <stddef.h>
#include <stdint.h>

/* What there is to know of most blocks. Of a character beyond ASCII, its last byte stands for it. */
struct nf_masks {
    uint64_t letter;            /* what keys keep: letters, digits, signs */
    uint64_t wide;              /* bytes beyond ASCII */
    uint64_t known;             /* characters there that are told apart here */
    uint64_t digit;             /* ASCII, like point and minus */
    uint64_t sign;              /* points and minus signs */
    uint64_t odd;               /* ampersands, characters that are skipped, sharp s */
};

/* Which sign a sign is. */
struct nf_signs {
    uint64_t point;             /* a comma, too */
    uint64_t minus;             /* an en dash, too */
};

/* The classes of a byte, as a bit for each. UPPER: its lower case is 32 further on. */
enum { NF_LETTER = 1, NF_DIGIT = 2, NF_POINT = 4, NF_MINUS = 8, NF_SIGN = NF_POINT | NF_MINUS, NF_ODD = 16, NF_UPPER = 32, NF_KNOWN = 64 };

/* ASCII; then, by its low six bits, a last byte behind C2, behind C3, and behind E2 80. */
extern const uint8_t nf_classes[128], nf_c2_classes[64], nf_c3_classes[64], nf_e2_classes[64];

/* Bytes that are compared with, each 64 times. */
enum { NF_SAME_LETTER, NF_SAME_DIGIT, NF_SAME_SIGN, NF_SAME_ODD, NF_SAME_UPPER, NF_SAME_KNOWN, NF_SAME_80, NF_SAME_C2, NF_SAME_C3, NF_SAME_E2,
       NF_SAME_BLANK, NF_SAME_0F, NF_SAME_C0, NF_SAME_COMMON_E2, NF_SAME_BELOW_LETTERS,
       NF_SAME_USUAL_LETTER, NF_SAME_COUNT };
extern const uint8_t nf_sames[NF_SAME_COUNT][64];

/*
 * The same classes where a look-up has sixteen rows only: a byte is of a class where both halves have its bit. ASCII:
 * letters, digits and signs that keys keep have one of four bits; the highest one has points, minus signs and, with the
 * lowest, ampersands.
 */
extern const uint8_t nf_low_half[16], nf_high_half[16];

enum { NF_HALVES_LETTER = 0x78, NF_HALVES_DIGIT_BIT = 6, NF_HALVES_ODD_BIT = 0, NF_HALVES_BELOW_LETTERS = 7 };

/*
 * Last bytes of the characters beyond ASCII that most texts have: letters have the same bits, a break one of the lower,
 * and an en dash the highest. Which bits count is told by what stands before: E2 80, or by its distance from C0 as far
 * as 0F in nf_common_behind.
 */
extern const uint8_t nf_common_low_half[16], nf_common_high_half[16], nf_common_behind[16];

enum { NF_COMMON_E2 = 0x86 };

/*
 * Where a look-up has 128 rows: what the usual characters are, by their low seven bits. ASCII, where none is zero but the
 * ampersand; last bytes, of which those bits count that the byte before has in nf_usual_behind. NF_USUAL_DIGIT there: a
 * sign, behind which a digit is not usual.
 */
extern const uint8_t nf_usual_ascii[128], nf_usual_wide[128], nf_usual_behind[128];

/* The bits that show something usual: all of them, or those of what may end a block. */
extern const uint8_t nf_usual_kept[64];

enum {
    NF_USUAL_LETTER = 1, NF_USUAL_BREAK = 2, NF_USUAL_E2_BREAK = 4, NF_USUAL_SIGN = 8, NF_USUAL_E2_80 = 8, NF_USUAL_C3_LETTER = 16,
    NF_USUAL_UPPER = 32, NF_USUAL_DIGIT = 64, NF_USUAL_LEAD = 128
};

/* Beyond ASCII: one table for all three, each of which has bits of its own. No bit: not known. Both of E2's: an en dash. */
extern const uint8_t nf_wide_classes[64];

enum {
    NF_C2_LETTER = 1, NF_C2_BREAK = 2, NF_C2_SKIP = 4, NF_C3_LETTER = 8, NF_C3_UPPER = 16, NF_C3_SHARP = 32,
    NF_E2_BREAK = 64, NF_E2_SKIP = 128,
    NF_C2 = NF_C2_LETTER | NF_C2_BREAK | NF_C2_SKIP, NF_C3 = NF_C3_LETTER | NF_C3_UPPER | NF_C3_SHARP,
    NF_E2 = NF_E2_BREAK | NF_E2_SKIP,
    NF_WIDE_LETTER = NF_C2_LETTER | NF_C3_LETTER, NF_WIDE_ODD = NF_C2_SKIP | NF_C3_SHARP | NF_E2_SKIP
};

static inline uint64_t nf_first_bits(size_t count)
{
    return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}

/* For each mask of eight bytes, the places of those to keep, one a byte. */
extern const uint64_t nf_shuffles[256];

#endif
