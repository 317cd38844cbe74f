/*
 * letters.h: what a plain line makes of each character, by one look-up.
 * Used by plain_line.c; nf_has_one_case by the index of rules too.
 */
#ifndef NEWSFOLD_TEXT_LETTERS_H
#define NEWSFOLD_TEXT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* Bits of a character. One without NF_LETTER_SETTLED or NF_LETTER_PARTS needs its neighbours: nf_compose. */
enum nf_letter {
    NF_LETTER_SAME = 1,         /* a plain line has it as it is; settled, and no blank */
    NF_LETTER_SETTLED = 2,      /* compatibility composition leaves it, or nf_plain_of knows what that makes of it */
    NF_LETTER_PARTS = 4,        /* ... makes other characters of it, whatever stands beside it: nf_chars_compose */
    NF_LETTER_MARK = 8,         /* has its place among the marks of a letter: nf_chars_order */
    NF_LETTER_JOINS = 16,       /* makes one character with some that may stand before it: nf_letter_joins */
    NF_LETTER_CASED = 32,       /* not certain to have one case: nf_has_one_case */
    NF_LETTER_LOWER = 64,       /* its own lower case */
    NF_LETTER_UNSPACED = 128    /* nf_is_unspaced */
};

/* Filled as characters are met, a page of 256 at a time. */
struct nf_letters {
    uint8_t *pages[256];
};

void nf_letters_release(struct nf_letters *letters);

/* The bits of any character. source  Unicode UAX 15, section 9, "Detecting Normalization Forms" */
uint8_t nf_letter_bits(uint32_t code_point);

void nf_letters_fill(struct nf_letters *letters, uint32_t page);

/* in  code_point: below 0x10000 */
static inline uint8_t nf_letters_of(struct nf_letters *letters, uint32_t code_point)
{
    uint8_t **page = &letters->pages[code_point >> 8];
    if (!*page)
        nf_letters_fill(letters, code_point >> 8);
    return (*page)[code_point & 0xFF];
}

/* Whether a character that joins makes one with the one before it. */
bool nf_letter_joins(uint32_t before, uint32_t code_point);

/* Blanks of every kind, line breaks and controls. */
bool nf_is_plain_blank(uint32_t code_point);

/* These two become several characters in a plain line. */
#define NF_DOTS 0x2026
#define NF_TRADE_MARK 0x2122

/* How a character that is written in several ways stands in a plain line; 0: not at all. */
uint32_t nf_plain_of(uint32_t code_point);

/* Whether the character, beyond Latin-1, is certain to have no other case; some that have none are missed. */
bool nf_has_one_case(uint32_t code_point);

#endif
