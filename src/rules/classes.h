/*
 * classes.h: characters by class, so that those of a line fit in a word.
 * Used by needs.h and the matcher.
 *
 * A class is a letter in both cases, a sign, the digits, the blanks, or all that is beyond ASCII. Digits beyond ASCII
 * are digits too: a line with anything beyond ASCII may have some.
 */
#ifndef NEWSFOLD_RULES_CLASSES_H
#define NEWSFOLD_RULES_CLASSES_H

#include "base/buf.h"
#include "rules/ascii_set.h"

#define NF_CLASS_DIGITS (UINT64_C(1) << 26)
#define NF_CLASS_BLANKS (UINT64_C(1) << 27)
#define NF_CLASS_BEYOND (UINT64_C(1) << 60)
#define NF_CLASSES_ALL UINT64_MAX

extern const uint64_t nf_class_of[256];     /* of each byte */

/* The classes of a set's characters; NUL there says all beyond ASCII. */
uint64_t nf_classes_of_set(const struct nf_ascii_set *set);

static inline uint64_t nf_classes_of(struct nf_span text)
{
    uint64_t classes = 0;
    for (size_t i = 0; i < text.len; i++)
        classes |= nf_class_of[(unsigned char)text.data[i]];
    return classes;
}

#endif
