/*
 * page_element.c: attributes read for names, evidence and roles; those met before are looked up.
 * Used by page_tree.c.
 */
#include "stage/page_element.h"

#include "stage/page_roles.h"

/* Digits count alike: they number elements of one kind. */
static uint32_t hash_names(uint32_t hash, const char *text, const char *until)
{
    for (; *text && !(*until && strchr(until, *text)); text++)
        hash = (hash ^ (unsigned char)(*text >= '0' && *text <= '9' ? '0' : *text)) * 16777619u;
    return hash;
}

static const char *attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (attributes[0][0] == name[0] && strcmp(attributes[0], name) == 0)
            return attributes[1] ? attributes[1] : "";
    return NULL;
}

static uint64_t evidence_of(const char *const *attributes)
{
    uint64_t bits = 0;
    for (; attributes[0]; attributes += 2)
        if (attributes[1] && (attributes[0][0] != 'h' || strcmp(attributes[0], "href") != 0))
            bits |= nf_evidence_of(attributes[1]);
    return bits;
}

static bool is_hidden(const char *const *attributes)
{
    const char *aria = attribute(attributes, "aria-hidden");
    return attribute(attributes, "hidden") || (aria && strcmp(aria, "true") == 0);
}

static struct nf_page_element bare(enum nf_tag tag)
{
    uint32_t names = hash_names(2166136261u, nf_tag_name(tag), "");
    return (struct nf_page_element){.names = names, .tag = (uint8_t)tag};
}

static struct nf_page_element read_attributes(enum nf_tag tag, const char *const *attributes)
{
    struct nf_page_element element = bare(tag);
    const char *classes = attribute(attributes, "class");
    if (classes && *classes)
        element.kind = hash_names(element.names, classes + strspn(classes, " \t\n"), " \t\n");
    element.names = hash_names(element.names, classes ? classes : "", "");
    element.evidence = evidence_of(attributes);
    element.hidden = is_hidden(attributes);
    element.link = attribute(attributes, "href");
    element.role = (uint8_t)nf_page_role_of(attributes);
    element.span_role = tag == NF_TAG_SPAN ? (uint8_t)nf_page_role_of_span(attributes) : NF_PAGE_ROLE_NONE;
    return element;
}

/* The tag whose '>' the parser has come to, if it is one of that name. */
static const struct nf_markup_tag *tag_at(struct nf_page_elements *elements, const char *name, size_t offset)
{
    const struct nf_markup *markup = elements->markup;
    while (elements->tag < markup->tag_count && markup->tag[elements->tag].out < offset)
        elements->tag++;
    if (elements->tag == markup->tag_count || markup->tag[elements->tag].out != offset)
        return NULL;
    const struct nf_markup_tag *tag = &markup->tag[elements->tag];
    enum nf_tag found = (enum nf_tag)markup->sets.data[tag->set];
    const char *own = found == NF_TAG_OTHER ? "section" : found == NF_TAG_XMP ? "pre" : nf_tag_name(found);
    return strcmp(own, name) == 0 ? tag : NULL;
}

const struct nf_page_element *nf_page_element_of(struct nf_page_elements *elements, const char *name,
                                                 const char *const *attributes, size_t offset)
{
    const struct nf_markup_tag *tag = tag_at(elements, name, offset);
    struct nf_page_element *element = &elements->own;
    if (!tag) {
        enum nf_tag found = nf_tag_find(name, strlen(name));
        *element = attributes ? read_attributes(found, attributes) : bare(found);
        return element;
    }
    bool alone = !attributes || !attributes[0];
    if (alone)
        element = &elements->known[tag->set * UINT32_C(0x9E3779B1) / (UINT32_MAX / NF_PAGE_ELEMENTS + 1)];
    if (alone && element->set == tag->set + 1)
        return element;
    element->set = tag->set + 1;
    const char *const *all = nf_page_element_attributes(elements, element, attributes);
    *element = read_attributes(nf_tag_find(name, strlen(name)), all);
    element->set = tag->set + 1;
    return element;
}

const char *const *nf_page_element_attributes(struct nf_page_elements *elements, const struct nf_page_element *element,
                                              const char *const *attributes)
{
    size_t count = 0;
    for (; attributes && attributes[count] && count < NF_MARKUP_ATTRIBUTES_MAX - 1; count++)
        elements->attributes[count] = attributes[count];
    elements->attributes[count] = NULL;
    if (element->set)
        nf_markup_attributes(elements->markup, element->set - 1, elements->attributes + count);
    return elements->attributes;
}
