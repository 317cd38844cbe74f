/*
 * chars.h: what each character counts for when texts are compared.
 * Used by the normaliser and by the rule lines; the only door to utf8proc.
 */
#ifndef NEWSFOLD_TEXT_CHARS_H
#define NEWSFOLD_TEXT_CHARS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* What nf_chars_fold says of a character that is not simply a letter or digit. Anything above is the folded letter. */
enum nf_char {
    NF_CHAR_BREAK,      /* separates words: blanks, punctuation, symbols */
    NF_CHAR_SKIP,       /* not there at all: soft hyphens, zero-width and direction marks, Arabic vowels */
    NF_CHAR_COMPOSE,    /* needs its neighbours: the text must go through nf_compose first */
    NF_CHAR_EXPAND,     /* folds to several letters: nf_chars_expand */
    NF_CHAR_WIDE_SIGN,  /* full width: a break, but for a number or an entity around it, which compose first */
    NF_CHAR_FIRST_LETTER
};

/* The table fills as characters are met, one page of 256 at a time: a run sees few of the pages. */
struct nf_chars {
    uint16_t *pages[256];
};

void nf_chars_release(struct nf_chars *chars);

/*
 * Fold a character for comparison.
 *
 * out     an enum nf_char below NF_CHAR_FIRST_LETTER, or the case-folded code point
 * source  Unicode case folding and compatibility mappings, as utf8proc has them; Turkish dotted
 *         and dotless i are both i, Arabic alef and yeh forms are one each
 */
uint32_t nf_chars_fold(struct nf_chars *chars, uint32_t code_point);

/* out  folded: up to 4 code points; gives their number */
size_t nf_chars_expand(uint32_t code_point, uint32_t folded[4]);

/* Compatibility composition (NFKC). Text that utf8proc refuses is added as it is. */
void nf_compose(struct nf_span text, struct nf_buf *out);

#define NF_PARTS_MAX 20

/* What compatibility composition makes of a character that stands alone. out  gives how many; 0: it is refused */
size_t nf_chars_compose(uint32_t code_point, uint32_t parts[NF_PARTS_MAX]);

/* Han and Hangul: 256 letters, all of one kind and each its own fold. in  page: the code points' upper bits */
static inline bool nf_is_page_of_letters(uint32_t page)
{
    return (page >= 0x4E && page <= 0x9E) || (page >= 0xAC && page <= 0xD6);
}

/* The place of a mark among those of a letter (Canonical_Combining_Class); 0 for what is no such mark. */
unsigned nf_chars_order(uint32_t code_point);

/* Changes when characters fold in another way: the Unicode version of the tables. */
uint32_t nf_chars_version(void);

uint32_t nf_lower(uint32_t code_point);
bool nf_is_upper(uint32_t code_point);

/* A capital letter, a letter of a script that has no capitals, or a digit other than 0 to 9. */
bool nf_may_be_name(uint32_t code_point);

/* Scripts written without blanks between words; `*per_word`: how many characters weigh as one word. */
bool nf_is_unspaced(uint32_t code_point, unsigned *per_word);

#endif
