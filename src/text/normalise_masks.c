/*
 * normalise_masks.c: the classes of bytes, and which bytes a mask keeps, as tables.
 * Used by the files that include normalise_masks.h.
 */
#include "text/normalise_masks.h"

/*
 * 00A0 to 00BF: blanks, quotes, signs; currency is a letter. 00C0 to 00FF: 00D7 and 00F7 are signs, 00DF is
 * a sharp s. 2000 to 203F: zero width and direction marks; dashes, quotes and points. Those that decompose
 * are in no class: the walk by characters sees to them.
 */
const uint8_t nf_wide_classes[64] = {
    18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 146, 146, 146, 146, 146,
    82, 82, 82, 82, 82, 82, 82, 10, 82, 82, 82, 82, 82, 82, 82, 98,
    66, 66, 65, 65, 1, 1, 66, 66, 64, 66, 128, 130, 130, 132, 130, 64,
    66, 66, 64, 0, 0, 64, 2, 10, 64, 64, 64, 66, 0, 64, 0, 66
};

#define BIT(bit) (1 << (bit))

const uint8_t nf_classes[256] = {
    ['$'] = 1 | BIT(3), ['%'] = 1 | BIT(3), ['+'] = 1 | BIT(3),
    ['.'] = BIT(NF_ASCII_POINT_BIT), [','] = BIT(NF_ASCII_POINT_BIT), ['-'] = BIT(NF_ASCII_MINUS_BIT),
    [' '] = BIT(NF_ASCII_BLANK_BIT), ['&'] = BIT(NF_ASCII_AMP_BIT),
#define D(c) [c] = 1 | BIT(NF_ASCII_DIGIT_BIT),
    D('0') D('1') D('2') D('3') D('4') D('5') D('6') D('7') D('8') D('9')
#undef D
#define L(c) [c] = 1, [(c) - 32] = 1,
    L('a') L('b') L('c') L('d') L('e') L('f') L('g') L('h') L('i') L('j') L('k') L('l') L('m') L('n') L('o') L('p')
    L('q') L('r') L('s') L('t') L('u') L('v') L('w') L('x') L('y') L('z')
#undef L
};

/* Bits 0 and 1: letters of rows 4 and 6, 5 and 7. Bit 2: row 3. The others: row 2. */
const uint8_t nf_low_half[16] = {
    2 | 4 | 64, 1 | 2 | 4, 1 | 2 | 4, 1 | 2 | 4, 1 | 2 | 4 | 8, 1 | 2 | 4 | 8, 1 | 2 | 4 | 128, 1 | 2 | 4,
    1 | 2 | 4, 1 | 2 | 4, 1 | 2, 1 | 8, 1 | 16, 1 | 32, 1 | 16, 1,
};

const uint8_t nf_high_half[16] = {[2] = 8 | 16 | 32 | 64 | 128, [3] = 4, [4] = 1, [5] = 2, [6] = 1, [7] = 2};

/* From the last byte to the first: one that is kept moves the others up and stands before them. */
#define KEEP(mask, at) ((mask) >> (at) & 1)
#define PUSH(others, mask, at) ((others) << 8 * KEEP(mask, at) | (at) * KEEP(mask, at))
#define SHUFFLE(mask) PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(UINT64_C(0), mask, 7), mask, 6), mask, 5), mask, 4), \
                                           mask, 3), mask, 2), mask, 1), mask, 0)
#define FOUR(mask) SHUFFLE(mask), SHUFFLE((mask) + 1), SHUFFLE((mask) + 2), SHUFFLE((mask) + 3)
#define SIXTEEN(mask) FOUR(mask), FOUR((mask) + 4), FOUR((mask) + 8), FOUR((mask) + 12)
#define SIXTY_FOUR(mask) SIXTEEN(mask), SIXTEEN((mask) + 16), SIXTEEN((mask) + 32), SIXTEEN((mask) + 48)

const uint64_t nf_shuffles[256] = {SIXTY_FOUR(0), SIXTY_FOUR(64), SIXTY_FOUR(128), SIXTY_FOUR(192)};
