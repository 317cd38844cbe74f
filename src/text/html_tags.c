/*
 * html_tags.c: looking elements up by name.
 * Used by the markup cleaner and by the page stage.
 */
#include "text/html_tags.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    enum nf_tag_kind kind;
} tags[NF_TAG_COUNT] = {
    {"", NF_TAG_IS_BLOCK},
#define TAG(id, name, kind) {name, NF_TAG_IS_##kind},
#include "text/html_tags.def"
#undef TAG
};

static int compare(const char *name, size_t len, const char *row)
{
    int order = (name[0] | 0x20) - row[0];
    if (order)
        return order;
    order = strncasecmp(name, row, len);
    return order ? order : row[len] ? -1 : 0;
}

enum nf_tag nf_tag_find(const char *name, size_t len)
{
    size_t from = 1, to = len ? NF_TAG_COUNT : 1;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = compare(name, len, tags[middle].name);
        if (order == 0)
            return (enum nf_tag)middle;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
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
