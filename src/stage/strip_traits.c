/*
 * strip_traits.c: the looks of a line, from its characters.
 * Used by the strip files.
 */
#include "stage/strip_traits.h"

#include "stage/strip.h"
#include "text/chars.h"
#include "text/utf8.h"

struct letters {
    uint32_t words, capitals;   /* words that begin with a letter, and with a capital one */
    uint32_t digits, lower;
    bool glued;
};

static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0x80 && !nf_is_upper(c) && nf_lower(c) == c);
}

static bool is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x80 && nf_is_upper(c));
}

static struct letters count_letters(struct nf_span text)
{
    struct letters letters = {0};
    uint32_t last = ' ';
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        bool lower = is_lower(c), upper = is_upper(c);
        letters.digits += c >= '0' && c <= '9';
        letters.lower += lower;
        letters.glued |= upper && is_lower(last);
        if (last == ' ') {
            letters.words += lower || upper;
            letters.capitals += upper;
        }
        last = c;
    }
    return letters;
}

static bool has(struct nf_span text, const char *part)
{
    size_t len = strlen(part);
    for (size_t at = 0; at + len <= text.len; at++)
        if (memcmp(text.data + at, part, len) == 0)
            return true;
    return false;
}

static uint32_t letter_traits(const struct letters *letters, const struct nf_plain_line *line)
{
    uint32_t traits = 0;
    if (letters->digits)
        traits |= NF_TRAIT_DIGIT;
    if (letters->digits * 4 > line->chars)
        traits |= NF_TRAIT_DIGITS;
    if (line->words >= 2 && letters->capitals * 4 > letters->words * 3)
        traits |= NF_TRAIT_TITLE;
    if (line->words >= 4 && letters->capitals * 2 <= letters->words)
        traits |= NF_TRAIT_LOWER;
    if (letters->capitals && !letters->lower)
        traits |= NF_TRAIT_UPPER;
    if (letters->glued)
        traits |= NF_TRAIT_GLUED;
    return traits;
}

uint32_t nf_traits_of(const struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    struct letters letters = count_letters(text);
    uint32_t traits = letter_traits(&letters, line);
    char last = text.len ? text.data[text.len - 1] : ' ';
    size_t at = 0;
    if (last == ':')
        traits |= NF_TRAIT_COLON;
    if (last == '?')
        traits |= NF_TRAIT_QUESTION;
    if (text.len && is_lower(nf_utf8_next(text, &at)))
        traits |= NF_TRAIT_LOWER_START;
    if (has(text, "|") || has(text, "\xC2\xBB") || has(text, "\xE2\x80\xBA") || has(text, "\xE2\x86\x92"))
        traits |= NF_TRAIT_DIVIDED;
    if (has(text, "@") || has(text, "http"))
        traits |= NF_TRAIT_ADDRESS;
    if (has(text, ","))
        traits |= NF_TRAIT_COMMA;
    if (has(text, "\""))
        traits |= NF_TRAIT_QUOTED;
    return traits;
}
