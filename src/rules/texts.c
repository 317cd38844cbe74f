/*
 * texts.c: a few short texts, looked for in a line.
 * Used by the rule set and the matcher.
 */
#include "rules/texts.h"

#include <string.h>

#include "text/eight.h"

/* More of them cost more than PCRE2 does. */
#define TEXTS_MOST 16

/* The place of the byte that lines have least often, roughly. */
static size_t rarest_of(struct nf_span text)
{
    size_t best = 0;
    for (size_t i = 1; i < text.len; i++)
        if (nf_text_cost(nf_span(text.data + i, 1)) < nf_text_cost(nf_span(text.data + best, 1)))
            best = i;
    return best;
}

void nf_texts_of(const struct nf_needed *needed, struct nf_buf *list)
{
    for (size_t i = 0; needed->count <= TEXTS_MOST && i < needed->count; i++) {
        struct nf_span text = nf_span(needed->text[i], needed->len[i]);
        char classes[8];
        nf_eight_store(classes, nf_classes_of(text));
        nf_buf_add(list, classes, sizeof classes);
        nf_buf_add_char(list, (char)text.len);
        nf_buf_add_char(list, (char)rarest_of(text));
        nf_buf_add(list, text.data, text.len);
    }
}

bool nf_text_is_in(struct nf_span line, struct nf_span text, size_t rarest)
{
    size_t at = rarest;
    while (at + (text.len - rarest) <= line.len) {
        const char *found = memchr(line.data + at, text.data[rarest], line.len - (text.len - rarest) + 1 - at);
        if (!found)
            return false;
        if (memcmp(found - rarest, text.data, text.len) == 0)
            return true;
        at = (size_t)(found - line.data) + 1;
    }
    return false;
}

bool nf_texts_any(struct nf_span list, struct nf_span line, uint64_t classes)
{
    if (classes & NF_CLASS_BEYOND)              /* the sign of Kelvin is a k in lower case */
        classes |= nf_class_of['k'];
    for (size_t at = 0; at < list.len;) {
        const char *text = list.data + at;
        size_t len = (unsigned char)text[8], rarest = (unsigned char)text[9];
        if (!(nf_eight_load(text) & ~classes) && nf_text_is_in(line, nf_span(text + 10, len), rarest))
            return true;
        at += 10 + len;
    }
    return false;
}
