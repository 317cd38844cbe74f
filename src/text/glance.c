/*
 * glance.c: long lines at a glance.
 * Used by the strip stage.
 */
#include "text/glance.h"

#include "text/eight.h"

/* The length of a character that the plain form changes little; 0: another one. `sign`: what it is plainly. */
static size_t known_len(struct nf_span rest, char *sign)
{
    const unsigned char *p = (const unsigned char *)rest.data;
    *sign = 'x';
    if (p[0] > ' ' && p[0] < 0x7F) {
        *sign = (char)p[0];
        return 1;
    }
    if (p[0] == 0xC3)
        return p[1] == 0x97 || p[1] == 0xB7 ? 0 : 2;    /* no letters: the signs of multiplication and division */
    if (p[0] != 0xE2 || p[1] != 0x80)
        return 0;
    if (p[2] >= 0x90 && p[2] <= 0x95)
        *sign = '-';
    else if (p[2] >= 0x98 && p[2] <= 0x9F)
        *sign = p[2] <= 0x9B ? '\'' : '"';
    else if (p[2] == 0xA6)
        *sign = '.';
    else
        return 0;
    return 3;
}

/* The last character that closes nothing ends a sentence. in  text: of the kind that is glanced at */
static bool ends_sentence(struct nf_span text)
{
    while (text.len) {
        size_t at = text.len - 1;
        while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        char sign = ' ';
        if (text.data[at] != ' ')
            known_len(nf_span(text.data + at, text.len - at), &sign);
        if (!strchr("\"')]", sign))
            return strchr(".!?", sign) != NULL;
        text.len = at;
    }
    return false;
}

/*
 * Eight bytes: their words, and how many of them can be read so. A word begins after a blank with a letter
 * or digit or sign of ASCII: whatever else may vanish.
 */
static unsigned glance_at_eight(uint64_t word, bool after_blank, struct nf_glance *glance)
{
    uint64_t ascii = word & NF_EIGHT(0x7F), blanks = nf_eight_equal(ascii, ' ') & ~word;
    uint64_t other = (word | ~nf_eight_at_least(ascii, ' ') | nf_eight_at_least(ascii, 0x7F)) & NF_EIGHT(0x80);
    uint64_t follows = blanks << 8 | (after_blank ? 0x80u : 0);
    if (other | (blanks & follows)) {
        unsigned len = nf_eight_before(other | (blanks & follows));
        uint64_t mask = (UINT64_C(1) << 8 * len) - 1;
        glance->words += nf_eight_count(follows & ~blanks & mask);
        return len;
    }
    glance->words += nf_eight_count(follows & ~blanks);
    return 8;
}

bool nf_glance_at(struct nf_span text, struct nf_glance *glance)
{
    size_t at = 0, continuations = 0;
    bool after_blank = true;
    *glance = (struct nf_glance){0};
    while (at < text.len) {
        char sign;
        if (at + 8 <= text.len) {
            unsigned len = glance_at_eight(nf_eight_load(text.data + at), after_blank, glance);
            at += len;
            after_blank = len ? text.data[at - 1] == ' ' : after_blank;
            if (len == 8)
                continue;
        }
        if (text.data[at] == ' ') {
            if (after_blank)
                return false;
            after_blank = true;
            at++;
            continue;
        }
        size_t len = known_len(nf_span(text.data + at, text.len - at), &sign);
        if (!len)
            return false;
        glance->words += after_blank && len == 1;
        after_blank = false;
        continuations += len - 1;
        at += len;
    }
    if (text.len && text.data[text.len - 1] == ' ')
        text.len--;
    glance->chars = (uint32_t)(text.len - continuations);
    glance->ends_sentence = ends_sentence(text);
    return true;
}
