/*
 * letters.c: what a plain line makes of each character.
 * Used by plain_line.c and by the index of rules.
 */
#include "text/letters.h"

#include "base/alloc.h"
#include "text/chars.h"

void nf_letters_release(struct nf_letters *letters)
{
    for (size_t i = 0; i < 256; i++)
        nf_free(letters->pages[i]);
    *letters = (struct nf_letters){0};
}

uint32_t nf_plain_of(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x0622: case 0x0623: case 0x0625: return 0x0627;
    case 0x0649: return 0x064A;
    case 0x0130: case 0x0131: return 'i';
    case 0x00AD: case 0x0640: case 0x2060: case 0xFEFF: return 0;
    default: break;
    }
    if (c >= 0xFF01 && c <= 0xFF5E)                     /* full width */
        return c - 0xFEE0;
    bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
                     || (c >= 0x064B && c <= 0x0652) || (c >= 0xFE00 && c <= 0xFE0F);
    return invisible ? 0 : c;
}

bool nf_is_plain_blank(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
           || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool nf_has_one_case(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x206F) || c == 0x20AC || (c >= 0x2190 && c <= 0x23FF) || (c >= 0x2500 && c <= 0x27BF)
           || (c >= 0x3000 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x600 && c <= 0x6FF)
           || (c >= 0x900 && c <= 0x97F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F300 && c <= 0x1FAFF);
}

/* The later characters of composed ones (NFC_Quick_Check=Maybe), with the first that each of these goes with. */
static const struct joining {
    uint16_t joins, before[4];
} joinings[] = {
    {0x093C, {0x0928, 0x0930, 0x0933}}, {0x09BE, {0x09C7}}, {0x09D7, {0x09C7}}, {0x0B3E, {0x0B47}}, {0x0B56, {0x0B47}},
    {0x0B57, {0x0B47}}, {0x0BBE, {0x0BC6, 0x0BC7}}, {0x0BD7, {0x0B92, 0x0BC6}}, {0x0C56, {0x0C46}}, {0x0CC2, {0x0CC6}},
    {0x0CD5, {0x0CBF, 0x0CC6, 0x0CCA}}, {0x0CD6, {0x0CC6}}, {0x0D3E, {0x0D46, 0x0D47}}, {0x0D57, {0x0D46}},
    {0x0DCA, {0x0DD9, 0x0DDC}}, {0x0DCF, {0x0DD9}}, {0x0DDF, {0x0DD9}}, {0x102E, {0x1025}}};

/* out  NULL for other characters */
static const struct joining *joining_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof joinings / sizeof *joinings; i++)
        if (joinings[i].joins == c)
            return &joinings[i];
    return NULL;
}

bool nf_letter_joins(uint32_t before, uint32_t c)
{
    const struct joining *joining = joining_of(c);
    for (size_t k = 0; joining && before && k < 4; k++)
        if (joining->before[k] == before)
            return true;
    return false;
}

/* Accents, jamo, Balinese and what is beyond the first plane, which compose with too many to be told apart. */
static bool may_join_any(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0653 && c <= 0x0655) || (c >= 0x1100 && c <= 0x11FF) || c == 0x1B35
           || c == 0x3099 || c == 0x309A || (c >= 0x10000 && c < 0x1F000);
}

/* What composition makes of it, and nothing else whatever is around. */
static bool has_parts(const uint32_t *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (may_join_any(parts[i]) || joining_of(parts[i]) || nf_chars_order(parts[i]))
            return false;
    return count > 0;
}

uint8_t nf_letter_bits(uint32_t c)
{
    uint32_t parts[NF_PARTS_MAX];
    size_t count = nf_chars_compose(c, parts);
    bool as_it_is = nf_plain_of(c) == c && c != NF_DOTS && c != NF_TRADE_MARK && !nf_is_plain_blank(c);
    bool composed = count == 1 && parts[0] == c && !may_join_any(c);
    bool settled = as_it_is ? composed : c != 0x00B4;       /* that sign is a blank with an accent to composition */
    unsigned per_word, bits = settled ? NF_LETTER_SETTLED : !nf_chars_order(c) && has_parts(parts, count) ? NF_LETTER_PARTS : 0;
    if (settled && as_it_is)
        bits |= NF_LETTER_SAME;
    if (nf_plain_of(c) == c && nf_chars_order(c))
        bits |= NF_LETTER_MARK;
    if (joining_of(c))
        bits |= NF_LETTER_JOINS;
    if (c >= 0x100 && !nf_has_one_case(c) && !nf_is_plain_blank(c))
        bits |= NF_LETTER_CASED;
    if (nf_lower(c) == c)
        bits |= NF_LETTER_LOWER;
    if (nf_is_unspaced(c, &per_word))
        bits |= NF_LETTER_UNSPACED;
    return (uint8_t)bits;
}

/* Han and Hangul have so many pages, all of them alike, that a short text would wait for them. */
void nf_letters_fill(struct nf_letters *letters, uint32_t page)
{
    uint8_t *bits = nf_alloc(256);
    bool alike = nf_is_page_of_letters(page);
    for (uint32_t i = 0; i < 256; i++)
        bits[i] = alike && i ? bits[0] : nf_letter_bits(page << 8 | i);
    letters->pages[page] = bits;
}
