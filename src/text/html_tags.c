/*
 * html_tags.c: looking elements up by name.
 * Used by the markup cleaner and by the page stage.
 */
#include "text/html_tags.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A name's first eight letters as a number. */
#define LETTER(name, i) ((uint64_t)(unsigned char)(name "\0\0\0\0\0\0\0")[i] << 8 * (i))
#define KEY(name) (LETTER(name, 0) | LETTER(name, 1) | LETTER(name, 2) | LETTER(name, 3) | LETTER(name, 4) \
                   | LETTER(name, 5) | LETTER(name, 6) | LETTER(name, 7))

static const struct {
    uint64_t key;
    char name[NF_TAG_ROOM];
    uint8_t len;
    uint8_t kind;               /* enum nf_tag_kind */
} tags[NF_TAG_COUNT] = {
    {0, "", 0, NF_TAG_IS_BLOCK},
#define TAG(id, name, kind) {KEY(name), name, sizeof name - 1, NF_TAG_IS_##kind},
#include "text/html_tags.def"
#undef TAG
};

/* The first tag with each initial, and with those behind it. */
static const uint8_t first_of[] = {
    NF_TAG_A, NF_TAG_B, NF_TAG_CANVAS, NF_TAG_DD, NF_TAG_EM, NF_TAG_FIELDSET, NF_TAG_H1, NF_TAG_H1, NF_TAG_I,
    NF_TAG_KBD, NF_TAG_KBD, NF_TAG_LABEL, NF_TAG_MAIN, NF_TAG_NAV, NF_TAG_OBJECT, NF_TAG_P, NF_TAG_Q, NF_TAG_S,
    NF_TAG_S, NF_TAG_TABLE, NF_TAG_U, NF_TAG_VAR, NF_TAG_WBR, NF_TAG_XMP, NF_TAG_COUNT, NF_TAG_COUNT, NF_TAG_COUNT,
};

/* Letters have their case in a bit that control characters may not have in place of digits. */
static uint64_t lower(unsigned char c)
{
    return c | (c & 0x40u) >> 1;
}

/* Eight bytes and more: the rest of the name is compared too. */
static bool ends_with(const char *name, size_t len, const char *tag)
{
    size_t i = 8;
    while (i < len && lower((unsigned char)name[i]) == (unsigned char)tag[i])
        i++;
    return i == len && !tag[i];
}

/* in  key: of the name's first eight bytes */
static enum nf_tag find(uint64_t key, const char *name, size_t len)
{
    unsigned initial = len && len < NF_TAG_ROOM ? (unsigned)(key & 0xFF) - 'a' : 26;
    if (initial >= 26)
        return NF_TAG_OTHER;
    for (unsigned tag = first_of[initial]; tag < first_of[initial + 1]; tag++)
        if (tags[tag].key == key && (len < 8 || ends_with(name, len, tags[tag].name)))
            return (enum nf_tag)tag;
    return NF_TAG_OTHER;
}

enum nf_tag nf_tag_find(const char *name, size_t len)
{
    uint64_t key = 0;
    for (size_t i = 0; i < len && i < 8; i++)
        key |= lower((unsigned char)name[i]) << 8 * i;
    return find(key, name, len);
}

enum nf_tag nf_tag_named(const char *name)
{
    uint64_t key = 0;
    size_t len = 0;
    for (; len < 8 && name[len]; len++)
        key |= lower((unsigned char)name[len]) << 8 * len;
    return find(key, name, len < 8 ? len : strlen(name));
}

enum nf_tag_kind nf_tag_kind(enum nf_tag tag)
{
    return (enum nf_tag_kind)tags[tag].kind;
}

const char *nf_tag_name(enum nf_tag tag)
{
    return tags[tag].name;
}

size_t nf_tag_put(enum nf_tag tag, char *to)
{
    memcpy(to, tags[tag].name, NF_TAG_ROOM);
    return tags[tag].len;
}
