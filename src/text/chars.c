/*
 * chars.c: character classes for comparison, from utf8proc's tables.
 * Used by the normaliser and by the rule lines.
 */
#include "text/chars.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "text/utf8.h"

void nf_chars_release(struct nf_chars *chars)
{
    for (size_t i = 0; i < 256; i++)
        nf_free(chars->pages[i]);
    *chars = (struct nf_chars){0};
}

size_t nf_chars_expand(uint32_t c, uint32_t folded[4])
{
    utf8proc_int32_t out[4];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, out, 4,
                                                     UTF8PROC_CASEFOLD, &boundary);
    if (count < 1 || count > 4)
        return folded[0] = c, 1;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        folded[i] = (uint32_t)out[i];
    return (size_t)count;
}

size_t nf_chars_compose(uint32_t c, uint32_t parts[NF_PARTS_MAX])
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE;
    utf8proc_int32_t out[NF_PARTS_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, out, NF_PARTS_MAX, options, &boundary);
    if (count > 0 && count <= NF_PARTS_MAX)
        count = utf8proc_normalize_utf32(out, count, options);
    if (count < 1 || count > NF_PARTS_MAX)
        return 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        parts[i] = (uint32_t)out[i];
    return (size_t)count;
}

/* Letters that have one sound and several forms, beyond what case folding joins. */
static uint32_t special(uint32_t c)
{
    switch (c) {
    case 0x0130: case 0x0131: return 'i';                       /* Turkish */
    case 0x0622: case 0x0623: case 0x0625: return 0x0627;       /* Arabic alef */
    case 0x0649: return 0x064A;                                 /* Arabic yeh */
    default: return 0;
    }
}

static bool is_skipped(uint32_t c, const utf8proc_property_t *property)
{
    if (c == 0x0640 || (c >= 0x064B && c <= 0x0652))            /* Arabic tatweel and vowels */
        return true;
    return property->ignorable || property->category == UTF8PROC_CATEGORY_CF;
}

static bool needs_neighbours(uint32_t c, const utf8proc_property_t *property)
{
    if ((c >= 0x0300 && c <= 0x036F) || c == 0x3099 || c == 0x309A || (c >= 0x1100 && c <= 0x11FF))
        return true;
    uint32_t parts[NF_PARTS_MAX];
    return property->decomp_seqindex != UINT16_MAX && (nf_chars_compose(c, parts) != 1 || parts[0] != c);
}

static bool is_letter(const utf8proc_property_t *property)
{
    switch (property->category) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_CN: case UTF8PROC_CATEGORY_CO:       /* not known yet: text of the future */
        return true;
    default:
        return false;
    }
}

/* Signs and the blank of East Asian text, but the ampersand, which an entity may begin with. */
static bool is_wide_sign(uint32_t c)
{
    bool sign = (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF5E);
    return c == 0x3000 || (sign && c != 0xFF06);
}

static uint32_t classify(uint32_t c)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    uint32_t folded[4];
    if (special(c))
        return special(c);
    if (c == '%' || c == '+' || c == 0x200B)                    /* 200B: a word break in some scripts, nothing here */
        return c == 0x200B ? NF_CHAR_SKIP : c;
    if (c == 0x00A0 || c == 0x2026 || c == 0x202F || c == 0x2011)
        return NF_CHAR_BREAK;
    if (c == 0xFF04 || c == 0xFF05 || c == 0xFF0B)              /* dollar, per cent, plus: letters of a key */
        return c - 0xFEE0;
    if (is_wide_sign(c))
        return NF_CHAR_WIDE_SIGN;
    if (is_skipped(c, property))
        return NF_CHAR_SKIP;
    if (needs_neighbours(c, property))
        return NF_CHAR_COMPOSE;
    if (!is_letter(property))
        return NF_CHAR_BREAK;
    return nf_chars_expand(c, folded) > 1 ? (uint32_t)NF_CHAR_EXPAND : folded[0];
}

/*
 * A page holds 16 bits an entry; the few letters that fold across planes expand. Han and Hangul have so many pages, all
 * of letters, that a short text would wait for them.
 */
static uint16_t *new_page(uint32_t first)
{
    uint16_t *page = nf_alloc(256 * sizeof *page);
    bool letters = nf_is_page_of_letters(first >> 8);
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t class = letters ? first + i : classify(first + i);
        page[i] = (uint16_t)(class > 0xFFFF ? (uint32_t)NF_CHAR_EXPAND : class);
    }
    return page;
}

uint32_t nf_chars_fold(struct nf_chars *chars, uint32_t c)
{
    if (c > 0xFFFF)
        return classify(c);
    uint16_t **page = &chars->pages[c >> 8];
    if (!*page)
        *page = new_page(c & ~UINT32_C(0xFF));
    return (*page)[c & 0xFF];
}

void nf_compose(struct nf_span text, struct nf_buf *out)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.len, &composed,
                                        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
    if (len == UTF8PROC_ERROR_NOMEM)
        nf_out_of_memory();
    if (len >= 0)
        nf_buf_add(out, (const char *)composed, (size_t)len);
    else
        nf_buf_add(out, text.data, text.len);
    free(composed);
}

unsigned nf_chars_order(uint32_t c)
{
    return (unsigned)utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
}

uint32_t nf_lower(uint32_t c)
{
    return special(c) ? special(c) : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

bool nf_is_upper(uint32_t c)
{
    return utf8proc_get_property((utf8proc_int32_t)c)->category == UTF8PROC_CATEGORY_LU;
}

bool nf_may_be_name(uint32_t c)
{
    utf8proc_category_t category = utf8proc_get_property((utf8proc_int32_t)c)->category;
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT || category == UTF8PROC_CATEGORY_LO
           || category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL || category == UTF8PROC_CATEGORY_NO;
}

bool nf_is_unspaced(uint32_t c, unsigned *per_word)
{
    bool east = (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x20000 && c <= 0x3FFFF);
    bool southeast = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
    *per_word = east ? 2 : 5;
    return east || southeast;
}

uint32_t nf_chars_version(void)
{
    uint32_t version = 0;
    for (const char *text = utf8proc_unicode_version(); *text; text++)
        version = *text >= '0' && *text <= '9' ? version * 10 + (uint32_t)(*text - '0') : version << 1;
    return version;
}
