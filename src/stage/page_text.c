/*
 * page_text.c: runs of text, eight bytes at a time where they are plain.
 * Used by page_tree.c.
 */
#include "stage/page_text.h"

#include "text/charset.h"
#include "text/eight.h"
#include "text/utf8.h"

enum { BLANK = 1, LEAD = 2, CONTROL = 4 };

/* Blanks; bytes that may begin a character which is a blank, is not for texts, or means another. */
static const uint8_t kinds[256] = {
    CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, BLANK, BLANK, BLANK, BLANK, BLANK,
    CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
    CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, BLANK, [0xC2] = LEAD, [0xEF] = LEAD,
};

/* ASCII, and no controls. */
static bool are_plain(uint64_t eight)
{
    return !(eight & NF_EIGHT(0x80)) && nf_eight_at_least(eight, ' ') == NF_EIGHT(0x80);
}

void nf_page_add_without_controls(struct nf_buf *out, struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        if ((c >= ' ' || (c >= '\t' && c <= '\r')) && c != 0xFFFE && c != 0xFFFF)
            nf_utf8_put(out, c >= 0x80 && c < 0xA0 ? nf_charset_windows_1252((unsigned char)c) : c);
    }
}

bool nf_page_is_odd(struct nf_span text)
{
    const unsigned char *p = (const unsigned char *)text.data;
    unsigned kind = 0;
    for (size_t i = 0; i < text.len;) {
        if (i + 8 <= text.len && are_plain(nf_eight_load(text.data + i)))
            i += 8;
        else
            kind |= kinds[p[i++]];
    }
    for (size_t i = 0; i < text.len && kind & LEAD && !(kind & CONTROL); i++) {
        if (p[i] == 0xC2 && i + 1 < text.len && p[i + 1] < 0xA0)
            return true;
        if (p[i] == 0xEF && i + 2 < text.len && p[i + 1] == 0xBF && p[i + 2] >= 0xBE)
            return true;
    }
    return kind & CONTROL;
}

/* Plain text in eights, up to two blanks in a row: a blank at the end of the last eight is left. */
static size_t plain_until(struct nf_span text, size_t at, struct nf_page_words *count)
{
    for (; at + 8 <= text.len;) {
        uint64_t eight = nf_eight_load(text.data + at), blanks;
        if (!are_plain(eight))
            return at;
        blanks = nf_eight_equal(eight, ' ');
        if (blanks & blanks << 8)
            return at;
        size_t taken = 8 - (blanks >> 63);
        uint32_t words = (uint32_t)(((blanks << 1 >> 1) >> 7) * NF_EIGHT(1) >> 56);
        count->words += words;
        count->chars += (uint32_t)taken - words;
        at += taken;
    }
    return at;
}

size_t nf_page_words_until(struct nf_span text, size_t from, struct nf_page_words *count)
{
    const unsigned char *p = (const unsigned char *)text.data;
    size_t at = from;
    *count = (struct nf_page_words){0, 1};
    for (;;) {
        at = plain_until(text, at, count);
        while (at < text.len && !(kinds[p[at]] & BLANK) && !(p[at] == 0xC2 && nf_page_space_len(text.data + at, text.len - at)))
            count->chars += (p[at++] & 0xC0) != 0x80;
        if (at + 1 >= text.len || p[at] != ' ' || kinds[p[at + 1]])
            return at;
        at++, count->words++;
    }
}
