/*
 * normalise_masks.c: the classes of bytes, and which bytes a mask keeps, as tables.
 * Used by the files that include normalise_masks.h.
 */
#include "text/normalise_masks.h"

/*
 * 00A0 to 00BF: blanks, quotes, signs; currency is a letter. 00C0 to 00FF: 00D7 and 00F7 are signs (a capital that is no
 * letter), 00DF is a sharp s. 2000 to 203F: zero width and direction marks; dashes, quotes and points; the en dash, which
 * may be a minus sign, has both bits. Those that decompose are in no class: the walk by characters sees to them.
 */
#define WIDE_CLASSES(X) \
    X(26) X(26) X(26) X(26) X(26) X(26) X(26) X(26) X(26) X(26) X(26) X(154) X(154) X(154) X(154) X(154) \
    X(90) X(90) X(90) X(218) X(90) X(90) X(90) X(18) X(90) X(90) X(90) X(90) X(90) X(90) X(90) X(106) \
    X(74) X(74) X(73) X(73) X(9) X(9) X(74) X(74) X(72) X(74) X(136) X(138) X(138) X(140) X(138) X(72) \
    X(74) X(74) X(72) X(8) X(8) X(72) X(10) X(18) X(72) X(72) X(72) X(74) X(8) X(72) X(8) X(74)

#define AS_IT_IS(class) (class),
#define IF(bits, then) ((bits) ? (then) : 0)
#define BEHIND_C2(class) IF((class) & NF_C2, NF_KNOWN) | IF((class) & NF_C2_LETTER, NF_LETTER) | IF((class) & NF_C2_SKIP, NF_ODD),
#define BEHIND_C3(class) NF_KNOWN | IF((class) & NF_C3_LETTER, NF_LETTER) | IF((class) & NF_C3_UPPER, NF_UPPER) \
                         | IF((class) & NF_C3_SHARP, NF_ODD),
#define BEHIND_E2(class) IF((class) & NF_E2, NF_KNOWN) | IF(((class) & NF_E2) == NF_E2_SKIP, NF_ODD) \
                         | IF(((class) & NF_E2) == NF_E2, NF_MINUS),

const uint8_t nf_wide_classes[64] = {WIDE_CLASSES(AS_IT_IS)};
const uint8_t nf_c2_classes[64] = {WIDE_CLASSES(BEHIND_C2)};
const uint8_t nf_c3_classes[64] = {WIDE_CLASSES(BEHIND_C3)};
const uint8_t nf_e2_classes[64] = {WIDE_CLASSES(BEHIND_E2)};

const uint8_t nf_classes[128] = {
    ['$'] = NF_LETTER, ['%'] = NF_LETTER, ['+'] = NF_LETTER,
    ['.'] = NF_POINT, [','] = NF_POINT, ['-'] = NF_MINUS, ['&'] = NF_ODD,
#define D(c) [c] = NF_LETTER | NF_DIGIT,
    D('0') D('1') D('2') D('3') D('4') D('5') D('6') D('7') D('8') D('9')
#undef D
#define L(c) [c] = NF_LETTER, [(c) - 32] = NF_LETTER | NF_UPPER,
    L('a') L('b') L('c') L('d') L('e') L('f') L('g') L('h') L('i') L('j') L('k') L('l') L('m') L('n') L('o') L('p')
    L('q') L('r') L('s') L('t') L('u') L('v') L('w') L('x') L('y') L('z')
#undef L
};

#define IS_C3(class) (((class) & (NF_C3_LETTER | NF_C3_SHARP)) == NF_C3_LETTER)
#define USUAL(class) ((class) & (NF_C2_LETTER | NF_C2_BREAK)) | IF(IS_C3(class), NF_USUAL_C3_LETTER) \
                     | IF(IS_C3(class) && (class) & NF_C3_UPPER, NF_USUAL_UPPER) | IF((class) & NF_E2_BREAK, NF_USUAL_E2_BREAK),
const uint8_t nf_usual_wide[128] = {            /* the first, 80, may also be the second byte behind E2 */
    NF_USUAL_E2_80 | WIDE_CLASSES(USUAL)
    [0xC2 & 0x7F] = NF_USUAL_LEAD, [0xC3 & 0x7F] = NF_USUAL_LEAD, [0xE2 & 0x7F] = NF_USUAL_LEAD,
};

#define FOUR_OF(byte) (byte), (byte), (byte), (byte)
#define SIXTEEN_OF(byte) FOUR_OF(byte), FOUR_OF(byte), FOUR_OF(byte), FOUR_OF(byte)
/* By rows of sixteen: breaks, letters, capitals, digits, signs, and the ampersand. */
#define B NF_USUAL_BREAK
#define L NF_USUAL_LETTER
#define U NF_USUAL_LETTER | NF_USUAL_UPPER
#define D NF_USUAL_DIGIT
#define S NF_USUAL_SIGN
const uint8_t nf_usual_ascii[128] = {
    SIXTEEN_OF(B), SIXTEEN_OF(B),
    B, B, B, B, L, L, 0, B, B, B, B, L, S, S, S, B, FOUR_OF(D), FOUR_OF(D), D, D, B, B, FOUR_OF(B),
    B, U, U, U, FOUR_OF(U), FOUR_OF(U), FOUR_OF(U), FOUR_OF(U), FOUR_OF(U), U, U, U, B, FOUR_OF(B),
    B, L, L, L, FOUR_OF(L), FOUR_OF(L), FOUR_OF(L), FOUR_OF(L), FOUR_OF(L), L, L, L, B, FOUR_OF(B),
};
#undef B
#undef L
#undef U
#undef D
#undef S

/* The en dash ends with 93. */
const uint8_t nf_usual_behind[128] = {
    [0xC2 & 0x7F] = NF_USUAL_LETTER | NF_USUAL_BREAK, [0xC3 & 0x7F] = NF_USUAL_C3_LETTER | NF_USUAL_UPPER,
    [0xE2 & 0x7F] = NF_USUAL_E2_80, [0x80 & 0x7F] = NF_USUAL_E2_BREAK,
    ['.'] = NF_USUAL_DIGIT, [','] = NF_USUAL_DIGIT, ['-'] = NF_USUAL_DIGIT, [0x93 & 0x7F] = NF_USUAL_DIGIT,
};

/* A sign, a letter behind C3 and what goes on behind the block may be special by what follows. */
#define ANY 0xFF
const uint8_t nf_usual_kept[64] = {
    SIXTEEN_OF(ANY), SIXTEEN_OF(ANY), SIXTEEN_OF(ANY), FOUR_OF(ANY), FOUR_OF(ANY), FOUR_OF(ANY), ANY, ANY, ANY,
    NF_USUAL_LETTER | NF_USUAL_BREAK | NF_USUAL_E2_BREAK | NF_USUAL_DIGIT,
};
#undef ANY

#define SAME(byte) {SIXTEEN_OF(byte), SIXTEEN_OF(byte), SIXTEEN_OF(byte), SIXTEEN_OF(byte)}

const _Alignas(64) uint8_t nf_sames[NF_SAME_COUNT][64] = {
    [NF_SAME_LETTER] = SAME(NF_LETTER), [NF_SAME_DIGIT] = SAME(NF_DIGIT), [NF_SAME_SIGN] = SAME(NF_SIGN),
    [NF_SAME_ODD] = SAME(NF_ODD), [NF_SAME_UPPER] = SAME(NF_UPPER), [NF_SAME_KNOWN] = SAME(NF_KNOWN),
    [NF_SAME_80] = SAME(0x80), [NF_SAME_C2] = SAME(0xC2), [NF_SAME_C3] = SAME(0xC3), [NF_SAME_E2] = SAME(0xE2),
    [NF_SAME_BLANK] = SAME(' '), [NF_SAME_0F] = SAME(0x0F), [NF_SAME_C0] = SAME(0xC0),
    [NF_SAME_USUAL_LETTER] = SAME(NF_USUAL_LETTER | NF_USUAL_C3_LETTER | NF_USUAL_DIGIT),
    [NF_SAME_COMMON_E2] = SAME(NF_COMMON_E2), [NF_SAME_BELOW_LETTERS] = SAME(NF_HALVES_BELOW_LETTERS),
};

/* Bits 3 and 4: letters of rows 4 and 6, 5 and 7. Bit 5: row 2. Bit 6: row 3. */
const uint8_t nf_low_half[16] = {
    16 | 64, 8 | 16 | 64, 8 | 16 | 64, 8 | 16 | 64, 8 | 16 | 32 | 64, 8 | 16 | 32 | 64, 8 | 16 | 64 | 128 | 1, 8 | 16 | 64,
    8 | 16 | 64, 8 | 16 | 64, 8 | 16, 8 | 32, 8 | 128, 8 | 128, 8 | 128, 8,
};

const uint8_t nf_high_half[16] = {[2] = 32 | 128 | 1, [3] = 64, [4] = 8, [5] = 16, [6] = 8, [7] = 16};

/*
 * Bit 3: C3 80 to 8F and A0 to AF. Bit 4: C3 90 to 9F and B0 to BF without what ends with 7 or F. Bit 0: C2 A and B with
 * 0, 1, 6, 7, B. Bit 1: E2 80 90 to 9F without 93 and 97; bit 7: 93. Bit 2: those of E2 80 A0 to AF that separate words.
 */
#define ALL (8 | 16 | 2)
const uint8_t nf_common_low_half[16] = {
    ALL | 1 | 4, ALL | 1 | 4, ALL | 4, 8 | 16 | 4 | 128, ALL, ALL, ALL | 1 | 4, 8 | 1 | 4,
    ALL | 4, ALL | 4, ALL, ALL | 1, ALL, ALL, ALL, 8 | 2 | 4,
};
#undef ALL

const uint8_t nf_common_high_half[16] = {[8] = 8, [9] = 16 | 2 | 128, [10] = 8 | 1 | 4, [11] = 16 | 1};

const uint8_t nf_common_behind[16] = {[2] = 1, [3] = 8 | 16};

/* From the last byte to the first: one that is kept moves the others up and stands before them. */
#define KEEP(mask, at) ((mask) >> (at) & 1)
#define PUSH(others, mask, at) ((others) << 8 * KEEP(mask, at) | (at) * KEEP(mask, at))
#define SHUFFLE(mask) PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(PUSH(UINT64_C(0), mask, 7), mask, 6), mask, 5), mask, 4), \
                                           mask, 3), mask, 2), mask, 1), mask, 0)
#define FOUR(mask) SHUFFLE(mask), SHUFFLE((mask) + 1), SHUFFLE((mask) + 2), SHUFFLE((mask) + 3)
#define SIXTEEN(mask) FOUR(mask), FOUR((mask) + 4), FOUR((mask) + 8), FOUR((mask) + 12)
#define SIXTY_FOUR(mask) SIXTEEN(mask), SIXTEEN((mask) + 16), SIXTEEN((mask) + 32), SIXTEEN((mask) + 48)

const uint64_t nf_shuffles[256] = {SIXTY_FOUR(0), SIXTY_FOUR(64), SIXTY_FOUR(128), SIXTY_FOUR(192)};
