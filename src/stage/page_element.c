/*
 * page_element.c: attributes read for names, evidence and roles; those met before are looked up.
 * Used by page_tree.c.
 */
#include "stage/page_element.h"

#include "stage/page_roles.h"
#include "text/eight.h"

void nf_page_elements_init(struct nf_page_elements *elements, const struct nf_markup *markup)
{
    *elements = (struct nf_page_elements){.markup = markup};
    nf_evidence_words_init(&elements->words);
}

/* Digits count alike: they number elements of one kind. */
static uint64_t without_digits(uint64_t bytes)
{
    uint64_t other = ((bytes ^ NF_EIGHT('0')) & NF_EIGHT(0x7F)) + NF_EIGHT(0x76);
    uint64_t digits = ~(other | bytes) & NF_EIGHT(0x80);
    return bytes & ~((digits >> 7) * 0x0F);
}

static uint64_t mixed(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static uint32_t hash_names(uint32_t start, const char *text, size_t len)
{
    uint64_t hash = start, bytes = 0;
    for (; len >= 8; text += 8, len -= 8)
        hash = mixed(hash, without_digits(nf_eight_load(text)));
    for (size_t i = 0; i < len; i++)
        bytes |= (uint64_t)(unsigned char)text[i] << 8 * i;
    return (uint32_t)(len ? mixed(hash, without_digits(bytes)) : hash);
}

/* Headings of all ranks are of one kind. */
static struct nf_page_element bare(enum nf_tag tag)
{
    enum nf_tag kind = tag >= NF_TAG_H1 && tag <= NF_TAG_H6 ? NF_TAG_H1 : tag;
    uint32_t names = (kind + 1u) * UINT32_C(0x9E3779B1);
    return (struct nf_page_element){.names = names, .tag = (uint8_t)tag};
}

/* Every class counts for the name, the first one for the kind. */
static void read_classes(struct nf_page_element *element, struct nf_span classes)
{
    const char *first = classes.data;
    size_t len = 0;
    while (*first == ' ' || *first == '\t' || *first == '\n')
        first++;
    while (first[len] && first[len] != ' ' && first[len] != '\t' && first[len] != '\n')
        len++;
    if (classes.len)
        element->kind = hash_names(element->names, first, len);
    element->names = hash_names(element->names, classes.data, classes.len);
    if (element->tag == NF_TAG_SPAN)
        element->span_role = (uint8_t)nf_page_role_of_span(classes.data);
}

static struct nf_page_element read_attributes(const struct nf_page_elements *elements, enum nf_tag tag, size_t count)
{
    struct nf_page_element element = bare(tag);
    for (size_t i = 0; i < count; i++) {
        enum nf_attribute name = elements->attributes[i].name;
        struct nf_span value = elements->attributes[i].value;
        if (name == NF_ATTRIBUTE_HREF) {
            element.link = true;
            continue;
        }
        if (name == NF_ATTRIBUTE_CLASS)
            read_classes(&element, value);
        element.hidden |= name == NF_ATTRIBUTE_HIDDEN || (name == NF_ATTRIBUTE_ARIA_HIDDEN && nf_span_is(value, "true"));
        element.evidence |= nf_evidence_of(&elements->words, value.data);
        enum nf_page_role role = nf_page_role_of(name, value.data);
        element.role = role > element.role ? (uint8_t)role : element.role;
    }
    return element;
}

/* The tag whose '>' the parser has come to, if it is one of that name. */
static const struct nf_markup_tag *tag_at(struct nf_page_elements *elements, enum nf_tag named, size_t offset)
{
    const struct nf_markup *markup = elements->markup;
    while (elements->tag < markup->tag_count && markup->tag[elements->tag].out < offset)
        elements->tag++;
    if (elements->tag == markup->tag_count || markup->tag[elements->tag].out != offset)
        return NULL;
    const struct nf_markup_tag *tag = &markup->tag[elements->tag];
    enum nf_tag found = (enum nf_tag)markup->sets.data[tag->set];
    found = found == NF_TAG_OTHER ? NF_TAG_SECTION : found == NF_TAG_XMP ? NF_TAG_PRE : found;
    return found == named ? tag : NULL;
}

/* in  given: attributes beyond the set's */
static void read_element(struct nf_page_elements *elements, struct nf_page_element *element, enum nf_tag tag, uint32_t set,
                         const char *const *given)
{
    element->set = set;
    size_t count = nf_page_element_attributes(elements, element, given);
    *element = read_attributes(elements, tag, count);
    element->set = set;
}

static const struct nf_page_element *known_element(struct nf_page_elements *elements, enum nf_tag tag, uint32_t set)
{
    size_t slot = set * UINT32_C(0x9E3779B1) / (UINT32_MAX / NF_PAGE_ELEMENTS + 1);
    struct nf_page_element *element = &elements->known[slot];
    if (element->set != set + 1)
        read_element(elements, element, tag, set + 1, NULL);
    return element;
}

const struct nf_page_element *nf_page_element_in(struct nf_page_elements *elements, uint32_t set)
{
    return known_element(elements, (enum nf_tag)elements->markup->sets.data[set], set);
}

const struct nf_page_element *nf_page_element_of(struct nf_page_elements *elements, const char *name,
                                                 const char *const *attributes, size_t offset)
{
    enum nf_tag named = nf_tag_named(name);
    const struct nf_markup_tag *tag = tag_at(elements, named, offset);
    bool alone = !attributes || !attributes[0];
    if (named == NF_TAG_META || (!tag && alone))
        elements->own = bare(named);
    else if (alone)
        return known_element(elements, named, tag->set);
    else
        read_element(elements, &elements->own, named, tag ? tag->set + 1 : 0, attributes);
    return &elements->own;
}

size_t nf_page_element_attributes(struct nf_page_elements *elements, const struct nf_page_element *element,
                                  const char *const *given)
{
    struct nf_markup_attribute *attributes = elements->attributes;
    size_t count = element->set ? nf_markup_attributes(elements->markup, element->set - 1, attributes) : 0;
    for (; given && given[0]; given += 2) {
        enum nf_attribute name = nf_attribute_find(nf_span(given[0], strlen(given[0])));
        const char *value = given[1] ? given[1] : "";
        if (name < NF_ATTRIBUTE_COUNT && count < NF_ATTRIBUTE_COUNT)
            attributes[count++] = (struct nf_markup_attribute){name, nf_span(value, strlen(value))};
    }
    return count;
}
