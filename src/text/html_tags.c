/*
 * html_tags.c: looking elements up by name.
 * Used by the markup cleaner and by the page stage.
 */
#include "text/html_tags.h"

#include <stdbool.h>
#include <stdint.h>

static const struct {
    const char *name;
    enum nf_tag_kind kind;
} tags[NF_TAG_COUNT] = {
    {"", NF_TAG_IS_BLOCK},
#define TAG(id, name, kind) {name, NF_TAG_IS_##kind},
#include "text/html_tags.def"
#undef TAG
};

/* The first tag with each initial, and with those behind it. */
static const uint8_t first_of[] = {
    NF_TAG_A, NF_TAG_B, NF_TAG_CANVAS, NF_TAG_DD, NF_TAG_EM, NF_TAG_FIELDSET, NF_TAG_H1, NF_TAG_H1, NF_TAG_I,
    NF_TAG_KBD, NF_TAG_KBD, NF_TAG_LABEL, NF_TAG_MAIN, NF_TAG_NAV, NF_TAG_OBJECT, NF_TAG_P, NF_TAG_Q, NF_TAG_S,
    NF_TAG_S, NF_TAG_TABLE, NF_TAG_U, NF_TAG_VAR, NF_TAG_WBR, NF_TAG_XMP, NF_TAG_COUNT, NF_TAG_COUNT, NF_TAG_COUNT,
};

static bool is_named(const char *name, size_t len, const char *tag)
{
    size_t i = 1;
    while (i < len && tag[i] && (name[i] == tag[i] || (name[i] | 0x20) == tag[i]))
        i++;
    /* Digits have no case, but control characters have that bit less. */
    return i == len && !tag[i] && (unsigned char)name[len - 1] >= '0';
}

enum nf_tag nf_tag_find(const char *name, size_t len)
{
    unsigned initial = len ? (unsigned)((unsigned char)name[0] | 0x20) - 'a' : 26;
    if (initial >= 26)
        return NF_TAG_OTHER;
    for (unsigned tag = first_of[initial]; tag < first_of[initial + 1]; tag++)
        if (is_named(name, len, tags[tag].name))
            return (enum nf_tag)tag;
    return NF_TAG_OTHER;
}

enum nf_tag_kind nf_tag_kind(enum nf_tag tag)
{
    return tags[tag].kind;
}

const char *nf_tag_name(enum nf_tag tag)
{
    return tags[tag].name;
}
