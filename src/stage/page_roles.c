/*
 * page_roles.c: engine markup looked up.
 * Used by page_tree.c.
 */
#include "stage/page_roles.h"

enum where { WHERE_class, WHERE_span, WHERE_id, WHERE_itemprop, WHERE_component, WHERE_slot, WHERE_role, WHERE_itemtype };

/* No name is shorter: most words differ from all of them in these. */
#define PREFIX_LEN 4
#define LETTER(name, i) ((uint32_t)(unsigned char)(name)[i] << 8 * (i))
#define PREFIX(name) (LETTER(name, 0) | LETTER(name, 1) | LETTER(name, 2) | LETTER(name, 3))

static const struct {
    enum where where;
    const char *name;           /* a whole word of the attribute; ids end in '*' for any number behind */
    enum nf_page_role role;
    uint32_t prefix;
} rows[] = {
#define ENGINE(engine, where, name, role) {WHERE_##where, name, NF_PAGE_ROLE_##role, PREFIX(name)},
#include "stage/page_engines.def"
#undef ENGINE
};

#define BIT(prefix) ((prefix) * UINT32_C(0x9E3779B1) >> 24)

/* For each value of BIT, whether a name has it. */
static const uint64_t some[4] = {
#define ENGINE(engine, where, name, role) | (BIT(PREFIX(name)) / 64 == PART ? UINT64_C(1) << BIT(PREFIX(name)) % 64 : 0)
#define PART 0
    0
#include "stage/page_engines.def"
#undef PART
#define PART 1
    , 0
#include "stage/page_engines.def"
#undef PART
#define PART 2
    , 0
#include "stage/page_engines.def"
#undef PART
#define PART 3
    , 0
#include "stage/page_engines.def"
#undef PART
#undef ENGINE
};

static bool may_fit(uint32_t prefix)
{
    return some[BIT(prefix) / 64] >> BIT(prefix) % 64 & 1;
}

static bool name_fits(const char *word, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    if (name[name_len - 1] != '*')
        return len == name_len && memcmp(word, name, len) == 0;
    if (len < name_len || memcmp(word, name, name_len - 1) != 0)
        return false;
    for (size_t i = name_len - 1; i < len; i++)
        if (word[i] < '0' || word[i] > '9')
            return false;
    return true;
}

static enum nf_page_role role_of(enum where where, const char *word, size_t len)
{
    enum nf_page_role role = NF_PAGE_ROLE_NONE;
    uint32_t prefix = PREFIX(word);
    if (!may_fit(prefix))
        return role;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].prefix == prefix && rows[i].where == where && rows[i].role > role && name_fits(word, len, rows[i].name))
            role = rows[i].role;
    return role;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static enum nf_page_role look_up(enum where where, const char *words)
{
    enum nf_page_role role = NF_PAGE_ROLE_NONE;
    while (*words) {
        size_t len = 0;
        while (words[len] && !is_blank(words[len]))
            len++;
        enum nf_page_role found = len >= PREFIX_LEN ? role_of(where, words, len) : NF_PAGE_ROLE_NONE;
        role = found > role ? found : role;
        words += len + (words[len] != '\0');
    }
    return role;
}

enum nf_page_role nf_page_role_of(enum nf_attribute attribute, const char *value)
{
    switch (attribute) {
    case NF_ATTRIBUTE_CLASS: return look_up(WHERE_class, value);
    case NF_ATTRIBUTE_ID: return look_up(WHERE_id, value);
    case NF_ATTRIBUTE_ITEMPROP: return look_up(WHERE_itemprop, value);
    case NF_ATTRIBUTE_ITEMTYPE: return look_up(WHERE_itemtype, value);
    case NF_ATTRIBUTE_COMPONENT: return look_up(WHERE_component, value);
    case NF_ATTRIBUTE_SLOT: return look_up(WHERE_slot, value);
    case NF_ATTRIBUTE_DATA_ROLE: return look_up(WHERE_role, value);
    default: return NF_PAGE_ROLE_NONE;
    }
}

enum nf_page_role nf_page_role_of_span(const char *classes)
{
    return look_up(WHERE_span, classes);
}
